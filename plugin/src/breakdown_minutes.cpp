#include "breakdown_minutes.h"

#include "personio_errors.h"

#include <algorithm>
#include <map>

namespace roots::personio {

bool areHours(const std::vector<BreakdownV2> &breakdowns) {
  return std::any_of(breakdowns.begin(), breakdowns.end(),
                     [](const BreakdownV2 &part) { return part.unit == TypeUnit::hours; });
}

Result<std::vector<MinutesOnDay>> minutesOf(const std::vector<BreakdownV2> &breakdowns) {
  constexpr std::int64_t hundredths_of_day = 24 * 100;
  std::map<kit::CivilDate, std::int64_t> hundredths_by_date;
  for (const BreakdownV2 &part : breakdowns) {
    if (part.unit != TypeUnit::hours) {
      return unexpectedReply(kBreakdownsV2, part.place.pointer() + "/effective_duration/unit",
                             "another unit than that of the other days");
    }
    std::int64_t &sum = hundredths_by_date[part.date];
    sum += part.hundredths;
    if (part.hundredths > hundredths_of_day || sum > hundredths_of_day) {
      return unexpectedReply(kBreakdownsV2, part.place.pointer() + "/effective_duration/value",
                             "more than the hours of one day");
    }
  }
  std::vector<MinutesOnDay> days;
  for (const auto &[date, hundredths] : hundredths_by_date) {
    const int minutes = static_cast<int>((hundredths * 60 + 50) / 100);
    if (minutes > 0) days.push_back({date, minutes});
  }
  return days;
}

}  // namespace roots::personio
