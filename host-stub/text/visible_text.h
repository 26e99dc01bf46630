// Sanitizes all text that the program writes. Names, labels, notes, and messages come from services, plugins,
// and files, and can contain anything: escape sequences, line breaks, characters that change the direction of
// a line. Pure functions, one for each kind of output; output.h and text_lines.h apply them, so that commands
// do not have to.
#pragma once

#include <string>
#include <string_view>

namespace roots::host {

// One line for a terminal: every control character, line break, invisible or direction-changing character and
// every invalid UTF-8 byte becomes a visible sign. Only what inColour() marked becomes an escape sequence.
[[nodiscard]] std::string lineForTerminal(std::string_view text);

// The same document with such characters as \uXXXX: programs read the same text, but a terminal does not
// interpret them.
[[nodiscard]] std::string jsonForTerminal(std::string_view document);

// A TEXT value of iCalendar (RFC 5545, 3.3.11): escaped, line breaks as "\n", other such characters visible.
[[nodiscard]] std::string valueForICalendar(std::string_view text);

// Whole content lines: unchanged except for such characters. CR LF and tab are kept.
[[nodiscard]] std::string linesForICalendar(std::string_view lines);

// Text in an ANSI color ("1;34"), marked until lineForTerminal() replaces the marks. External text cannot
// contain a mark: each has a random key of this process.
[[nodiscard]] std::string inColour(std::string_view text, std::string_view code);

// Whether the byte is one of a UTF-8 character, but not its first.
[[nodiscard]] bool continuesCharacter(char byte);

// The number of columns of a text: one for each character, none for color marks.
[[nodiscard]] std::size_t columnsOf(std::string_view text);

}  // namespace roots::host
