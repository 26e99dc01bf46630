// The days of an absence are the same, whether a range is requested at once or in parts. The seed is
// printed when something fails.
#include "absences/absence_days.h"
#include "support/catch.h"
#include "support/pieces.h"

using namespace roots;
using namespace roots::personio;

namespace {

kit::CivilDate dayOf(int number) { return kit::addDays(*kit::parseDate("2027-12-01"), number); }

class AnyAbsence {
 public:
  explicit AnyAbsence(unsigned seed) : chance_(seed) {}

  int number(int most) { return static_cast<int>(chance_() % static_cast<unsigned>(most + 1)); }

  // Half days at its ends, an end that is not known, one day only; or hours on some days.
  Absence absence() {
    Absence absence{"abc", {"Urlaub", "paid_vacation"}, {}, number(3000)};
    if (number(2) == 0)
      absence.time = hours();
    else
      absence.time = span();
    return absence;
  }

  kit::CivilDays range() {
    const int first = number(80);
    return {dayOf(first), dayOf(first + number(60))};
  }

  std::mt19937 &source() { return chance_; }

 private:
  DaySpan span() {
    const int first = number(100);
    DaySpan span{dayOf(first), dayOf(first + number(40))};
    if (number(4) == 0) span.last.reset();
    if (number(1) == 0) span.first_day = Extent::second_half;
    if (number(1) == 0) span.last_day = Extent::first_half;
    if (span.first == span.last) span.last_day = span.first_day;
    return span;
  }

  std::vector<MinutesOnDay> hours() {
    std::vector<MinutesOnDay> days;
    for (int day = number(100); days.size() < 10; day += 1 + number(9))
      days.push_back({dayOf(day), number(480)});
    return days;
  }

  std::mt19937 chance_;
};

std::vector<std::string> textsOf(const Absence &absence, kit::CivilDays range) {
  std::vector<std::string> texts;
  for (const AbsenceDay &record : absenceDays(absence, range)) {
    texts.push_back(kit::formatDate(*kit::fromRecord(record.date)) + " " +
                    std::to_string(static_cast<int>(record.extent)) + " " + std::to_string(record.minutes) +
                    " " + record.absence_id + " " + std::to_string(record.counted_hundredths));
  }
  return texts;
}

}  // namespace

TEST_CASE("the days of a range are those of its parts in sequence", "[absence_days][property]") {
  for (unsigned seed = 1; seed <= 3000; ++seed) {
    INFO("seed " << seed);
    AnyAbsence any(seed);
    const Absence absence = any.absence();
    const kit::CivilDays range = any.range();
    std::vector<std::string> in_pieces;
    for (const kit::CivilDays &piece : test::piecesOf(range, any.source()))
      for (const std::string &text : textsOf(absence, piece)) in_pieces.push_back(text);
    REQUIRE(in_pieces == textsOf(absence, range));
  }
}
