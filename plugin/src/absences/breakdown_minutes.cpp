#include "absences/breakdown_minutes.h"

#include "errors/personio_errors.h"

#include <algorithm>
#include <map>

namespace roots::personio {
namespace {

constexpr std::int64_t kMillion = 1'000'000;

// Millionths of a minute. Hours of at most two decimals were rounded by the service: 5 minutes are
// "0.08". Where they are the rounded hours of a number of whole minutes, that number is meant.
std::int64_t minuteMillionths(const BreakdownV2 &part) {
  const std::int64_t exact = part.millionths * 60;
  const bool is_rounded = part.millionths == part.hundredths * 10'000;
  const std::int64_t whole = (exact + kMillion / 2) / kMillion;
  const bool is_of_whole_minutes = (whole * 100 + 30) / 60 == part.hundredths;
  return is_rounded && is_of_whole_minutes ? whole * kMillion : exact;
}

}  // namespace

bool areHours(const std::vector<BreakdownV2> &breakdowns) {
  return std::any_of(breakdowns.begin(), breakdowns.end(),
                     [](const BreakdownV2 &part) { return part.unit == TypeUnit::hours; });
}

Result<std::vector<MinutesOnDay>> minutesOf(const std::vector<BreakdownV2> &breakdowns) {
  constexpr std::int64_t hours_of_day = 24;
  std::map<kit::CivilDate, std::int64_t> millionths_by_date;  // summed first, rounded once
  for (const BreakdownV2 &part : breakdowns) {
    if (part.unit != TypeUnit::hours) {
      return unexpectedReply(kBreakdownsV2, part.place.pointer() + "/effective_duration/unit",
                             "another unit than that of the other days");
    }
    std::int64_t &sum = millionths_by_date[part.date];
    const bool is_too_long = part.hundredths > hours_of_day * 100;
    if (!is_too_long) sum += minuteMillionths(part);
    if (is_too_long || sum > hours_of_day * 60 * kMillion) {
      return unexpectedReply(kBreakdownsV2, part.place.pointer() + "/effective_duration/value",
                             "more than the hours of one day");
    }
  }
  std::vector<MinutesOnDay> days;
  for (const auto &[date, millionths] : millionths_by_date) {
    const int minutes = static_cast<int>((millionths + kMillion / 2) / kMillion);
    if (minutes > 0) days.push_back({date, minutes});
  }
  return days;
}

}  // namespace roots::personio
