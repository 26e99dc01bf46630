// What start and end of an absence mean in API v2.
#include "absences/period_span.h"
#include "support/catch.h"

using namespace roots;
using namespace roots::personio;
using Half = MomentV2::Half;

namespace {

kit::CivilDate julyDay(unsigned day) { return std::chrono::year(2026) / 7 / std::chrono::day(day); }

MomentV2 midnight(unsigned day, Half half = Half::unknown) { return {julyDay(day), true, half}; }

PeriodV2 period(MomentV2 start, std::optional<MomentV2> end) { return {"a", "7c-301", start, end, {}, {}}; }

// "6-10", a half as "/1" or "/2" behind its day; "21-" without an end.
std::string days(const PeriodV2 &absence, bool ends_on_last_day = false) {
  const auto span = spanOf(absence, ends_on_last_day);
  if (!span) return "refused";
  const auto end = [](kit::CivilDate date, Extent extent) {
    const std::string half = extent == Extent::first_half ? "/1" : extent == Extent::second_half ? "/2" : "";
    return std::to_string(unsigned(date.day())) + half;
  };
  const std::string first = end(span->first, span->first_day);
  if (!span->last) return first + "-";
  return span->last == span->first ? first : first + "-" + end(*span->last, span->last_day);
}

}  // namespace

TEST_CASE("the defaults spelled out are whole days", "[period_span]") {
  CHECK(days(period(midnight(6, Half::first), midnight(11, Half::second))) == "6-10");
}

TEST_CASE("the midnight at the end is not a day of the absence", "[period_span]") {
  CHECK(days(period(midnight(6), midnight(9))) == "6-8");
}

TEST_CASE("if a company's midnight names the last day, that day counts", "[period_span]") {
  CHECK(days(period(midnight(6), midnight(9)), true) == "6-9");
  CHECK(days(period(midnight(6), midnight(6)), true) == "6");
}

TEST_CASE("from midday of a single day", "[period_span]") {
  CHECK(days(period(midnight(13, Half::second), midnight(14, Half::second))) == "13/2");
}

TEST_CASE("until midday of a single day", "[period_span]") {
  CHECK(days(period(midnight(15, Half::first), midnight(16, Half::first))) == "15/1");
}

TEST_CASE("start and end alike are that one day", "[period_span]") {
  CHECK(days(period(midnight(15), midnight(15))) == "15");
}

TEST_CASE("without an end it continues, from midday if so marked", "[period_span]") {
  CHECK(days(period(midnight(21), std::nullopt)) == "21-");
  CHECK(days(period(midnight(21, Half::second), std::nullopt)) == "21/2-");
}

TEST_CASE("half-days at both ends of several days stay at their ends", "[period_span]") {
  CHECK(days(period(midnight(6, Half::second), midnight(9, Half::first))) == "6/2-8/1");
}

TEST_CASE("an end with a time of day is a moment of its last day", "[period_span]") {
  CHECK(days(period(midnight(6), MomentV2{julyDay(8), false, Half::unknown})) == "6-8");
}

TEST_CASE("a single day from midday to midday is an error", "[period_span]") {
  CHECK(days(period(midnight(6, Half::second), midnight(6, Half::first))) == "refused");
}

TEST_CASE("only a later midnight is ambiguous, and the last of the days resolves it", "[period_span]") {
  CHECK(isEndAmbiguous(period(midnight(6), midnight(9))));
  CHECK_FALSE(isEndAmbiguous(period(midnight(6), midnight(6))));
  CHECK_FALSE(isEndAmbiguous(period(midnight(6), std::nullopt)));
  CHECK_FALSE(isEndAmbiguous(period(midnight(6), MomentV2{julyDay(8), false, Half::unknown})));

  const PeriodV2 doubtful = period(midnight(6), midnight(9));
  const auto told = [&](std::vector<unsigned> dates) {
    std::vector<BreakdownV2> parts;
    for (const unsigned date : dates) parts.push_back({julyDay(date), TypeUnit::days, 100, {}});
    return endsOnLastDay(doubtful, parts);
  };
  CHECK(told({6, 7, 8}) == false);
  CHECK(told({9, 6, 7, 8}) == true);
  CHECK(told({6, 7}) == std::nullopt);
  CHECK(told({}) == std::nullopt);
}
