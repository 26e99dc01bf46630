// Detects whether settings or an absence have changed since they were saved. Pure.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace roots::personio {

// 16 hexadecimal digits (FNV-1a) for these parts in this order. It protects nothing: what goes in here and
// what comes out lie in the same secret store.
[[nodiscard]] std::string fingerprintOf(std::initializer_list<std::string_view> parts);

}  // namespace roots::personio
