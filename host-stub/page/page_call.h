// What the page asks the host to do: the words of a command, and secrets that are typed, not told. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roots::host {

struct PageCall {
  std::vector<std::string> words;
  std::map<std::string, std::string> secrets;  // the host reads each as a line KEY=VALUE
};

// Nothing: it is not such a call, or a secret would not come through as one line.
[[nodiscard]] std::optional<PageCall> readPageCall(std::string_view body);

}  // namespace roots::host
