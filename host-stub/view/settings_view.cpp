#include "view/settings_view.h"

#include "day/day_overview.h"
#include "view/json_parts.h"
#include "view/views.h"

namespace roots::host {
namespace {

// nullptr: the first schedule applies from a later day, so today's hours are unknown.
const ScheduledWeek *weekOfToday(const SettingsView &view) { return weekInForce(view.schedule, view.today); }

bool isByHand(const SettingsView &view) { return view.source == "manual"; }

// For a schedule of which no week applies yet.
std::string unknownUntil(const std::vector<ScheduledWeek> &schedule) {
  if (schedule.empty() || !schedule.front().valid_from) return "unknown";
  return "unknown until " + kit::formatDate(*schedule.front().valid_from) + ", from then on " +
         weekText(schedule.front().minutes);
}

// If the weekly average of a rotation differs from the contract, one of them is wrong.
TextLines rotationText(const Rotation &rotation, const ScheduledWeek *contract) {
  TextLines text;
  text.add("In rotation from " + kit::formatDate(rotation.from) + ", entered by you");
  int sum = 0;
  for (std::size_t index = 0; index < rotation.weeks.size(); ++index) {
    text.add("  Week " + std::to_string(index + 1) + "  " + weekText(rotation.weeks[index]));
    sum += minutesOfWeek(rotation.weeks[index]);
  }
  const int weeks = static_cast<int>(rotation.weeks.size());
  if (contract != nullptr && sum != minutesOfWeek(contract->minutes) * weeks) {
    text.add("  On average " + formatMinutes(sum / weeks) + " a week; the contract says " +
             formatMinutes(minutesOfWeek(contract->minutes)) + ".");
  }
  return text;
}

void writeRotation(kit::JsonWriter &writer, const std::optional<Rotation> &rotation) {
  writer.name("rotation");
  if (!rotation) {
    writer.null();
    return;
  }
  writer.beginObject().text("from", kit::formatDate(rotation->from)).name("weeks").beginArray();
  for (const auto &week : rotation->weeks) writeWeek(writer, week);
  writer.endArray().endObject();
}

}  // namespace

TextLines settingsText(const SettingsView &view) {
  const ScheduledWeek *week = weekOfToday(view);
  TextLines text;
  text.add("Weekly hours  " + (week == nullptr ? unknownUntil(view.schedule) : weekText(week->minutes)) +
           (week != nullptr && week->is_estimate ? "  (an estimate)" : ""));
  for (const auto &lock : view.locks)
    if (lock.setting == "weekday_hours") text.add("  " + lock.provider_name + ": " + lock.reason);
  if (!isByHand(view)) {
    text.add("  By hand (restored on disconnect)  " +
             (view.hours_by_hand ? weekText(*view.hours_by_hand) : "unknown"));
  }
  if (view.rotation) text.add(rotationText(*view.rotation, isByHand(view) ? nullptr : week));
  for (const auto &lock : view.locks)
    if (lock.setting == "absences") text.add("Absences").add("  " + lock.provider_name + ": " + lock.reason);
  return text;
}

std::string settingsJson(const SettingsView &view) {
  const ScheduledWeek *week = weekOfToday(view);
  kit::JsonWriter writer;
  writer.beginObject();
  writeWeek(writer, "weekday_minutes", week == nullptr ? std::nullopt : std::optional(week->minutes));
  writer.text("weekday_minutes_source", view.source)
      .text("weekday_minutes_source_name", view.source_name)
      .flag("is_estimate", week != nullptr && week->is_estimate);
  writeWeek(writer, "manual_weekday_minutes", view.hours_by_hand);
  writeRotation(writer, view.rotation);
  writeLocks(writer, view.locks);
  writer.endObject();
  return writer.finish();
}

}  // namespace roots::host
