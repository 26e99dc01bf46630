// Finds descriptors that a program started now would inherit, except those that existed before. Linux.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include <sys/types.h>

namespace roots::check {

class DescriptorWatch {
 public:
  DescriptorWatch();

  // The first inherited descriptor, with its type: "descriptor 7 (socket:[4711])".
  [[nodiscard]] std::optional<std::string> inheritable();
  // Checks repeatedly from another thread while work runs; inheritable() then includes the result.
  void sampleWhile(const std::function<void()> &work);

 private:
  using Descriptors = std::map<int, std::string>;  // the target of each
  [[nodiscard]] static Descriptors inheritableNow();
  // Compares two samples with a pause between them: setting the flag in a second call is acceptable where a
  // system has no better way. A busy computer can delay the working thread (0: none) between the two calls,
  // so only samples count that were taken while it slept.
  void sampleTwice(pid_t working);

  Descriptors before_;
  std::optional<std::string> found_;
};

}  // namespace roots::check
