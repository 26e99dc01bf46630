// Asks for a secret on the terminal, without echo.
#pragma once

#include <roots/result.hpp>

#include <string>

namespace roots::host {

// Reads one line. Whatever ends or stops the program meanwhile (Ctrl-C, Ctrl-\, Ctrl-Z, the end of the
// session) restores the terminal first; after a stop, the question appears again. Status::invalid_setting:
// standard input is not a terminal. Status::cancelled: a signal arrived that does not end the program. Use
// on one thread.
[[nodiscard]] Result<std::string> askOnTerminal(const std::string &label);

}  // namespace roots::host
