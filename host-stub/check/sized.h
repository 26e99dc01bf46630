// A record of the interface with another size than in this build: shorter, as from an older host, or
// longer, as from a newer one. All bytes beyond its struct_size are poisoned, so that reading them crashes
// and writing them is detected.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace roots::check {

inline constexpr std::size_t kMaxExtraBytes = 64;

template <class Record>
class Sized {
 public:
  // announced: the struct_size that the plugin sees, at most kMaxExtraBytes above the size of the record.
  Sized(const Record &record, std::size_t announced) : announced_(announced) {
    bytes_.fill(kPoison);
    std::memcpy(bytes_.data(), &record, std::min(announced, sizeof record));
    const auto size = static_cast<std::uint32_t>(announced);
    std::memcpy(bytes_.data(), &size, sizeof size);
  }

  [[nodiscard]] Record *get() { return reinterpret_cast<Record *>(bytes_.data()); }

  // The record as the plugin left it, with poison where it must not write.
  [[nodiscard]] Record read() const {
    Record record;
    std::memcpy(static_cast<void *>(&record), bytes_.data(), sizeof record);
    return record;
  }

  // Whether nothing was written beyond struct_size, and struct_size itself is unchanged.
  [[nodiscard]] bool intact() const {
    std::uint32_t size = 0;
    std::memcpy(&size, bytes_.data(), sizeof size);
    const auto beyond = bytes_.begin() + static_cast<std::ptrdiff_t>(announced_);
    return size == announced_ &&
           std::all_of(beyond, bytes_.end(), [](unsigned char byte) { return byte == kPoison; });
  }

 private:
  static constexpr unsigned char kPoison = 0xA5;
  std::size_t announced_;
  alignas(std::max_align_t) std::array<unsigned char, sizeof(Record) + kMaxExtraBytes> bytes_{};
};

}  // namespace roots::check
