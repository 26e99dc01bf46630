// Merging facts into days, compared with a plain pass over arrays of the same size and a copy of the same
// rows.
#include "benchmark/child_measurement.h"
#include "benchmark/plan.h"
#include "benchmark/resident_memory.h"
#include "day/day_overview.h"

#include <algorithm>
#include <memory>
#include <random>

namespace roots::benchmarks {
namespace {

using host::DayFacts;
using kit::CivilDays;

constexpr int kEntriesOfYear = 4000;
constexpr int kAbsenceDaysOfYear = 200;
constexpr int kHolidaysOfYear = 13;

struct Size {
  int years = 10;
  int entries = 10 * kEntriesOfYear;
};

CivilDays daysOf(int years) {
  const auto last = std::chrono::year(2025) / 12 / 31;
  return {std::chrono::year(2026 - years) / 1 / 1, last};
}

host::TimeEntry entryOf(int number, kit::CivilDate date) {
  host::TimeEntry entry;
  entry.id = std::to_string(880000000 + number);
  entry.date = date;
  entry.seconds = 2400 + number % 5 * 60;
  entry.customer = "Beispiel Aktiengesellschaft";
  entry.project = "Data platform";
  entry.task = "Development";
  entry.description = "Import of the orders of " + kit::formatDate(date);
  return entry;
}

host::Absence absenceOf(int number, kit::CivilDate date) {
  host::Absence absence;
  absence.date = date;
  absence.kind = number % 7 == 0 ? Kind::sick : Kind::vacation;
  absence.extent = number % 5 == 0 ? Extent::first_half : Extent::whole_day;
  absence.id = "0a1b2c3d-0000-4000-8000-" + std::to_string(100000000000 + number / 5);
  absence.label = "Urlaub";
  absence.source = "roots.personio";
  return absence;
}

// Rows ordered by date, as services deliver them.
DayFacts factsOf(const Size &size) {
  const CivilDays days = daysOf(size.years);
  const int count = kit::daysBetween(days.first, days.last) + 1;
  const auto dayOf = [&](int index, int rows) {
    return kit::addDays(days.first, static_cast<int>(std::int64_t{index} * count / rows));
  };
  DayFacts facts;
  facts.schedule = {{std::nullopt, {480, 480, 450, 480, 255, 0, 0}, false},
                    {kit::addDays(days.first, count / 2), {480, 480, 480, 480, 480, 0, 0}, false}};
  facts.schedule_source = "roots.personio";
  facts.manual_absences_apply = false;
  for (int index = 0; index < size.entries; ++index)
    facts.entries.push_back(entryOf(index, dayOf(index, size.entries)));
  const int absences = size.years * kAbsenceDaysOfYear;
  for (int index = 0; index < absences; ++index)
    facts.absences.push_back(absenceOf(index, dayOf(index, absences)));
  const int holidays = size.years * kHolidaysOfYear;
  for (int index = 0; index < holidays; ++index)
    facts.holidays.push_back({dayOf(index, holidays), Extent::whole_day, "Tag der Deutschen Einheit"});
  return facts;
}

// ---- lower bound: the same number of values, without the logic of a day ----

struct PlainFacts {
  struct Mark {
    int day = 0;
    int amount = 0;
  };
  std::vector<Mark> entries;
  std::vector<Mark> absences;
  int days = 0;
};

PlainFacts plain(const DayFacts &facts, int years) {
  const CivilDays days = daysOf(years);
  PlainFacts result;
  result.days = kit::daysBetween(days.first, days.last) + 1;
  for (const auto &entry : facts.entries)
    result.entries.push_back({kit::daysBetween(days.first, entry.date), entry.seconds});
  for (const auto &absence : facts.absences)
    result.absences.push_back({kit::daysBetween(days.first, absence.date), 240});
  return result;
}

std::vector<int> plainPass(const PlainFacts &facts) {
  std::vector<int> balances(static_cast<std::size_t>(facts.days));
  for (int day = 0; day < facts.days; ++day)
    balances[static_cast<std::size_t>(day)] = day % 7 < 5 ? -480 * 60 : 0;
  for (const auto &entry : facts.entries) balances[static_cast<std::size_t>(entry.day)] += entry.amount;
  for (const auto &absence : facts.absences)
    balances[static_cast<std::size_t>(absence.day)] += absence.amount * 60;
  return balances;
}

// ---- the rows ----

void timeMerge(const Plan &plan, const std::string &name, const Size &size, bool in_order = true) {
  auto facts = std::make_shared<DayFacts>(factsOf(size));
  if (!in_order) std::shuffle(facts->entries.begin(), facts->entries.end(), std::mt19937(1));
  plan.timeOften(name, [facts, size](benchmark::State &state) {
    for (auto _ : state) benchmark::DoNotOptimize(host::overviewOf(daysOf(size.years), *facts));
  });
}

// The effect of memory alone on twice as many rows.
void timeLook(const Plan &plan, const std::string &name, const Size &size) {
  plan.timeOften(name, [facts = std::make_shared<const DayFacts>(factsOf(size))](benchmark::State &state) {
    for (auto _ : state) {
      std::int64_t seconds = 0;
      for (const host::TimeEntry &entry : facts->entries) seconds += entry.seconds;
      benchmark::DoNotOptimize(seconds);
    }
  });
}

void planTenYears(Plan &plan) {
  const std::string subject =
      "Merging 10 years: 3,653 days, 40,000 entries, 2,000 absence days, 130 holidays";
  const auto facts = std::make_shared<const DayFacts>(factsOf({}));
  timeMerge(plan, "merge: 10 years", {});
  timeMerge(plan, "merge: 10 years in no order", {}, false);
  plan.timeOften("merge: plain pass", [numbers = plain(*facts, 10)](benchmark::State &state) {
    for (auto _ : state) benchmark::DoNotOptimize(plainPass(numbers));
  });
  plan.timeOften("merge: copy", [facts](benchmark::State &state) {
    for (auto _ : state) {
      DayFacts copy = *facts;
      benchmark::DoNotOptimize(copy);
    }
  });
  plan.timeOften("merge: one day", [facts](benchmark::State &state) {
    const auto changed = std::chrono::year(2025) / 7 / 15;
    for (auto _ : state) benchmark::DoNotOptimize(host::overviewOf(changed, *facts));
  });
  plan.rows.push_back({subject,
                       "all days",
                       "merge: 10 years",
                       "plain pass over arrays",
                       "merge: plain pass",
                       Unit::time,
                       {Budget::Kind::at_most, 5e-3}});
  plan.rows.push_back(
      {subject, "all days, beside a copy of the rows", "merge: 10 years", "copy of the rows", "merge: copy"});
  plan.rows.push_back({subject, "all days, entries in no order", "merge: 10 years in no order",
                       "in the order of their days", "merge: 10 years"});
  plan.rows.push_back(
      {subject, "one day changed", "merge: one day", "all days", "merge: 10 years", Unit::time});
}

// YEARS ENTRIES: memory for the days in addition to the facts.
double growthByMerge(const Words &words) {
  const Size size{std::stoi(words.at(0)), std::stoi(words.at(1))};
  const DayFacts facts = factsOf(size);
  return peakGrowth([&] { benchmark::DoNotOptimize(host::overviewOf(daysOf(size.years), facts)); });
}

// Two panels: time and memory of merges of these sizes.
void planCurves(Plan &plan, const std::string &title, const std::string &of,
                const std::vector<std::pair<double, Size>> &sizes) {
  Curve time{title, of, Unit::time, {}};
  Curve memory{title, of, Unit::bytes, {}};
  for (const auto &[count, size] : sizes) {
    const std::string name =
        "merge: " + std::to_string(size.years) + " years, " + std::to_string(size.entries) + " entries";
    timeMerge(plan, name, size);
    plan.measure(name + " (memory)", {"merge", std::to_string(size.years), std::to_string(size.entries)});
    time.points.emplace_back(count, name);
    memory.points.emplace_back(count, name + " (memory)");
  }
  plan.curves.push_back(std::move(time));
  plan.curves.push_back(std::move(memory));
}

}  // namespace

std::map<std::string, ChildMeasurement> mergeMeasurements() { return {{"merge", growthByMerge}}; }

void planMerging(Plan &plan) {
  planTenYears(plan);
  timeMerge(plan, "merge: 5 years", {5, 5 * kEntriesOfYear});
  timeMerge(plan, "merge: 20 years", {20, 20 * kEntriesOfYear});
  timeLook(plan, "merge: look at 10 years", {});
  timeLook(plan, "merge: look at 20 years", {20, 20 * kEntriesOfYear});
  const Budget linear{Budget::Kind::ratio_at_most, 2.2};
  plan.rows.push_back(
      {"Merging, doubled", "10 years", "merge: 10 years", "5 years", "merge: 5 years", Unit::time, linear});
  plan.rows.push_back(
      {"Merging, doubled", "20 years", "merge: 20 years", "10 years", "merge: 10 years", Unit::time});
  plan.rows.push_back({"Merging, doubled", "one look at each entry of 20 years", "merge: look at 20 years",
                       "10 years", "merge: look at 10 years", Unit::time});
  planCurves(plan, "Merging 10 years", "entries",
             {{1e3, {10, 1000}}, {1e4, {10, 10000}}, {1e5, {10, 100000}}});
  planCurves(plan, "Merging 4,000 entries a year", "days",
             {{365, {1, 4000}}, {1826, {5, 20000}}, {7305, {20, 80000}}});
}

}  // namespace roots::benchmarks
