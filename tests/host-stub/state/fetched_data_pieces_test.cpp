// Days that are fetched at once, or in parts in any order, give the same stored data. A failing test prints
// the seed.
#include "state/fetched_data.h"
#include "support/catch.h"
#include "support/pieces.h"

#include <algorithm>

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

constexpr const char *kMorning = "2026-06-15T08:00:00Z";

CivilDate dayOf(int number) { return kit::addDays(*kit::parseDate("2026-06-01"), number); }

class Fetches {
 public:
  explicit Fetches(unsigned seed) : chance_(seed) {}

  int number(int most) { return static_cast<int>(chance_() % static_cast<unsigned>(most + 1)); }

  CivilDays days() {
    const int first = number(60);
    return {dayOf(first), dayOf(first + number(30))};
  }

  // The service's reply for these days, the same for every request.
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
      replaceDays(covered, asked, answer(asked, 1), kMorning);
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

TEST_CASE("replacing days at once or in parts, in any order, gives the same result", "[context][property]") {
  for (unsigned seed = 1; seed <= 2000; ++seed) {
    INFO("seed " << seed);
    Fetches fetches(seed);
    Covered<Holiday> at_once = fetches.known();
    Covered<Holiday> in_pieces = at_once;
    const CivilDays asked = fetches.days();
    replaceDays(at_once, asked, Fetches::answer(asked, 2), kMorning);
    for (const CivilDays &piece : fetches.piecesInAnyOrder(asked))
      replaceDays(in_pieces, piece, Fetches::answer(piece, 2), kMorning);
    REQUIRE(rowsOf(in_pieces) == rowsOf(at_once));
    REQUIRE(in_pieces.fetchedDays() == at_once.fetchedDays());
    REQUIRE(missingDays(at_once.fetchedDays(), asked).empty());
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
    for (const CivilDays &missing : missingDays(covered.fetchedDays(), wanted)) {
      for (const CivilDays &range : covered.fetchedDays()) REQUIRE_FALSE(kit::intersection(range, missing));
      replaceDays(covered, missing, Fetches::answer(missing, 1), kMorning);
    }
    REQUIRE(missingDays(covered.fetchedDays(), wanted).empty());
    const auto after = rowsOf(covered);
    REQUIRE(std::includes(after.begin(), after.end(), before.begin(), before.end()));
  }
}
