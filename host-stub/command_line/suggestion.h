// Finds the known word that a misspelled one probably means. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace roots::host {

// Counts insertions, deletions, substitutions, and swaps of neighboring characters (optimal string
// alignment).
[[nodiscard]] std::size_t editDistance(std::string_view left, std::string_view right);

// "": none is similar enough.
[[nodiscard]] std::string closestTo(const std::string &word, const std::vector<std::string> &known);

}  // namespace roots::host
