#include "view/day_json.h"

#include "day/words.h"

namespace roots::host {
namespace {

using kit::JsonWriter;

void writeOptional(JsonWriter &writer, const char *name, const std::optional<int> &value) {
  if (value) {
    writer.integer(name, *value);
  } else {
    writer.null(name);
  }
}

void write(JsonWriter &writer, const Absence &absence) {
  writer.beginObject()
      .text("id", absence.id)
      .text("source", absence.source)
      .text("kind", wordOf(absence.kind))
      .text("label", absence.label)
      .text("extent", wordOf(absence.extent))
      .integer("minutes", absence.minutes)
      .flag("reduces_target", absence.effect != Effect::work_elsewhere)
      .text("effect", wordOf(absence.effect))
      .flag("effect_is_answer", absence.effect_is_answer)
      .endObject();
}

void write(JsonWriter &writer, const TimeEntry &entry) {
  writer.beginObject()
      .text("id", entry.id)
      .integer("minutes", entry.seconds / 60)
      .text("customer", entry.customer)
      .text("project", entry.project)
      .text("task", entry.task)
      .text("description", entry.description)
      .endObject();
}

void write(JsonWriter &writer, const Reduction &reduction) {
  writer.beginObject()
      .text("cause", reduction.cause == Reduction::Cause::holiday ? "public_holiday" : "absence")
      .integer("index", static_cast<std::int64_t>(reduction.index))
      .integer("minutes", reduction.minutes)
      .endObject();
}

void write(JsonWriter &writer, const char *name, const std::optional<Total> &total, bool with_balance) {
  writer.name(name);
  if (!total) {
    writer.null();
    return;
  }
  writer.beginObject().integer("days", total->days);
  writeOptional(writer, "target_minutes", total->target.minutes);
  writer.integer("days_without_target", total->target.days_unknown);
  writeOptional(writer, "booked_minutes", total->booked.minutes);
  writer.integer("days_without_booked", total->booked.days_unknown);
  if (with_balance) {
    writeOptional(writer, "balance_minutes", total->balance.minutes);
    writer.integer("days_without_balance", total->balance.days_unknown);
  }
  writer.endObject();
}

}  // namespace

void writeTotals(JsonWriter &writer, const Totals &totals) {
  writer.name("totals").beginObject();
  write(writer, "to_yesterday", totals.to_yesterday, true);
  write(writer, "today", totals.today, true);
  write(writer, "ahead", totals.ahead, false);
  writer.endObject();
}

void writeDay(JsonWriter &writer, const DayOverview &day) {
  writer.beginObject().text("date", kit::formatDate(day.date));
  writeOptional(writer, "scheduled_minutes", day.scheduled_minutes);
  writer.flag("scheduled_is_estimate", day.scheduled_is_estimate)
      .flag("scheduled_by_rotation", day.scheduled_by_rotation)
      .flag("employed", day.employed);
  writeOptional(writer, "target_minutes", day.target_minutes);
  writeOptional(writer, "booked_minutes", day.booked_minutes);
  writeOptional(writer, "balance_minutes", day.balance_minutes);
  writer.flag("absences_known", day.absences_known).flag("holidays_known", day.holidays_known);
  writer.name("absences").beginArray();
  for (const auto &absence : day.absences) write(writer, absence);
  writer.endArray().name("holidays").beginArray();
  for (const auto &holiday : day.holidays)
    writer.beginObject().text("name", holiday.name).text("extent", wordOf(holiday.extent)).endObject();
  writer.endArray().name("reductions").beginArray();
  for (const auto &reduction : day.reductions) write(writer, reduction);
  writer.endArray().name("entries").beginArray();
  for (const TimeEntry *entry : day.entries) write(writer, *entry);
  writer.endArray().endObject();
}

void writeState(JsonWriter &writer, const ViewContext &context) {
  writer.text("today", kit::formatDate(context.today));
  if (context.stale_since) {
    writer.text("stale_since", *context.stale_since);
  } else {
    writer.null("stale_since");
  }
  if (context.as_of) {
    writer.text("as_of", *context.as_of);
  } else {
    writer.null("as_of");
  }
  writer.name("sources").beginObject();
  for (const auto &[id, name] : context.source_names) writer.text(id, name);
  writer.endObject().texts("notices", context.notices);
}

}  // namespace roots::host
