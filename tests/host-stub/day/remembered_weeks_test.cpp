// The weekly hours that count on each day after repeated deliveries: the rule in host-stub/day/README.md, a
// row for each case.
#include "day/remembered_weeks.h"

#include "day/day_overview.h"
#include "support/catch.h"
#include "support/dates.h"

#include <algorithm>
#include <random>
#include <set>

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

struct DeliveredWeek {
  std::string valid_from;  // "": the provider does not report it
  int minutes = 0;         // of each day
  bool is_estimate = false;
};

struct Delivery {
  std::string today;
  std::vector<DeliveredWeek> weeks;
  std::pair<std::string, std::string> asked = {};  // empty: the days that a sync requests
};

struct Expected {
  std::string date;
  int minutes = -1;  // -1: unknown
};

struct Case {
  std::string name;
  std::vector<Delivery> deliveries;
  std::vector<Expected> expected;
};

CivilDays askedOn(const Delivery &delivery) {
  if (!delivery.asked.first.empty()) return {day(delivery.asked.first), day(delivery.asked.second)};
  return {kit::addDays(day(delivery.today), -45), kit::addDays(day(delivery.today), 45)};
}

std::vector<Week> weeksOf(const Delivery &delivery) {
  std::vector<Week> weeks;
  for (const auto &delivered : delivery.weeks) {
    Week week;
    week.minutes.fill(delivered.minutes);
    week.is_estimate = delivered.is_estimate;
    if (!delivered.valid_from.empty()) week.valid_from = kit::toRecord(day(delivered.valid_from));
    weeks.push_back(week);
  }
  return weeks;
}

std::vector<ScheduledWeek> rememberedAfter(const std::vector<Delivery> &deliveries) {
  std::vector<ScheduledWeek> seen;
  for (const auto &delivery : deliveries)
    rememberWeeks(seen, weeksOf(delivery), askedOn(delivery), day(delivery.today));
  return seen;
}

int minutesOn(const std::vector<ScheduledWeek> &seen, const std::string &date) {
  const ScheduledWeek *week = weekInForce(seen, day(date));
  return week == nullptr ? -1 : week->minutes[0];
}

