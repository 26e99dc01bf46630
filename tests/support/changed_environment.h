// Changes variables of this process while it lives. For tests of code that reads the environment; not while
// other threads do.
#pragma once

#include <cstdlib>
#include <map>
#include <optional>
#include <string>

namespace roots::test {

class ChangedEnvironment {
 public:
  using Variables = std::map<std::string, std::optional<std::string>>;  // nullopt: not set

  explicit ChangedEnvironment(const Variables &variables) {
    for (const auto &[name, value] : variables) {
      const char *before = std::getenv(name.c_str());
      before_[name] = before == nullptr ? std::nullopt : std::optional<std::string>(before);
      set(name, value);
    }
  }
  ~ChangedEnvironment() {
    for (const auto &[name, value] : before_) set(name, value);
  }
  ChangedEnvironment(const ChangedEnvironment &) = delete;
  ChangedEnvironment &operator=(const ChangedEnvironment &) = delete;

 private:
  static void set(const std::string &name, const std::optional<std::string> &value) {
    if (value)
      ::setenv(name.c_str(), value->c_str(), 1);
    else
      ::unsetenv(name.c_str());
  }

  Variables before_;
};

}  // namespace roots::test
