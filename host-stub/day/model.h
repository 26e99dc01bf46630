// What the host knows about a person's days, as plain values. Filled by sync/ (from plugins), moco/ and
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

// One absent day, from a provider or entered by hand.
struct Absence {
  CivilDate date;
  Kind kind = Kind::other;
  Extent extent = Extent::whole_day;
  int minutes = 0;  // only with Extent::minutes
  Effect effect = Effect::time_off;
  std::string id;                 // the same for all days of one absence
  std::string label;              // the service's own word, or the user's note
  std::string source;             // id of the plugin ("roots.personio"), or "manual"
  bool effect_is_answer = false;  // the user said what it does to the target
  int counted_hundredths = 0;     // days that the service counts for the whole absence; 0: not told
  friend bool operator==(const Absence &, const Absence &) = default;
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
  std::string id;
  CivilDate date;
  int seconds = 0;
  std::string customer;
  std::string project;
  std::string task;
  std::string description;
  friend bool operator==(const TimeEntry &, const TimeEntry &) = default;
};

// Weekly hours and the first day for which they count.
struct ScheduledWeek {
  std::optional<CivilDate> valid_from;  // nullopt: for all days before the next week's valid_from
  std::array<int, 7> minutes{};         // Monday first
  bool is_estimate = false;
  friend bool operator==(const ScheduledWeek &, const ScheduledWeek &) = default;
};

// Two to four weeks that follow one another for ever, entered by the user: a service that knows one week
// only cannot tell them.
struct Rotation {
  static constexpr std::size_t kFewestWeeks = 2;
  static constexpr std::size_t kMostWeeks = 4;
  CivilDate from;                         // a Monday, the first day of the first week
  std::vector<std::array<int, 7>> weeks;  // minutes, Monday first
  friend bool operator==(const Rotation &, const Rotation &) = default;
};

// Everything known that can bear on the days of a range; may hold more than the range.
struct DayFacts {
  std::vector<ScheduledWeek> schedule;  // sorted by valid_from, nullopt first; those in force
  std::string schedule_source;          // plugin id, or "manual"
  std::optional<Rotation> rotation;     // takes the place of the schedule from its first day on
  std::optional<CivilDate> employed_from;
  std::optional<CivilDate> employed_until;
  std::vector<Absence> absences;         // of connected providers
  std::vector<Absence> manual_absences;  // entered by hand
  bool manual_absences_apply = true;     // false while a provider owns absences
  std::vector<Holiday> holidays;
  std::vector<TimeEntry> entries;
};

}  // namespace roots::host
