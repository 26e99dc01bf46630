#include "support/catch.h"

#include <roots/detail/utf8.hpp>

#include <string>

using namespace roots;

namespace {

std::string encoded(unsigned code) {
  const auto byte = [](unsigned value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  const auto next = [&](unsigned shift) { return byte(0x80u | ((code >> shift) & 0x3Fu)); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xC0u | (code >> 6)), next(0)};
  if (code < 0x10000) return {byte(0xE0u | (code >> 12)), next(6), next(0)};
  return {byte(0xF0u | (code >> 18)), next(12), next(6), next(0)};
}

bool isCharacter(unsigned code) { return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF); }

}  // namespace

TEST_CASE("each character is valid, except for surrogates and numbers above U+10FFFF", "[utf8]") {
  unsigned wrong = 0;
  for (unsigned code = 1; code < 0x120000; ++code)
    if (detail::isUtf8(encoded(code)) != isCharacter(code)) ++wrong;
  CHECK(wrong == 0);
}

TEST_CASE("text is validated completely, regardless of the position of an invalid byte", "[utf8]") {
  const std::string bad[] = {std::string(1, '\0'), "\x80",         "\xC3", "\xC0\x80",
                             "\xE0\x80\x80",       "\xED\xA0\x80", "\xFF"};
  for (const std::string &bytes : bad) {
    for (std::size_t place = 0; place < 40; ++place) {
      INFO(place);
      std::string text = std::string(place, 'x') + bytes;
      CHECK(detail::utf8PrefixLength(text) == place);
      text += std::string(40 - place, 'x');
      CHECK_FALSE(detail::isUtf8(text));
      CHECK(detail::isUtf8(std::string(place, 'x') + "\xC3\xBC" + std::string(40 - place, 'x')));
    }
  }
}

TEST_CASE("an overlong encoding is invalid", "[utf8]") {
  for (const char *longer :
       {"\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80"})
    CHECK_FALSE(detail::isUtf8(longer));
}
