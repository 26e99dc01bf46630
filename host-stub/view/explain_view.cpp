#include "view/day_json.h"
#include "view/view_text.h"

namespace roots::host {
namespace {

// "half public holiday (Moco)"
std::string holidayTerm(const Holiday &holiday, const ViewContext &context) {
  const bool whole = holiday.extent == Extent::whole_day;
  return std::string(whole ? "public holiday" : "half public holiday") + " (" + sourceName(context, "moco") +
         ")";
}

// "vacation (½ day, Personio)"
std::string absenceTerm(const Absence &absence, const ViewContext &context) {
  const std::string extent = extentText(absence.extent, absence.minutes);
  return absenceName(absence) + " (" + (extent.empty() ? "" : extent + ", ") +
         sourceName(context, absence.source) + (absence.effect_is_answer ? ", as you decided" : "") + ")";
}

std::string termOf(const Reduction &reduction, const DayOverview &day, const ViewContext &context) {
  return reduction.cause == Reduction::Cause::holiday ? holidayTerm(day.holidays[reduction.index], context)
                                                      : absenceTerm(day.absences[reduction.index], context);
}

// Absences and holidays without a deduction, with the reason.
std::string withoutEffect(const DayOverview &day, const ViewContext &context) {
  std::string text;
  for (const auto &reduction : day.reductions) {
    if (reduction.minutes != 0) continue;
    const bool nothing_planned = day.scheduled_minutes.value_or(0) == 0;
    text += "; " + termOf(reduction, day, context) +
            (nothing_planned ? ": nothing was planned" : ": covered already");
  }
  for (const auto &absence : day.absences) {
    if (absence.effect == Effect::work_elsewhere)
      text += "; " + absenceTerm(absence, context) + " changes nothing";
  }
  return text;
}

}  // namespace

std::string differenceText(const CountDifference &difference, const ViewContext &context) {
  const auto daysText = [](int hundredths) {
    return decimalText(hundredths) + (hundredths == 100 ? " day" : " days");
  };
  const auto &[first, last] = difference.days;
  return sourceName(context, difference.source) + " counts " + daysText(difference.counted_by_service) +
         " for " + kit::formatDate(first) + (first == last ? "" : " to " + kit::formatDate(last)) +
         ", this calendar " + decimalText(difference.counted_here) + ": a holiday or the schedule differs.";
}

std::string explanation(const DayOverview &day, const ViewContext &context) {
  if (!day.scheduled_minutes) {
    std::string text = "Unknown: no work schedule is known for " + kit::formatDate(day.date) + ".";
    for (const auto &holiday : day.holidays) text += " " + holidayTerm(holiday, context) + ".";
    for (const auto &absence : day.absences) text += " " + absenceTerm(absence, context) + ".";
    return text;
  }
  std::string text = formatMinutes(*day.scheduled_minutes) + " planned";
  if (!day.employed) text += " (outside employment)";
  if (day.scheduled_is_estimate) text += " (estimate)";
  if (day.scheduled_by_rotation) text += " (weeks in rotation, entered by you)";
  for (const auto &reduction : day.reductions) {
    if (reduction.minutes > 0)
      text += " − " + formatMinutes(reduction.minutes) + " " + termOf(reduction, day, context);
  }
  return text + " = " + formatMinutes(day.target_minutes.value_or(0)) + withoutEffect(day, context);
}

std::string explanationJson(const DayOverview &day, const ViewContext &context) {
  kit::JsonWriter writer;
  writer.beginObject().text("date", kit::formatDate(day.date)).text("text", explanation(day, context));
  writer.name("terms").beginArray();
  for (const auto &reduction : day.reductions) {
    writer.beginObject()
        .text("cause", reduction.cause == Reduction::Cause::holiday ? "public_holiday" : "absence")
        .text("text", termOf(reduction, day, context))
        .integer("minutes", reduction.minutes)
        .endObject();
  }
  writer.endArray().name("day");
  writeDay(writer, day);
  writeState(writer, context);
  writer.endObject();
  return writer.finish();
}

}  // namespace roots::host
