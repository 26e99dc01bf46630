// A record of the interface with other bytes behind it than this build's: shorter, as from an older host, or
// longer, as from a newer one. Whatever lies beyond its struct_size is poison, so that who reads it crashes
// and who writes it is found out.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace roots::check {

inline constexpr std::size_t kBytesOfTheFuture = 64;

template <class Record>
class Sized {
 public:
  // told: the struct_size that the plugin is told, at most kBytesOfTheFuture more than the record's own.
  Sized(const Record &record, std::size_t told) : told_(told) {
    bytes_.fill(kPoison);
    std::memcpy(bytes_.data(), &record, std::min(told, sizeof record));
    const auto size = static_cast<std::uint32_t>(told);
    std::memcpy(bytes_.data(), &size, sizeof size);
  }

  [[nodiscard]] Record *get() { return reinterpret_cast<Record *>(bytes_.data()); }

  // What the plugin made of it; poison where it may not write.
  [[nodiscard]] Record read() const {
    Record record;
    std::memcpy(static_cast<void *>(&record), bytes_.data(), sizeof record);
    return record;
  }

  // Whether nothing was written beyond what the plugin was told, and the size was left alone.
  [[nodiscard]] bool intact() const {
    std::uint32_t size = 0;
    std::memcpy(&size, bytes_.data(), sizeof size);
    const auto beyond = bytes_.begin() + static_cast<std::ptrdiff_t>(told_);
    return size == told_ &&
           std::all_of(beyond, bytes_.end(), [](unsigned char byte) { return byte == kPoison; });
  }

 private:
  static constexpr unsigned char kPoison = 0xA5;
  std::size_t told_;
  alignas(std::max_align_t) std::array<unsigned char, sizeof(Record) + kBytesOfTheFuture> bytes_{};
};

}  // namespace roots::check
