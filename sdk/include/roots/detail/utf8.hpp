// UTF-8 validation of all text of the interface. Used by both sides and by the kit. Pure functions.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace roots::detail {

// Length of the valid sequence at the start of a text that is not empty, 1 to 4; 0: there is none. Refuses
// overlong forms, surrogates, and numbers above U+10FFFF.
inline std::size_t utf8SequenceLength(std::string_view text) {
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const auto follows = [&](std::size_t index, unsigned lowest = 0x80, unsigned highest = 0xBF) {
    return index < text.size() && byte(index) >= lowest && byte(index) <= highest;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  if (first < 0xE0) return follows(1) ? 2 : 0;
  if (first < 0xF0) {
    const bool second = follows(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
    return second && follows(2) ? 3 : 0;
  }
  const bool second = follows(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
  return second && follows(2) && follows(3) ? 4 : 0;
}

// How many bytes at the start are ASCII other than NUL; at the end of the text maybe up to seven fewer. Most
// text is ASCII, and reading eight bytes at once makes its check almost free.
inline std::size_t plainPrefix(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101u;
  constexpr std::uint64_t highest_bits = ones * 0x80u;
  std::size_t length = 0;
  for (std::uint64_t eight = 0; text.size() - length >= sizeof eight; length += sizeof eight) {
    std::memcpy(&eight, text.data() + length, sizeof eight);
    // Subtracting borrows from the highest bit of a byte that is 0.
    if (((eight | (eight - ones)) & highest_bits) == 0) continue;
    while (static_cast<signed char>(text[length]) > 0) ++length;  // one of the eight bytes ends the loop
    break;
  }
  return length;
}

// Length of the longest start of the text that is valid UTF-8 without NUL.
inline std::size_t utf8PrefixLength(std::string_view text) {
  std::size_t valid = 0;
  for (;;) {
    valid += plainPrefix(text.substr(valid));
    const std::string_view rest = text.substr(valid);
    const std::size_t length = rest.empty() || rest.front() == '\0' ? 0 : utf8SequenceLength(rest);
    if (length == 0) return valid;
    valid += length;
  }
}

// All text that crosses the interface (R2).
inline bool isUtf8(std::string_view text) { return utf8PrefixLength(text) == text.size(); }

}  // namespace roots::detail
