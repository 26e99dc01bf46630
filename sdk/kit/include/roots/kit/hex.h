// Hexadecimal text in lower case. Any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace roots::kit {

// Two digits for each byte.
[[nodiscard]] std::string hexText(std::span<const unsigned char> bytes);

// The last `digits` digits of a number, with leading zeros. At most 16.
[[nodiscard]] std::string hexText(std::uint64_t number, int digits);

// From the system's source of random numbers, fit for secrets.
[[nodiscard]] std::string randomHexText(int digits);

}  // namespace roots::kit
