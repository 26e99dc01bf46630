#include "command_line/suggestion.h"

#include <algorithm>

namespace roots::host {

std::size_t editDistance(std::string_view left, std::string_view right) {
  std::vector<std::vector<std::size_t>> costs(left.size() + 1, std::vector<std::size_t>(right.size() + 1));
  for (std::size_t row = 0; row <= left.size(); ++row) costs[row][0] = row;
  for (std::size_t column = 0; column <= right.size(); ++column) costs[0][column] = column;
  for (std::size_t row = 1; row <= left.size(); ++row) {
    for (std::size_t column = 1; column <= right.size(); ++column) {
      const std::size_t substitution = left[row - 1] == right[column - 1] ? 0 : 1;
      std::size_t cost = std::min({costs[row - 1][column] + 1, costs[row][column - 1] + 1,
                                   costs[row - 1][column - 1] + substitution});
      const bool swapped =
          row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1];
      if (swapped) cost = std::min(cost, costs[row - 2][column - 2] + 1);
      costs[row][column] = cost;
    }
  }
  return costs[left.size()][right.size()];
}

std::string closestTo(const std::string &word, const std::vector<std::string> &known) {
  constexpr std::size_t longest = 64;  // of a possible typing error; the table grows with the square
  std::string closest;
  if (word.size() > longest) return closest;
  std::size_t best = 3;
  for (const auto &candidate : known) {
    const std::size_t distance = editDistance(word, candidate);
    // A short word is too similar to many others.
    if (distance < best && distance * 3 <= candidate.size()) {
      best = distance;
      closest = candidate;
    }
  }
  return closest;
}

}  // namespace roots::host
