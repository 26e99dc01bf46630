// The result does not depend on whether days, or an absence, come in one part or in several. A failure prints
// the seed.
#include "anything.h"
#include "support/catch.h"
#include "support/pieces.h"

#include <algorithm>

using namespace roots;
using namespace roots::test;

namespace {

constexpr unsigned kSplitTries = 500;
const CivilDays kWeeks{day("2026-07-06"), day("2026-07-26")};

// Three weeks with changing schedules, possibly a rotation, an employment that begins or ends, public
// holidays, time entries, and absences.
DayFacts threeWeeks(Anything &anything) {
  DayFacts facts;
  const auto some_day = [&] { return kit::addDays(kWeeks.first, anything.number(20)); };
  for (int count = anything.number(2); count >= 0; --count) {
    facts.schedule.push_back(anything.week());
    if (count > 0) facts.schedule.back().valid_from = some_day();
  }
  if (anything.number(3) == 0) facts.rotation = Rotation{day("2026-07-13"), {{480, 480}, {60, 60}}};
  if (anything.number(3) == 0) facts.employed_from = some_day();
  if (anything.number(3) == 0) facts.employed_until = some_day();
  for (int count = anything.number(12); count > 0; --count) {
    const std::string date = kit::formatDate(some_day());
    const DayFacts more = anything.facts(date);
    facts.holidays.insert(facts.holidays.end(), more.holidays.begin(), more.holidays.end());
    facts.absences.insert(facts.absences.end(), more.absences.begin(), more.absences.end());
    facts.entries.push_back(entry(date, anything.number(30000), "entry-" + std::to_string(count)));
  }
  return facts;
}

// All data of a day, except for the IDs of absences that begin with "told-".
std::string textOf(const DayOverview &overview) {
  std::string text = kit::formatDate(overview.date);
  const auto add = [&](long number) { text += " " + std::to_string(number); };
  add(overview.scheduled_minutes.value_or(-1));
  add(overview.target_minutes.value_or(-1));
  add(overview.balance_minutes.value_or(-9999));
  add(overview.booked_minutes.value_or(-1));
  add(overview.employed);
  add(overview.scheduled_by_rotation);
  for (const auto &reduction : overview.reductions) {
    text += reduction.cause == Reduction::Cause::absence ? " absence" : " holiday";
    add(static_cast<long>(reduction.index));
    add(reduction.minutes);
  }
  for (const auto &absence : overview.absences) {
    text += " " + (absence.id.starts_with("told-") ? "told" : absence.id);
    add(static_cast<long>(absence.kind));
    add(static_cast<long>(absence.extent));
    add(absence.minutes);
  }
  for (const TimeEntry *each : overview.entries) text += " " + each->id;
  return text;
}

std::vector<std::string> textsOf(CivilDays days, const DayFacts &facts) {
  std::vector<std::string> texts;
  for (const auto &overview : overviewOf(days, facts)) texts.push_back(textOf(overview));
  return texts;
}

// An absence of one kind, with one ID for each of these parts.
std::vector<Absence> told(const std::vector<CivilDays> &pieces, const std::vector<Absence> &by_day) {
  std::vector<Absence> rows = by_day;
  for (Absence &row : rows) {
    const auto piece = std::find_if(pieces.begin(), pieces.end(),
                                    [&](const CivilDays &days) { return kit::contains(days, row.date); });
    row.id = "told-" + std::to_string(piece - pieces.begin());
  }
  return rows;
}

// Whole days, or half-days at the ends, as in a vacation that was requested at once.
std::vector<Absence> oneAbsence(Anything &anything) {
  Absence like = anything.any("");
  const CivilDate first = kit::addDays(kWeeks.first, anything.number(10));
  std::vector<Absence> rows;
  for (int offset = anything.number(10); offset >= 0; --offset) {
    like.date = kit::addDays(first, offset);
    rows.push_back(like);
  }
  if (like.extent == Extent::whole_day && anything.number(1) == 0) rows.front().extent = Extent::first_half;
  return rows;
}

}  // namespace

TEST_CASE("a range gives the same days as its parts", "[day][property]") {
  for (unsigned seed = 1; seed <= kSplitTries; ++seed) {
    INFO("seed " << seed);
    Anything anything(seed);
    const DayFacts facts = threeWeeks(anything);
    std::vector<std::string> in_pieces;
    for (const CivilDays &piece : piecesOf(kWeeks, anything.source()))
      for (const std::string &text : textsOf(piece, facts)) in_pieces.push_back(text);
    REQUIRE(in_pieces == textsOf(kWeeks, facts));
  }
}

TEST_CASE("one absence and several adjoining ones result in the same target", "[day][property]") {
  for (unsigned seed = 1; seed <= kSplitTries; ++seed) {
    INFO("seed " << seed);
    Anything anything(seed);
    DayFacts facts = threeWeeks(anything);
    const auto by_day = oneAbsence(anything);
    const auto pieces = piecesOf(kWeeks, anything.source());
    DayFacts split = facts;
    const bool by_hand = anything.number(1) == 0;
    auto &joined_rows = by_hand ? facts.manual_absences : facts.absences;
    auto &split_rows = by_hand ? split.manual_absences : split.absences;
    for (const Absence &row : told({kWeeks}, by_day)) joined_rows.push_back(row);
    for (const Absence &row : told(pieces, by_day)) split_rows.push_back(row);
    REQUIRE(textsOf(kWeeks, split) == textsOf(kWeeks, facts));
  }
}
