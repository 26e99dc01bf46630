#include "support/catch.h"

#include <roots/kit/hex.h>

#include <array>
#include <set>

using namespace roots::kit;

TEST_CASE("bytes become two lower-case digits each", "[hex]") {
  CHECK(hexText(std::array<unsigned char, 4>{0x00, 0x0F, 0xA0, 0xFF}) == "000fa0ff");
  CHECK(hexText(std::span<const unsigned char>()).empty());
}

TEST_CASE("a number becomes as many digits as requested", "[hex]") {
  CHECK(hexText(0x1F, 4) == "001f");
  CHECK(hexText(0xABCD, 2) == "cd");
  CHECK(hexText(0xFEDCBA9876543210, 16) == "fedcba9876543210");
  CHECK(hexText(1, 0).empty());
}

TEST_CASE("random text has the requested length and differs each time", "[hex]") {
  for (const int digits : {0, 1, 7, 8, 9, 64}) {
    const std::string text = randomHexText(digits);
    CHECK(text.size() == static_cast<std::size_t>(digits));
    CHECK(text.find_first_not_of("0123456789abcdef") == std::string::npos);
  }
  std::set<std::string> texts;
  for (int round = 0; round < 100; ++round) texts.insert(randomHexText(16));
  CHECK(texts.size() == 100);
}
