// Days that are fetched at once, or piece by piece in any order, are remembered the same. The seed is printed
// when something fails.
#include "support/catch.h"
#include "support/pieces.h"
#include "sync/context.h"

#include <algorithm>

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

CivilDate dayOf(int number) { return kit::addDays(*kit::parseDate("2026-06-01"), number); }

class Fetches {
 public:
  explicit Fetches(unsigned seed) : chance_(seed) {}

  int number(int most) { return static_cast<int>(chance_() % static_cast<unsigned>(most + 1)); }

  CivilDays days() {
    const int first = number(60);
    return {dayOf(first), dayOf(first + number(30))};
  }

  // What a service answers for these days: the same whenever it is asked.
  static std::vector<Holiday> answer(CivilDays asked, int version) {
    std::vector<Holiday> rows;
    for (CivilDate date = asked.first; date <= asked.last; date = kit::addDays(date, 1)) {
      const int number = kit::daysBetween(dayOf(0), date) * 7 + version;
      for (int count = number % 3; count > 0; --count)
        rows.push_back({date, Extent::whole_day, std::to_string(version) + "/" + std::to_string(count)});
    }
    return rows;
  }

  Covered<Holiday> known() {
    Covered<Holiday> covered;
    for (int count = number(4); count > 0; --count) {
      const CivilDays asked = days();
      replaceDays(covered, asked, answer(asked, 1));
    }
    return covered;
  }

  std::vector<CivilDays> piecesInAnyOrder(CivilDays asked) {
    auto pieces = piecesOf(asked, chance_);
    std::shuffle(pieces.begin(), pieces.end(), chance_);
    return pieces;
  }

 private:
  std::mt19937 chance_;
};

std::vector<std::string> rowsOf(const Covered<Holiday> &covered) {
  std::vector<std::string> rows;
  for (const Holiday &row : covered.rows) rows.push_back(kit::formatDate(row.date) + " " + row.name);
  std::sort(rows.begin(), rows.end());
  return rows;
}

}  // namespace

TEST_CASE("days replaced at once, or piece by piece in any order, are the same days", "[context][property]") {
  for (unsigned seed = 1; seed <= 2000; ++seed) {
    INFO("seed " << seed);
    Fetches fetches(seed);
    Covered<Holiday> at_once = fetches.known();
    Covered<Holiday> in_pieces = at_once;
    const CivilDays asked = fetches.days();
    replaceDays(at_once, asked, Fetches::answer(asked, 2));
    for (const CivilDays &piece : fetches.piecesInAnyOrder(asked))
      replaceDays(in_pieces, piece, Fetches::answer(piece, 2));
    REQUIRE(rowsOf(in_pieces) == rowsOf(at_once));
    REQUIRE(in_pieces.ranges == at_once.ranges);
    REQUIRE(missingDays(at_once.ranges, asked).empty());
  }
}

TEST_CASE("fetching only what is missing leaves nothing missing, and nothing fetched twice",
          "[context][property]") {
  for (unsigned seed = 1; seed <= 2000; ++seed) {
    INFO("seed " << seed);
    Fetches fetches(seed);
    Covered<Holiday> covered = fetches.known();
    const auto before = rowsOf(covered);
    const CivilDays wanted = fetches.days();
    for (const CivilDays &missing : missingDays(covered.ranges, wanted)) {
      for (const CivilDays &range : covered.ranges) REQUIRE_FALSE(kit::intersection(range, missing));
      replaceDays(covered, missing, Fetches::answer(missing, 1));
    }
    REQUIRE(missingDays(covered.ranges, wanted).empty());
    const auto after = rowsOf(covered);
    REQUIRE(std::includes(after.begin(), after.end(), before.begin(), before.end()));
  }
}
