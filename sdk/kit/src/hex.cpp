#include <roots/kit/hex.h>

#include <random>

namespace roots::kit {
namespace {

char digitOf(std::uint64_t value) { return "0123456789abcdef"[value & 15U]; }

}  // namespace

std::string hexText(std::span<const unsigned char> bytes) {
  std::string text;
  for (const unsigned char byte : bytes) {
    text += digitOf(byte >> 4U);
    text += digitOf(byte);
  }
  return text;
}

std::string hexText(std::uint64_t number, int digits) {
  std::string text;
  for (int digit = digits - 1; digit >= 0; --digit)
    text += digitOf(number >> (4U * static_cast<unsigned>(digit)));
  return text;
}

std::string randomHexText(int digits) {
  constexpr int kDigitsOfWord = 8;
  std::random_device random;
  std::string text;
  while (text.size() < static_cast<std::size_t>(digits)) text += hexText(random(), kDigitsOfWord);
  text.resize(static_cast<std::size_t>(digits));
  return text;
}

}  // namespace roots::kit
