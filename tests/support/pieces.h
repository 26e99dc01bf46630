// A range of days, divided into adjacent parts, for tests that compare the whole with its parts.
#pragma once

#include <roots/kit/civil_date.h>

#include <random>
#include <vector>

namespace roots::test {

inline std::vector<kit::CivilDays> piecesOf(kit::CivilDays days, std::mt19937 &chance) {
  std::vector<kit::CivilDays> pieces;
  kit::CivilDate first = days.first;
  for (kit::CivilDate date = days.first; date <= days.last; date = kit::addDays(date, 1)) {
    const bool cut = date == days.last || chance() % 4 == 0;
    if (!cut) continue;
    pieces.push_back({first, date});
    first = kit::addDays(date, 1);
  }
  return pieces;
}

}  // namespace roots::test
