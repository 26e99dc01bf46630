// A call of the page: the words of a command, and secrets that the user typed. Pure.
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

// nullopt: not such a call, or a secret does not fit on one line.
[[nodiscard]] std::optional<PageCall> readPageCall(std::string_view body);

}  // namespace roots::host
