#include "model/fingerprint.h"

#include <roots/kit/hex.h>

#include <cstdint>

namespace roots::personio {

std::string fingerprintOf(std::initializer_list<std::string_view> parts) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const std::string_view part : parts) {
    for (const char character : part)
      hash = (hash ^ static_cast<unsigned char>(character)) * 1099511628211ULL;
    hash = (hash ^ 0x1FU) * 1099511628211ULL;
  }
  return kit::hexText(hash, 16);
}

}  // namespace roots::personio
