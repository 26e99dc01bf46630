#include "day/day_overview.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <tuple>

namespace roots::host {
namespace {

// The two halves of a day, and what of them is still to work. The first half gets the odd minute, so
// that both together are always the whole.
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

// Sick leave first: it is what the day counts as, even inside a vacation. Then what takes most.
int shownRank(const Absence &absence) {
  if (!lowersTarget(absence)) return 40;
  const int by_extent = absence.extent == Extent::whole_day ? 0 : absence.extent == Extent::minutes ? 20 : 10;
  return by_extent + (absence.kind == Kind::sick ? 0 : absence.kind == Kind::vacation ? 1 : 2);
}

std::vector<Absence> absencesOf(CivilDate date, const DayFacts &facts) {
  std::vector<Absence> found;
  const auto take = [&](const std::vector<Absence> &from) {
    for (const auto &absence : from) {
      if (absence.date == date) found.push_back(absence);
    }
  };
  take(facts.absences);
  if (facts.manual_absences_apply) take(facts.manual_absences);

  const auto order = [](const Absence &absence) {
    return std::make_tuple(absence.source == "manual", shownRank(absence), absence.source, absence.id,
                           absence.extent, absence.minutes, absence.label);
  };
  std::sort(found.begin(), found.end(),
            [&](const Absence &a, const Absence &b) { return order(a) < order(b); });
  // The same record delivered twice (overlapping pages, a repeated sync) is one absence.
  std::set<std::pair<std::string, std::string>> seen;
  std::vector<Absence> unique;
  for (auto &absence : found) {
    if (seen.emplace(absence.source, absence.id).second) unique.push_back(std::move(absence));
  }
  return unique;
}

std::vector<Holiday> holidaysOf(CivilDate date, const DayFacts &facts) {
  std::vector<Holiday> found;
  for (const auto &holiday : facts.holidays) {
    if (holiday.date == date && std::find(found.begin(), found.end(), holiday) == found.end())
      found.push_back(holiday);
  }
  std::sort(found.begin(), found.end(), [](const Holiday &a, const Holiday &b) {
    return std::tie(a.extent, a.name) < std::tie(b.extent, b.name);
  });
  return found;
}

std::vector<TimeEntry> entriesOf(CivilDate date, const DayFacts &facts) {
  std::vector<TimeEntry> found;
  std::set<std::string> seen;
  for (const auto &entry : facts.entries) {
    if (entry.date == date && seen.insert(entry.id).second) found.push_back(entry);
  }
  std::sort(found.begin(), found.end(), [](const TimeEntry &a, const TimeEntry &b) {
    return std::make_pair(a.id.size(), a.id) < std::make_pair(b.id.size(), b.id);
  });
  return found;
}

// The minutes of a day in the week whose turn it is; nullopt: the rotation has not begun, or there is none.
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

// Takes the day apart in the order of the rules: what has a known place first, then halves without one,
// then hours. Each step writes a term of the arithmetic.
int targetOf(DayOverview &day, int scheduled) {
  Halves halves(scheduled);
  const auto term = [&](Reduction::Cause cause, std::size_t index, int minutes) {
    day.reductions.push_back(Reduction{cause, minutes, index});
  };
  const auto coverAll = [&](bool known_place) {
    for (std::size_t index = 0; index < day.holidays.size(); ++index) {
      const Extent extent = day.holidays[index].extent;
      if ((extent != Extent::half_day) == known_place) {
        term(Reduction::Cause::holiday, index, halves.cover(extent));
      }
    }
    for (std::size_t index = 0; index < day.absences.size(); ++index) {
      const Absence &absence = day.absences[index];
      if (!lowersTarget(absence) || absence.extent == Extent::minutes) continue;
      if ((absence.extent != Extent::half_day) == known_place) {
        term(Reduction::Cause::absence, index, halves.cover(absence.extent));
      }
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

DayOverview overviewOf(CivilDate date, const DayFacts &facts) {
  DayOverview day;
  day.date = date;
  day.employed = isEmployed(date, facts);
  day.holidays = holidaysOf(date, facts);
  day.absences = absencesOf(date, facts);
  day.entries = entriesOf(date, facts);

  std::int64_t booked_seconds = 0;
  for (const auto &entry : day.entries) booked_seconds += entry.seconds;
  day.booked_minutes = static_cast<int>(booked_seconds / 60);

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
    day.balance_minutes = day.booked_minutes - *day.target_minutes;
  }
  return day;
}

std::vector<DayOverview> overviewOf(CivilDays days, const DayFacts &facts) {
  std::vector<DayOverview> overviews;
  for (CivilDate date = days.first; date <= days.last; date = kit::addDays(date, 1)) {
    overviews.push_back(overviewOf(date, facts));
  }
  return overviews;
}

}  // namespace roots::host
