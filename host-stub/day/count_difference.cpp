#include "day/count_difference.h"

#include "day/day_overview.h"

#include <algorithm>
#include <map>

namespace roots::host {
namespace {

constexpr int kHalf = 50;  // hundredths of a day

struct CoveredHalves {
  bool first = false;
  bool second = false;
};

CoveredHalves coveredHalves(Extent extent) {
  const bool whole = extent == Extent::whole_day;
  return {whole || extent == Extent::first_half, whole || extent == Extent::second_half};
}

// The value of an absence day after public holidays are subtracted.
int worthOf(const Absence &absence, const DayOverview &day) {
  if (day.scheduled_minutes.value_or(0) == 0) return 0;
  CoveredHalves holiday;
  bool some_half_is_holiday = false;
  for (const Holiday &each : day.holidays) {
    const CoveredHalves covered = coveredHalves(each.extent);
    holiday = {holiday.first || covered.first, holiday.second || covered.second};
    some_half_is_holiday = some_half_is_holiday || each.extent == Extent::half_day;
  }
  if (holiday.first && holiday.second) return 0;
  if (absence.extent == Extent::half_day) return kHalf;
  const CoveredHalves off = coveredHalves(absence.extent);
  const int halves = (off.first && !holiday.first ? 1 : 0) + (off.second && !holiday.second ? 1 : 0);
  return std::min(halves, some_half_is_holiday ? 1 : 2) * kHalf;
}

// An absence that reaches the edge of a known range may continue beyond it.
bool isWhole(CivilDays absence, const std::vector<CivilDays> &known) {
  return std::any_of(known.begin(), known.end(), [&](const CivilDays &range) {
    return range.first < absence.first && absence.last < range.last;
  });
}

}  // namespace

std::vector<CountDifference> countDifferences(CivilDays days, const DayFacts &facts,
                                              const std::vector<CivilDays> &known) {
  std::map<std::pair<std::string, std::string>, std::vector<const Absence *>> by_id;
  for (const Absence &absence : facts.absences) {
    if (absence.counted_hundredths > 0 && absence.extent != Extent::minutes)
      by_id[{absence.source, absence.id}].push_back(&absence);
  }
  struct Counted {
    std::string source;
    CivilDays days;
    std::vector<const Absence *> rows;
  };
  std::vector<Counted> counted;
  CivilDays all_days = days;
  for (auto &[id, rows] : by_id) {
    CivilDays own{rows.front()->date, rows.front()->date};
    for (const Absence *row : rows) own = {std::min(own.first, row->date), std::max(own.last, row->date)};
    if (!kit::intersection(own, days) || !isWhole(own, known)) continue;
    all_days = counted.empty()
                   ? own
                   : CivilDays{std::min(all_days.first, own.first), std::max(all_days.last, own.last)};
    counted.push_back({id.first, own, std::move(rows)});
  }
  if (counted.empty()) return {};
  const std::vector<DayOverview> overviews = overviewOf(all_days, facts);
  std::vector<CountDifference> differences;
  for (const Counted &absence : counted) {
    int counted_here = 0;
    for (const Absence *row : absence.rows) {
      const auto day = static_cast<std::size_t>(kit::daysBetween(all_days.first, row->date));
      counted_here += worthOf(*row, overviews[day]);
    }
    const int by_service = absence.rows.front()->counted_hundredths;
    if (by_service != counted_here)
      differences.push_back({absence.source, absence.days, by_service, counted_here});
  }
  std::sort(differences.begin(), differences.end(),
            [](const CountDifference &a, const CountDifference &b) { return a.days.first < b.days.first; });
  return differences;
}

}  // namespace roots::host
