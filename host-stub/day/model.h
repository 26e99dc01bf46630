// The host's data about a person's days, as plain values. Filled by sync/ (from plugins), moco/ and
// the user; read by day/ and view/. Minutes are whole, dates are calendar days where the person works.
#pragma once

#include <roots/kit/civil_date.h>
#include <roots/records.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace roots::host {

using kit::CivilDate;
using kit::CivilDays;

// One day of an absence, from a provider or entered by hand.
struct Absence {
  CivilDate date;
  Kind kind = Kind::other;
  Extent extent = Extent::whole_day;
  int minutes = 0;  // only with Extent::minutes
  Effect effect = Effect::time_off;
  std::string id;                 // the same for all days of one absence
  std::string label;              // the service's own word, or the user's note
  std::string source;             // id of the plugin ("roots.personio"), or "manual"
  bool effect_is_answer = false;  // the user determined its effect on the target
  int counted_hundredths = 0;     // days that the service counts for the whole absence; 0: unknown
  friend bool operator==(const Absence &, const Absence &) = default;
};

// An absence entered by hand.
struct ManualAbsence {
  static constexpr int kMaxDays = 3660;  // ten years: each day becomes a row of its own
  std::string id;
  Kind kind = Kind::vacation;
  CivilDays days;
  Extent extent = Extent::whole_day;  // whole_day, first_half, or second_half; half-days only for one day
  std::string note;
  friend bool operator==(const ManualAbsence &, const ManualAbsence &) = default;
};

// A public holiday, from Moco.
struct Holiday {
  CivilDate date;
  Extent extent = Extent::whole_day;  // whole_day, first_half, second_half or half_day
  std::string name;
  friend bool operator==(const Holiday &, const Holiday &) = default;
};

// Work booked, from Moco.
struct TimeEntry {
  static constexpr int kMaxSeconds = 7 * 24 * 3600;
  std::string id;
  CivilDate date;
  int seconds = 0;
  std::string customer;
  std::string project;
  std::string task;
  std::string description;
  friend bool operator==(const TimeEntry &, const TimeEntry &) = default;
};

// A row of a service that could not be counted, and the reason, for the user.
struct UncountedRow {
  CivilDate date;  // its own, or the first requested day
  std::string text;
  friend bool operator==(const UncountedRow &, const UncountedRow &) = default;
};

// Weekly hours and the first day for which they count.
struct ScheduledWeek {
  std::optional<CivilDate> valid_from;  // nullopt: for all days before the next week's valid_from
  std::array<int, 7> minutes{};         // Monday first
  bool is_estimate = false;
  friend bool operator==(const ScheduledWeek &, const ScheduledWeek &) = default;
};

// Two to four alternating weeks, entered by the user: a service that supports one week only cannot report
// them.
struct Rotation {
  static constexpr std::size_t kMinWeeks = 2;
  static constexpr std::size_t kMaxWeeks = 4;
  CivilDate from;                         // a Monday, the first day of the first week
  std::vector<std::array<int, 7>> weeks;  // minutes, Monday first
  friend bool operator==(const Rotation &, const Rotation &) = default;
};

// The days for which data is known. For all other days, missing facts do not mean that there are none.
// nullopt: all days. The order of the ranges does not matter.
struct KnownDays {
  std::optional<std::vector<CivilDays>> absences;  // of each provider that delivers them
  std::optional<std::vector<CivilDays>> holidays;
  std::optional<std::vector<CivilDays>> entries;
};

// All facts that can affect the days of a range; can contain more than the range.
struct DayFacts {
  std::vector<ScheduledWeek> schedule;  // sorted by valid_from, nullopt first; those in effect
  std::string schedule_source;          // plugin id, or "manual"
  std::optional<Rotation> rotation;     // replaces the schedule from its first day on
  std::optional<CivilDate> employed_from;
  std::optional<CivilDate> employed_until;
  std::vector<Absence> absences;         // of connected providers
  std::vector<Absence> manual_absences;  // entered by hand
  bool manual_absences_apply = true;     // false while a provider owns absences
  std::vector<Holiday> holidays;
  std::vector<TimeEntry> entries;
  KnownDays known;
};

}  // namespace roots::host
