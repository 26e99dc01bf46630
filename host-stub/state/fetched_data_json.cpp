#include "day/words.h"
#include "state/fetched_data.h"

namespace roots::host {
namespace {

using kit::JsonWriter;

void writeDate(JsonWriter &writer, const char *name, const std::optional<CivilDate> &date) {
  if (date) {
    writer.text(name, kit::formatDate(*date));
  } else {
    writer.null(name);
  }
}

void writeMembers(JsonWriter &writer, const Freshness &freshness) {
  writer.text("last_good", freshness.last_good)
      .flag("last_failed", freshness.last_failed)
      .text("problem", freshness.problem);
}

void write(JsonWriter &writer, const char *name, const FreshnessByDay &fetches) {
  writer.name(name).beginArray();
  for (const auto &range : fetches.ranges()) {
    writer.beginObject()
        .text("from", kit::formatDate(range.days.first))
        .text("to", kit::formatDate(range.days.last));
    writeMembers(writer, range.freshness);
    writer.endObject();
  }
  writer.endArray();
}

void write(JsonWriter &writer, const Absence &absence) {
  writer.beginObject()
      .text("date", kit::formatDate(absence.date))
      .text("kind", wordOf(absence.kind))
      .text("extent", wordOf(absence.extent))
      .integer("minutes", absence.minutes)
      .text("effect", wordOf(absence.effect))
      .text("id", absence.id)
      .text("label", absence.label)
      .text("source", absence.source)
      .integer("counted", absence.counted_hundredths)
      .endObject();
}

void write(JsonWriter &writer, const Holiday &holiday) {
  writer.beginObject()
      .text("date", kit::formatDate(holiday.date))
      .text("extent", wordOf(holiday.extent))
      .text("name", holiday.name)
      .endObject();
}

void write(JsonWriter &writer, const char *name, const std::vector<UncountedRow> &rows) {
  writer.name(name).beginArray();
  for (const UncountedRow &row : rows)
    writer.beginObject().text("date", kit::formatDate(row.date)).text("text", row.text).endObject();
  writer.endArray();
}

void write(JsonWriter &writer, const TimeEntry &entry) {
  writer.beginObject()
      .text("id", entry.id)
      .text("date", kit::formatDate(entry.date))
      .integer("seconds", entry.seconds)
      .text("customer", entry.customer)
      .text("project", entry.project)
      .text("task", entry.task)
      .text("description", entry.description)
      .endObject();
}

template <class Row>
void write(JsonWriter &writer, const char *name, const Covered<Row> &covered) {
  writer.name(name).beginObject();
  write(writer, "ranges", covered.fetches);
  writer.name("rows").beginArray();
  for (const auto &row : covered.rows) write(writer, row);
  writer.endArray().endObject();
}

void writeAmount(JsonWriter &writer, const char *name, const std::optional<int> &amount) {
  if (amount) {
    writer.integer(name, *amount);
  } else {
    writer.null(name);
  }
}

void write(JsonWriter &writer, const ProviderData &provider) {
  writer.beginObject().text("account_id", provider.account_id);
  writeDate(writer, "employed_from", provider.employed_from);
  writeDate(writer, "employed_until", provider.employed_until);
  write(writer, "absences", provider.absences);
  if (provider.absences_refused) writer.flag("absences_refused", true);
  writer.name("weeks").beginArray();
  for (const auto &week : provider.weeks) {
    writer.beginObject();
    writeDate(writer, "valid_from", week.valid_from);
    writer.name("minutes").beginArray();
    for (const int minutes : week.minutes) writer.integer(minutes);
    writer.endArray().flag("is_estimate", week.is_estimate).endObject();
  }
  writer.endArray();
  write(writer, "schedule_ranges", provider.schedule_fetches);
  writer.name("balances").beginArray();
  for (const auto &balance : provider.balances) {
    writer.beginObject()
        .text("id", balance.balance_id)
        .text("label", balance.label)
        .text("kind", wordOf(balance.kind))
        .text("unit", wordOf(balance.unit));
    writeAmount(writer, "available_hundredths", balance.available_hundredths);
    writeAmount(writer, "current_hundredths", balance.current_hundredths);
    writer.endObject();
  }
  writer.endArray();
  writer.name("balance_freshness").beginObject();
  writeMembers(writer, provider.balance_freshness);
  writer.endObject().texts("notices", provider.notices).endObject();
}

}  // namespace

std::string fetchedDataJson(const FetchedData &fetched) {
  JsonWriter writer;
  writer.beginObject().integer("version", kFetchedDataVersion).name("providers").beginObject();
  for (const auto &[id, provider] : fetched.providers) {
    writer.name(id);
    write(writer, provider);
  }
  writer.endObject().name("moco").beginObject().text("account", fetched.moco.account);
  write(writer, "entries", fetched.moco.entries);
  write(writer, "holidays", fetched.moco.holidays);
  write(writer, "odd_entries", fetched.moco.odd_entries);
  write(writer, "odd_holidays", fetched.moco.odd_holidays);
  writer.endObject().endObject();
  return writer.finish() + "\n";
}

}  // namespace roots::host