const std::vector<Case> kCases{
    {"the first week without a date counts for all days",
     {{"2026-05-01", {{"", 480}}}},
     {{"2000-01-01", 480}, {"2026-05-01", 480}, {"2030-01-01", 480}}},
    {"days before the first dated week are unknown",
     {{"2026-05-01", {{"2026-01-01", 480}}}},
     {{"2025-12-31", -1}, {"2026-01-01", 480}}},
    {"a week without a date counts from the day of its delivery",
     {{"2026-05-01", {{"", 480}}}, {"2026-06-01", {{"", 360}}}},
     {{"2026-05-31", 480}, {"2026-06-01", 360}}},
    {"a dated week counts from its date, also a date in the past",
     {{"2026-05-01", {{"", 480}}}, {"2026-09-10", {{"2026-09-01", 360}}}},
     {{"2026-08-31", 480}, {"2026-09-01", 360}}},
    {"a dated week counts from its date, also a date in the future",
     {{"2026-05-01", {{"", 480}}}, {"2026-08-10", {{"2026-09-01", 360}}}},
     {{"2026-08-10", 480}, {"2026-08-31", 480}, {"2026-09-01", 360}}},
    {"a week corrected in place counts from today, and earlier days keep what was in force then",
     {{"2026-05-01", {{"2026-01-01", 480}}}, {"2026-06-01", {{"2026-01-01", 360}}}},
     {{"2026-01-01", 480}, {"2026-05-31", 480}, {"2026-06-01", 360}}},
    {"the correction of a future week touches that week alone",
     {{"2026-07-15", {{"2026-01-01", 480}, {"2026-12-01", 300}}},
      {"2026-07-16", {{"2026-01-01", 480}, {"2026-12-01", 240}}}},
     {{"2026-07-16", 480}, {"2026-11-30", 480}, {"2026-12-01", 240}}},
    {"the correction of a future week, delivered without the week of today",
     {{"2026-07-15", {{"2026-01-01", 480}, {"2026-12-01", 300}}}, {"2026-07-16", {{"2026-12-01", 240}}}},
     {{"2026-07-16", 480}, {"2026-11-30", 480}, {"2026-12-01", 240}}},
    {"A, then B, then A again, all dated: A is in force today, B was in between",
     {{"2026-05-01", {{"2026-01-01", 480}}},
      {"2026-06-10", {{"2026-06-01", 360}}},
      {"2026-07-15", {{"2026-01-01", 480}}}},
     {{"2026-05-31", 480}, {"2026-06-01", 360}, {"2026-07-14", 360}, {"2026-07-15", 480}}},
    {"A, then B, then A again, none dated",
     {{"2026-05-01", {{"", 480}}}, {"2026-06-10", {{"", 360}}}, {"2026-07-15", {{"", 480}}}},
     {{"2026-06-09", 480}, {"2026-06-10", 360}, {"2026-07-14", 360}, {"2026-07-15", 480}}},
    {"A, then B, then A again on one day",
     {{"2026-05-01", {{"", 480}}}, {"2026-07-15", {{"", 360}}}, {"2026-07-15", {{"", 480}}}},
     {{"2026-07-14", 480}, {"2026-07-15", 480}, {"2026-07-16", 480}}},
    {"a tick removed leaves an estimate, and restored it ends the estimate",
     {{"2026-05-01", {{"2026-01-01", 450}}},
      {"2026-06-10", {{"", 480, true}}},
      {"2026-07-15", {{"2026-01-01", 450}}}},
     {{"2026-06-09", 450}, {"2026-06-10", 480}, {"2026-07-14", 480}, {"2026-07-15", 450}}},
    {"an estimate comes first, and the real week counts from its date",
     {{"2026-05-01", {{"", 480, true}}}, {"2026-06-10", {{"2026-01-01", 450}}}},
     {{"2025-12-31", 480}, {"2026-01-01", 450}, {"2026-06-10", 450}}},
    {"an earlier date for the same hours, where nothing was known",
     {{"2026-05-01", {{"2026-03-01", 480}}}, {"2026-06-10", {{"2026-01-01", 480}}}},
     {{"2025-12-31", -1}, {"2026-01-01", 480}, {"2026-02-28", 480}, {"2026-03-01", 480}}},
    {"an earlier date for the same hours, where other hours were known",
     {{"2026-05-01", {{"2026-01-01", 360}, {"2026-04-01", 480}}}, {"2026-06-10", {{"2026-03-01", 480}}}},
     {{"2026-02-28", 360}, {"2026-03-01", 480}, {"2026-04-01", 480}, {"2026-06-10", 480}}},
    {"a future week that begins earlier than it was said to",
     {{"2026-07-15", {{"2026-01-01", 480}, {"2026-12-01", 300}}},
      {"2026-07-16", {{"2026-01-01", 480}, {"2026-10-01", 300}}, {"2026-07-01", "2026-12-31"}}},
     {{"2026-09-30", 480}, {"2026-10-01", 300}, {"2026-12-01", 300}}},
    {"a future week that is withdrawn, once its days are asked for",
     {{"2026-07-15", {{"2026-01-01", 480}, {"2026-12-01", 300}}},
      {"2026-11-15", {{"2026-01-01", 480}}, {"2026-10-01", "2026-12-31"}}},
     {{"2026-11-15", 480}, {"2026-12-01", 480}, {"2027-06-01", 480}}},
    {"a future week stays while a delivery is about earlier days only",
     {{"2026-07-15", {{"2026-01-01", 480}, {"2026-12-01", 300}}},
      {"2026-07-16", {{"2026-01-01", 480}}, {"2026-06-01", "2026-08-31"}}},
     {{"2026-07-16", 480}, {"2026-12-01", 300}}},
    {"a week postponed: days before today keep it, today does not",
     {{"2026-06-10", {{"2026-01-01", 480}, {"2026-06-01", 360}}},
      {"2026-07-15", {{"2026-01-01", 480}, {"2026-08-01", 360}}}},
     {{"2026-05-31", 480},
      {"2026-06-01", 360},
      {"2026-07-14", 360},
      {"2026-07-15", 480},
      {"2026-07-31", 480},
      {"2026-08-01", 360}}},
    {"a week without a date before one with a date counts from today to that date",
     {{"2026-05-01", {{"", 480}}}, {"2026-07-15", {{"", 300}, {"2026-08-01", 360}}}},
     {{"2026-07-14", 480}, {"2026-07-15", 300}, {"2026-07-31", 300}, {"2026-08-01", 360}}},
    {"a delivery of nothing changes nothing",
     {{"2026-05-01", {{"2026-01-01", 480}}}, {"2026-06-01", {}}},
     {{"2025-12-31", -1}, {"2026-06-01", 480}}},
    {"the first and the last day that there are",
     {{"2026-07-15", {{"0001-01-01", 480}, {"9999-12-31", 300}}, {"0001-01-01", "9999-12-31"}},
      {"2026-07-16", {{"0001-01-01", 480}, {"9999-12-31", 240}}, {"0001-01-01", "9999-12-31"}}},
     {{"0001-01-01", 480}, {"2026-07-16", 480}, {"9999-12-30", 480}, {"9999-12-31", 240}}},
};

}  // namespace

