#include "absences/day_span.h"

#include "errors/personio_errors.h"

namespace roots::personio {
namespace {

constexpr std::int64_t kOneDay = 100;  // hundredths

Result<Extent> extentOfSingleDay(const TimeOff &time_off) {
  if (time_off.half_day_start != time_off.half_day_end) return Extent::half_day;
  if (!time_off.half_day_start) return Extent::whole_day;
  if (!time_off.days_count_hundredths) {
    return unexpectedReply(kTimeOffs, time_off.place.pointer() + "/days_count",
                           "missing, though both halves of one day are marked");
  }
  return *time_off.days_count_hundredths >= kOneDay ? Extent::whole_day : Extent::half_day;
}

}  // namespace

Result<DaySpan> spanOf(const TimeOff &time_off) {
  DaySpan span{time_off.first, time_off.last};
  if (time_off.last == time_off.first) {
    Result<Extent> extent = extentOfSingleDay(time_off);
    if (!extent) return std::move(extent).error();
    span.first_day = span.last_day = *extent;
    return span;
  }
  if (time_off.half_day_start) span.first_day = Extent::second_half;
  if (time_off.half_day_end) span.last_day = Extent::first_half;
  return span;
}

}  // namespace roots::personio
