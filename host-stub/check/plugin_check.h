// The program roots-plugin-check: arguments, output, exit code.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace roots::check {

inline constexpr int kNothingFailed = 0;
inline constexpr int kSomethingFailed = 1;
inline constexpr int kWrongUse = 2;

// in: read only with --secrets-from-stdin. executable: this program, started again for each check.
[[nodiscard]] int runPluginCheck(const std::vector<std::string> &words, std::istream &in, std::ostream &out,
                                 std::ostream &err, const std::filesystem::path &executable);

}  // namespace roots::check