TEST_CASE("weeks that are delivered again count for the days that they cover", "[day][schedule]") {
  for (const Case &each : kCases) {
    const auto seen = rememberedAfter(each.deliveries);
    for (const Expected &expected : each.expected) {
      INFO(each.name << ", " << expected.date);
      CHECK(minutesOn(seen, expected.date) == expected.minutes);
    }
  }
}

TEST_CASE("repeating a delivery, also on a later day, changes nothing", "[day][schedule]") {
  for (const Case &each : kCases) {
    INFO(each.name);
    auto deliveries = each.deliveries;
    const auto once = rememberedAfter(deliveries);
    deliveries.push_back(deliveries.back());
    CHECK(rememberedAfter(deliveries) == once);
    // The same requested days: the days that a delivery covers must not depend on the current day.
    const CivilDays asked = askedOn(deliveries.back());
    deliveries.back().asked = {kit::formatDate(asked.first), kit::formatDate(asked.last)};
    deliveries.back().today = kit::formatDate(kit::addDays(day(deliveries.back().today), 1));
    CHECK(rememberedAfter(deliveries) == once);
  }
}

TEST_CASE("a provider that delivers other weeks every day does not make the list grow without limit",
          "[day][schedule]") {
  std::vector<Delivery> deliveries;
  for (int number = 0; number < 200; ++number)
    deliveries.push_back({"2026-07-15", {{"2026-01-01", number % 2 == 0 ? 480 : 360}}});
  CHECK(rememberedAfter(deliveries).size() <= 2);
}

TEST_CASE("for any earlier deliveries, past days and requested days follow the rule",
          "[day][schedule][property]") {
  const CivilDate begin = day("2026-06-01");
  constexpr int days = 60;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    const auto number = [&](int most) {
      return static_cast<int>(chance() % static_cast<unsigned>(most + 1));
    };
    std::vector<ScheduledWeek> remembered;
    int today = 10;
    for (int count = 0; count < 8; ++count) {
      today += number(6);
      std::set<int> dates;
      for (int each = number(3); each > 0; --each) dates.insert(number(days));
      if (dates.empty() || number(3) == 0) dates.insert(-1);  // without a date
      std::vector<Week> delivered;
      std::vector<ScheduledWeek> scheduled;
      for (const int date : dates) {
        Week week;
        week.minutes.fill(60 * number(3));
        if (date >= 0) week.valid_from = kit::toRecord(kit::addDays(begin, date));
        delivered.push_back(week);
        scheduled.push_back({kit::fromRecord(week.valid_from), week.minutes, false});
      }
      const CivilDays asked{kit::addDays(begin, number(today)), kit::addDays(begin, today + number(20))};
      const auto before = remembered;
      rememberWeeks(remembered, delivered, asked, kit::addDays(begin, today));
      const auto once = remembered;
      rememberWeeks(remembered, delivered, asked, kit::addDays(begin, today));
      REQUIRE(remembered == once);
      for (int index = -5; index < days + 5; ++index) {
        const CivilDate date = kit::addDays(begin, index);
        const ScheduledWeek *then = weekInForce(before, date);
        const ScheduledWeek *told = weekInForce(scheduled, date);
        const ScheduledWeek *counts = weekInForce(remembered, date);
        INFO(kit::formatDate(date));
        if (index >= today && date <= asked.last && told != nullptr) {
          REQUIRE(counts != nullptr);
          REQUIRE(counts->minutes == told->minutes);
        }
        if (index < today && !before.empty()) {
          const bool was_learned_late =
              told != nullptr && told->valid_from && (then == nullptr || then->valid_from < told->valid_from);
          const ScheduledWeek *expected = was_learned_late ? told : then;
          REQUIRE((counts == nullptr) == (expected == nullptr));
          if (expected != nullptr) REQUIRE(counts->minutes == expected->minutes);
        }
      }
    }
  }
}
