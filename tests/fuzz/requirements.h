// Requirements on the result of every target.
#pragma once

#include <roots/result.hpp>

namespace roots::fuzz {

inline void require(bool condition) {
  if (!condition) __builtin_trap();
}

// An error must be printable.
inline void requireShowable(const Error &error) {
  require(!error.message.empty() && error.message.size() < 2048);
}

template <class Read>
void requireShowable(const Result<Read> &read) {
  if (!read) requireShowable(read.error());
}

}  // namespace roots::fuzz
