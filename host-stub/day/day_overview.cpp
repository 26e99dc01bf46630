#include "day/day_overview.h"

#include "day/rows_by_day.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

namespace roots::host {
namespace {

// The two halves of a day with their remaining target. The first half gets the odd minute, so that both
// together are always the whole day.
class Halves {
 public:
  explicit Halves(int scheduled) : minutes_{(scheduled + 1) / 2, scheduled / 2} {}

  // Covers the halves of an extent; returns the minutes that were not covered before.
  int cover(Extent extent) {
    switch (extent) {
      case Extent::whole_day:
        return coverHalf(0) + coverHalf(1);
      case Extent::first_half:
        return coverHalf(0);
      case Extent::second_half:
        return coverHalf(1);
      case Extent::half_day:
        return coverHalf(covered_[0] ? 1 : 0);
      case Extent::minutes:
        return 0;
    }
    return 0;
  }

  [[nodiscard]] int left() const { return (covered_[0] ? 0 : minutes_[0]) + (covered_[1] ? 0 : minutes_[1]); }

 private:
  int coverHalf(std::size_t half) {
    if (covered_[half]) return 0;
    covered_[half] = true;
    return minutes_[half];
  }

  std::array<int, 2> minutes_;
  std::array<bool, 2> covered_{false, false};
};

bool lowersTarget(const Absence &absence) { return absence.effect != Effect::work_elsewhere; }

// Sick leave first: the day counts as sick leave even inside a vacation. Then by size of the deduction.
int shownRank(const Absence &absence) {
  if (!lowersTarget(absence)) return 40;
  const int by_extent = absence.extent == Extent::whole_day ? 0 : absence.extent == Extent::minutes ? 20 : 10;
  return by_extent + (absence.kind == Kind::sick ? 0 : absence.kind == Kind::vacation ? 1 : 2);
}

std::vector<Absence> absencesOf(std::span<const Absence *const> rows) {
  std::vector<const Absence *> found(rows.begin(), rows.end());
  const auto identity = [](const Absence *absence) { return std::tie(absence->source, absence->id); };
  const auto comesBefore = [](const Absence *a, const Absence *b) {
    const auto order = [](const Absence *absence) {
      return std::make_tuple(absence->source == "manual", shownRank(*absence),
                             std::string_view(absence->source), std::string_view(absence->id),
                             absence->extent, absence->minutes, std::string_view(absence->label));
    };
    return order(a) < order(b);
  };
  // The same record delivered twice (overlapping pages, a repeated sync) is one absence.
  std::sort(found.begin(), found.end(), [&](const Absence *a, const Absence *b) {
    return identity(a) != identity(b) ? identity(a) < identity(b) : comesBefore(a, b);
  });
  const auto sameAbsence = [&](const Absence *a, const Absence *b) { return identity(a) == identity(b); };
  found.erase(std::unique(found.begin(), found.end(), sameAbsence), found.end());
  std::sort(found.begin(), found.end(), comesBefore);

  std::vector<Absence> absences;
  absences.reserve(found.size());
  for (const Absence *absence : found) absences.push_back(*absence);
  return absences;
}

std::vector<Holiday> holidaysOf(std::span<const Holiday *const> rows) {
  std::vector<Holiday> found;
  for (const Holiday *holiday : rows)
    if (std::find(found.begin(), found.end(), *holiday) == found.end()) found.push_back(*holiday);
  std::sort(found.begin(), found.end(), [](const Holiday &a, const Holiday &b) {
    return std::tie(a.extent, a.name) < std::tie(b.extent, b.name);
  });
  return found;
}

std::vector<const TimeEntry *> entriesOf(std::span<const TimeEntry *const> rows) {
  std::vector<const TimeEntry *> found(rows.begin(), rows.end());
  const auto order = [](const TimeEntry *entry) {
    return std::make_pair(entry->id.size(), std::string_view(entry->id));
  };
  const auto comesBefore = [&](const TimeEntry *a, const TimeEntry *b) { return order(a) < order(b); };
  // Most entries are sorted and unique already, and sorting would take memory even then.
  const auto strayed = [&](const TimeEntry *a, const TimeEntry *b) { return !comesBefore(a, b); };
  if (std::adjacent_find(found.begin(), found.end(), strayed) == found.end()) return found;
  std::stable_sort(found.begin(), found.end(), comesBefore);
  const auto sameEntry = [](const TimeEntry *a, const TimeEntry *b) { return a->id == b->id; };
  found.erase(std::unique(found.begin(), found.end(), sameEntry), found.end());
  return found;
}

// The minutes of a day in the current week of the rotation; nullopt: it has not begun, or there is none.
std::optional<int> rotatedMinutes(CivilDate date, const std::optional<Rotation> &rotation) {
  if (!rotation || rotation->weeks.empty() || date < rotation->from) return std::nullopt;
  const auto weeks_passed = static_cast<std::size_t>(kit::daysBetween(rotation->from, date) / 7);
  const auto &week = rotation->weeks[weeks_passed % rotation->weeks.size()];
  return week[static_cast<std::size_t>(kit::weekdayIndex(date))];
}

bool isEmployed(CivilDate date, const DayFacts &facts) {
  if (facts.employed_from && date < *facts.employed_from) return false;
  return !facts.employed_until || date <= *facts.employed_until;
}

// Applies the rules in order: absences with a known place first, then halves without one, then hours. Each
// step adds a term of the calculation.
int targetOf(DayOverview &day, int scheduled) {
  Halves halves(scheduled);
  const auto term = [&](Reduction::Cause cause, std::size_t index, int minutes) {
    day.reductions.push_back(Reduction{cause, minutes, index});
  };
  const auto coverAll = [&](bool known_place) {
    for (std::size_t index = 0; index < day.holidays.size(); ++index) {
      const Extent extent = day.holidays[index].extent;
      if ((extent != Extent::half_day) == known_place)
        term(Reduction::Cause::holiday, index, halves.cover(extent));
    }
    for (std::size_t index = 0; index < day.absences.size(); ++index) {
      const Absence &absence = day.absences[index];
      if (!lowersTarget(absence) || absence.extent == Extent::minutes) continue;
      if ((absence.extent != Extent::half_day) == known_place)
        term(Reduction::Cause::absence, index, halves.cover(absence.extent));
    }
  };
  coverAll(true);
  coverAll(false);
  int left = halves.left();
  for (std::size_t index = 0; index < day.absences.size(); ++index) {
    const Absence &absence = day.absences[index];
    if (!lowersTarget(absence) || absence.extent != Extent::minutes) continue;
    const int taken = std::clamp(absence.minutes, 0, left);
    left -= taken;
    term(Reduction::Cause::absence, index, taken);
  }
  return left;
}

bool isKnown(CivilDate date, const std::optional<std::vector<CivilDays>> &known) {
  return !known || std::any_of(known->begin(), known->end(),
                               [&](const CivilDays &range) { return kit::contains(range, date); });
}

// Booked time, schedule, and target, from the day's own rows.
void computeMinutes(DayOverview &day, const DayFacts &facts) {
  const CivilDate date = day.date;
  day.absences_known = isKnown(date, facts.known.absences);
  day.holidays_known = isKnown(date, facts.known.holidays);
  if (isKnown(date, facts.known.entries)) {
    std::int64_t booked_seconds = 0;
    for (const TimeEntry *entry : day.entries) booked_seconds += entry->seconds;
    day.booked_minutes = static_cast<int>(booked_seconds / 60);
  }
  day.employed = isEmployed(date, facts);
  if (!day.employed) {
    day.scheduled_minutes = 0;
  } else if (const auto rotated = rotatedMinutes(date, facts.rotation)) {
    day.scheduled_minutes = rotated;
    day.scheduled_by_rotation = true;
  } else if (const ScheduledWeek *week = weekInForce(facts.schedule, date)) {
    day.scheduled_minutes = week->minutes[static_cast<std::size_t>(kit::weekdayIndex(date))];
    day.scheduled_is_estimate = week->is_estimate;
  }
  if (day.scheduled_minutes) {
    day.target_minutes = targetOf(day, *day.scheduled_minutes);
    if (day.booked_minutes) day.balance_minutes = *day.booked_minutes - *day.target_minutes;
  }
}

}  // namespace

const ScheduledWeek *weekInForce(const std::vector<ScheduledWeek> &schedule, CivilDate date) {
  const ScheduledWeek *valid = nullptr;
  for (const auto &week : schedule) {
    if (week.valid_from && date < *week.valid_from) continue;
    const bool later =
        valid == nullptr || !valid->valid_from || (week.valid_from && *valid->valid_from < *week.valid_from);
    if (later) valid = &week;
  }
  return valid;
}

std::vector<DayOverview> overviewOf(CivilDays days, const DayFacts &facts) {
  if (days.last < days.first) return {};
  static const std::vector<Absence> none;
  const RowsByDay<Absence> absences(
      days, {&facts.absences, facts.manual_absences_apply ? &facts.manual_absences : &none});
  const RowsByDay<Holiday> holidays(days, {&facts.holidays});
  const RowsByDay<TimeEntry> entries(days, {&facts.entries});

  std::vector<DayOverview> overviews(static_cast<std::size_t>(kit::daysBetween(days.first, days.last)) + 1);
  for (std::size_t index = 0; index < overviews.size(); ++index) {
    DayOverview &day = overviews[index];
    day.date = kit::addDays(days.first, static_cast<int>(index));
    day.holidays = holidaysOf(holidays.on(index));
    day.absences = absencesOf(absences.on(index));
    day.entries = entriesOf(entries.on(index));
    computeMinutes(day, facts);
  }
  return overviews;
}

DayOverview overviewOf(CivilDate date, const DayFacts &facts) {
  return std::move(overviewOf(CivilDays{date, date}, facts).front());
}

}  // namespace roots::host
