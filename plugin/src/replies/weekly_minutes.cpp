#include "replies/weekly_minutes.h"

#include "errors/personio_errors.h"
#include "model/record_date.h"
#include "model/take_character.h"
#include "replies/local_day.h"

#include <roots/kit/civil_date.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string_view>

namespace roots::personio {
namespace {

constexpr std::int64_t kSecondsOfDay = std::int64_t{kMinutesOfDay} * 60;
constexpr int kEstimatedWorkdays = 5;
constexpr std::array<std::string_view, 7> kWeekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};

std::optional<int> minutesFromSeconds(std::int64_t seconds) {
  if (seconds < 0 || seconds > kSecondsOfDay) return std::nullopt;
  return static_cast<int>((seconds + 30) / 60);
}

std::optional<int> minutesFromHundredthsOfHours(std::int64_t hundredths) {
  if (hundredths < 0 || hundredths > 24 * 100) return std::nullopt;
  return static_cast<int>((hundredths * 60 + 50) / 100);
}

// The digits that text starts with, taken off it.
std::optional<std::int64_t> takeDigits(std::string_view &text) {
  std::int64_t number = 0;
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || number > kSecondsOfDay) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

// "8:00", "08:00", "08:00:00"
std::optional<int> fromClock(std::string_view text) {
  const std::optional<std::int64_t> hours = takeDigits(text);
  if (!hours || !takeCharacter(text, ':')) return std::nullopt;
  if (text.size() != 2 && text.size() != 5) return std::nullopt;
  const std::optional<std::int64_t> minutes = takeDigits(text);
  if (!minutes || *minutes > 59) return std::nullopt;
  std::int64_t seconds = 0;
  if (!text.empty()) {
    if (!takeCharacter(text, ':') || text.size() != 2) return std::nullopt;
    const std::optional<std::int64_t> read = takeDigits(text);
    if (!read || *read > 59 || !text.empty()) return std::nullopt;
    seconds = *read;
  }
  return minutesFromSeconds((*hours * 60 + *minutes) * 60 + seconds);
}

// ISO 8601: "PT27000S", "PT7H30M"
std::optional<int> fromDuration(std::string_view text) {
  if (!takeCharacter(text, 'P') || !takeCharacter(text, 'T') || text.empty()) return std::nullopt;
  std::int64_t seconds = 0;
  constexpr std::string_view units = "HMS";
  constexpr std::array<std::int64_t, 3> seconds_of_unit{3600, 60, 1};
  std::size_t next_unit = 0;
  while (!text.empty()) {
    const std::optional<std::int64_t> amount = takeDigits(text);
    if (!amount || text.empty()) return std::nullopt;
    const std::size_t unit = units.find(text.front(), next_unit);
    if (unit == std::string_view::npos) return std::nullopt;
    text.remove_prefix(1);
    seconds += *amount * seconds_of_unit[unit];
    next_unit = unit + 1;
  }
  return minutesFromSeconds(seconds);
}

Week estimateFrom(std::int64_t weekly_hours_hundredths) {
  const auto total = static_cast<int>((weekly_hours_hundredths * 60 + 50) / 100);
  Week week;
  week.is_estimate = true;
  for (int day = 0; day < kEstimatedWorkdays; ++day) {
    // The minutes that do not divide by five go to the first days, so that the sum stays right.
    const int remainder = day < total % kEstimatedWorkdays ? 1 : 0;
    week.minutes[static_cast<std::size_t>(day)] = total / kEstimatedWorkdays + remainder;
  }
  return week;
}

bool canBeWeeklyHours(const std::optional<std::int64_t> &hundredths) {
  constexpr std::int64_t max_hundredths = static_cast<std::int64_t>(kEstimatedWorkdays) * 24 * 100;
  return hundredths && *hundredths >= 0 && *hundredths <= max_hundredths;
}

Error explainUnknownWeek(const Employee &employee) {
  const WorkSchedule &schedule = employee.work_schedule;
  switch (schedule.readability) {
    case Readability::not_sent:
      return attributeMissing("Work schedule", "calculate your target hours");
    case Readability::empty:
      return scheduleEmpty();
    case Readability::unreadable:
      return unexpectedReply(kEmployees, schedule.place.pointer() + "/work_schedule",
                             "not a work schedule of seven weekdays");
    case Readability::readable:
      break;
  }
  return attributeMissing("Weekly hours",
                          "calculate target hours from a schedule without hours for each weekday");
}

}  // namespace

std::optional<int> readDayMinutes(kit::JsonView day) {
  if (day.isObject()) {
    const kit::JsonView duration = day["duration"];
    return duration.isObject() ? std::nullopt : readDayMinutes(duration);
  }
  if (const std::optional<std::string_view> text = day.asText()) {
    if (text->find(':') != std::string_view::npos) return fromClock(*text);
    if (!text->empty() && text->front() == 'P') return fromDuration(*text);
  }
  if (day.kind() != kit::JsonKind::number && !day.isText()) return std::nullopt;
  const std::optional<std::int64_t> hours = day.asHundredths();
  return hours ? minutesFromHundredthsOfHours(*hours) : std::nullopt;
}

WorkSchedule readWorkSchedule(kit::JsonView value) {
  WorkSchedule schedule;
  if (value.isBlank()) {
    schedule.readability = Readability::empty;
    return schedule;
  }
  schedule.readability = Readability::unreadable;
  const kit::JsonView days = value["attributes"].isObject() ? value["attributes"] : value;
  for (std::size_t weekday = 0; weekday < kWeekdays.size(); ++weekday) {
    const std::optional<int> minutes = readDayMinutes(days[kWeekdays[weekday]]);
    if (!minutes) return schedule;
    schedule.minutes[weekday] = *minutes;
  }
  if (const kit::JsonView valid_from = days["valid_from"]; !valid_from.isBlank()) {
    const ReadDay first = readDay(valid_from.asText().value_or(std::string_view()), "");
    // Taken as "always", a start date that cannot be read would rewrite the past.
    if (!first.day) return schedule;
    schedule.valid_from = first.day->date;
  }
  schedule.readability = Readability::readable;
  return schedule;
}

Result<Week> weekOf(const Employee &employee) {
  const WorkSchedule &schedule = employee.work_schedule;
  const bool weekly_hours_known = canBeWeeklyHours(employee.weekly_hours_hundredths);
  if (schedule.readability == Readability::readable) {
    const bool names_hours = std::any_of(schedule.minutes.begin(), schedule.minutes.end(),
                                         [](int minutes) { return minutes > 0; });
    if (!names_hours && !weekly_hours_known) return explainUnknownWeek(employee);
    Week week;
    if (names_hours) {
      week.minutes = schedule.minutes;
    } else if (*employee.weekly_hours_hundredths > 0) {
      week = estimateFrom(*employee.weekly_hours_hundredths);
    }
    week.valid_from = toRecord(schedule.valid_from);
    return week;
  }
  if (!weekly_hours_known) return explainUnknownWeek(employee);
  return estimateFrom(*employee.weekly_hours_hundredths);
}

}  // namespace roots::personio
