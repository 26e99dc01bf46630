// The program roots-sandbox: arguments, output, exit code.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace roots::sandbox {

inline constexpr int kNothingRejected = 0;
inline constexpr int kFailed = 1;  // a request was rejected, or the services could not start
inline constexpr int kWrongUse = 2;

// Returns when the services must stop: after a signal or, if requested, at the end of standard input.
using WaitForEnd = std::function<void(bool until_stdin_ends)>;

[[nodiscard]] int runSandbox(const std::vector<std::string> &words, std::ostream &out, std::ostream &err,
                             const WaitForEnd &wait_for_end);

}  // namespace roots::sandbox
