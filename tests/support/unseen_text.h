// A malicious text, and a check whether any of it remains in the output of a program.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace roots::test {

// One of each kind: escape sequence, C0, DEL, C1, direction override and isolate, mark, separators, zero
// width, tag, line break.
inline const std::string kUnseen =
    "Zz\x1b[31m\a\b\x7f"
    "\xc2\x9b"  // CSI in one character
    "2J\xe2\x80\xae\xe2\x81\xa6\xe2\x80\x8f\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\x8b\xef\xbb\xbf\xf3\xa0\x81\x81"
    "\r\nForged";

// The invisible characters in an output, as hex; "": none. Line breaks belong to the layout of the output,
// but a line that starts with "Forged" is a finding.
inline std::vector<std::string> unseenIn(std::string_view text) {
  constexpr std::array<std::string_view, 16> harmful{
      "\xc2\xad",     "\xd8\x9c",     "\xe2\x80\x8b", "\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x80\xa8",
      "\xe2\x80\xa9", "\xe2\x80\xaa", "\xe2\x80\xad", "\xe2\x80\xae", "\xe2\x81\xa0", "\xe2\x81\xa6",
      "\xe2\x81\xa7", "\xe2\x81\xa9", "\xef\xbb\xbf", "\xf3\xa0\x81"};
  std::vector<std::string> found;
  const auto note = [&](std::string_view bytes) {
    std::string hex;
    for (const char byte : bytes) {
      constexpr char digits[] = "0123456789abcdef";
      hex += digits[static_cast<unsigned char>(byte) >> 4u];
      hex += digits[static_cast<unsigned char>(byte) & 15u];
    }
    found.push_back(hex);
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte < 0x20 && byte != '\n' && byte != '\r') || byte == 0x7F) note(text.substr(at, 1));
    const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0u;
    if (byte == 0xC2 && next >= 0x80 && next < 0xA0) note(text.substr(at, 2));
    if (byte >= 0xF8) note(text.substr(at, 1));
    for (const auto one : harmful)
      if (text.substr(at).starts_with(one)) note(one);
  }
  if (text.starts_with("Forged") || text.find("\nForged") != std::string_view::npos)
    found.emplace_back("a forged line");
  return found;
}

}  // namespace roots::test
