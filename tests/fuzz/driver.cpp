// The entry point for libFuzzer, for the target that the build selects.
#include "fuzz/targets.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  roots::fuzz::ROOTS_FUZZ_TARGET({reinterpret_cast<const char *>(data), size});
  return 0;
}
