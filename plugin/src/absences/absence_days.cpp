#include "absences/absence_days.h"

#include "absences/absence_kind.h"

namespace roots::personio {
namespace {

// Everything of a record but its day.
AbsenceDay recordFor(const Absence &absence) {
  const Classification classification = classify(absence.type);
  AbsenceDay record;
  record.kind = classification.kind;
  record.effect = classification.effect;
  record.absence_id = absence.id;
  record.label = absence.type.name;
  constexpr std::int64_t max_counted = 100'000'00;  // days in hundredths; more is no count of an absence
  if (absence.counted_hundredths > 0 && absence.counted_hundredths <= max_counted)
    record.counted_hundredths = static_cast<int>(absence.counted_hundredths);
  return record;
}

// Half days exist only at the two ends; an inner day is always whole.
Extent extentOn(const DaySpan &span, kit::CivilDate date) {
  if (date == span.first) return span.first_day;
  if (span.last && date == *span.last) return span.last_day;
  return Extent::whole_day;
}

void addDaysOf(const DaySpan &span, kit::CivilDays range, AbsenceDay record, std::vector<AbsenceDay> &days) {
  const kit::CivilDate last = span.last.value_or(range.last);
  if (last < span.first) return;  // an open absence that begins after the range
  const auto inside = kit::intersection({span.first, last}, range);
  if (!inside) return;
  const int count = kit::daysBetween(inside->first, inside->last) + 1;
  for (int offset = 0; offset < count; ++offset) {
    const kit::CivilDate date = kit::addDays(inside->first, offset);
    record.date = kit::toRecord(date);
    record.extent = extentOn(span, date);
    days.push_back(record);
  }
}

void addMinutesOf(const std::vector<MinutesOnDay> &minutes, kit::CivilDays range, AbsenceDay record,
                  std::vector<AbsenceDay> &days) {
  record.extent = Extent::minutes;
  for (const MinutesOnDay &day : minutes) {
    if (day.minutes == 0 || !kit::contains(range, day.date)) continue;
    record.date = kit::toRecord(day.date);
    record.minutes = day.minutes;
    days.push_back(record);
  }
}

}  // namespace

std::vector<AbsenceDay> absenceDays(const Absence &absence, kit::CivilDays range) {
  std::vector<AbsenceDay> days;
  const AbsenceDay record = recordFor(absence);
  if (const DaySpan *span = std::get_if<DaySpan>(&absence.time)) {
    addDaysOf(*span, range, record, days);
  } else {
    addMinutesOf(std::get<std::vector<MinutesOnDay>>(absence.time), range, record, days);
  }
  return days;
}

}  // namespace roots::personio
