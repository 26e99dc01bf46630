#include "day/words.h"
#include "sync/context.h"

namespace roots::host {
namespace {

using kit::JsonView;
using kit::JsonWriter;

constexpr int kVersion = 1;

void writeDate(JsonWriter &writer, const char *name, const std::optional<CivilDate> &date) {
  if (date)
    writer.text(name, kit::formatDate(*date));
  else
    writer.null(name);
}

void write(JsonWriter &writer, const char *name, const Freshness &freshness) {
  writer.name(name)
      .beginObject()
      .text("last_good", freshness.last_good)
      .flag("last_failed", freshness.last_failed)
      .text("problem", freshness.problem)
      .endObject();
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
  writer.name(name).beginObject().name("ranges").beginArray();
  for (const auto &range : covered.ranges) {
    writer.beginObject()
        .text("from", kit::formatDate(range.first))
        .text("to", kit::formatDate(range.last))
        .endObject();
  }
  writer.endArray().name("rows").beginArray();
  for (const auto &row : covered.rows) write(writer, row);
  writer.endArray();
  write(writer, "freshness", covered.freshness);
  writer.endObject();
}

void writeAmount(JsonWriter &writer, const char *name, const std::optional<int> &amount) {
  if (amount)
    writer.integer(name, *amount);
  else
    writer.null(name);
}

void write(JsonWriter &writer, const ProviderContext &provider) {
  writer.beginObject().text("account_id", provider.account_id);
  writeDate(writer, "employed_from", provider.employed_from);
  writeDate(writer, "employed_until", provider.employed_until);
  write(writer, "absences", provider.absences);
  writer.name("weeks").beginArray();
  for (const auto &week : provider.weeks) {
    writer.beginObject();
    writeDate(writer, "valid_from", week.valid_from);
    writer.name("minutes").beginArray();
    for (const int minutes : week.minutes) writer.integer(minutes);
    writer.endArray().flag("is_estimate", week.is_estimate).endObject();
  }
  writer.endArray();
  write(writer, "schedule_freshness", provider.schedule_freshness);
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
  write(writer, "balance_freshness", provider.balance_freshness);
  writer.texts("notices", provider.notices).endObject();
}

// ---- reading; anything unreadable makes `fine` false ----

constexpr int kMinutesOfDay = 1440;
constexpr int kMostSeconds = 1'000'000;         // of one time entry
constexpr int kMostHundredths = 2'000'000'000;  // as far as the provider interface goes, nearly

class Reading {
 public:
  bool fine = true;

  template <class Value>
  Value need(const std::optional<Value> &value, Value otherwise) {
    if (value) return *value;
    fine = false;
    return otherwise;
  }

  CivilDate date(JsonView view) {
    return need(kit::parseDate(view.textOrEmpty()), CivilDate(std::chrono::year(1970) / 1 / 1));
  }

  std::optional<CivilDate> optionalDate(JsonView view) {
    if (view.isBlank()) return std::nullopt;
    return date(view);
  }

  // Whatever wrote the file: a number that no source can have told would show a wrong day.
  int integer(JsonView view, int least, int most) {
    const std::int64_t value = need(view.asInteger(), std::int64_t{least});
    if (value >= least && value <= most) return static_cast<int>(value);
    fine = false;
    return least;
  }

  std::optional<int> optionalInteger(JsonView view, int least, int most) {
    if (view.isBlank()) return std::nullopt;
    return integer(view, least, most);
  }

  static Freshness freshness(JsonView view) {
    return {view["last_good"].textOrEmpty(), view["last_failed"].asFlag().value_or(false),
            view["problem"].textOrEmpty()};
  }

  void read(JsonView view, Absence &absence) {
    absence.date = date(view["date"]);
    absence.kind = need(kindFrom(view["kind"].textOrEmpty()), Kind::other);
    absence.extent = need(extentFrom(view["extent"].textOrEmpty()), Extent::whole_day);
    const bool hourly = absence.extent == Extent::minutes;
    absence.minutes = integer(view["minutes"], hourly ? 1 : 0, hourly ? kMinutesOfDay : 0);
    absence.effect = need(effectFrom(view["effect"].textOrEmpty()), Effect::time_off);
    absence.id = view["id"].textOrEmpty();
    absence.label = view["label"].textOrEmpty();
    absence.source = view["source"].textOrEmpty();
    absence.counted_hundredths = optionalInteger(view["counted"], 0, kMostHundredths).value_or(0);
  }

  void read(JsonView view, Holiday &holiday) {
    holiday.date = date(view["date"]);
    holiday.extent = need(extentFrom(view["extent"].textOrEmpty()), Extent::whole_day);
    if (holiday.extent == Extent::minutes) fine = false;
    holiday.name = view["name"].textOrEmpty();
  }

  void read(JsonView view, TimeEntry &entry) {
    entry.id = view["id"].textOrEmpty();
    entry.date = date(view["date"]);
    entry.seconds = integer(view["seconds"], -kMostSeconds, kMostSeconds);
    entry.customer = view["customer"].textOrEmpty();
    entry.project = view["project"].textOrEmpty();
    entry.task = view["task"].textOrEmpty();
    entry.description = view["description"].textOrEmpty();
  }

  template <class Row>
  Covered<Row> covered(JsonView view) {
    Covered<Row> result;
    for (std::size_t index = 0; index < view["ranges"].size(); ++index) {
      const JsonView range = view["ranges"].at(index);
      result.ranges.push_back({date(range["from"]), date(range["to"])});
      if (result.ranges.back().last < result.ranges.back().first) fine = false;
    }
    for (std::size_t index = 0; index < view["rows"].size(); ++index) {
      read(view["rows"].at(index), result.rows.emplace_back());
    }
    result.freshness = freshness(view["freshness"]);
    return result;
  }

  ScheduledWeek week(JsonView view) {
    ScheduledWeek result;
    result.valid_from = optionalDate(view["valid_from"]);
    for (std::size_t day = 0; day < result.minutes.size(); ++day)
      result.minutes[day] = integer(view["minutes"].at(day), 0, kMinutesOfDay);
    result.is_estimate = view["is_estimate"].asFlag().value_or(false);
    return result;
  }

  Balance balance(JsonView view) {
    Balance result;
    result.balance_id = view["id"].textOrEmpty();
    result.label = view["label"].textOrEmpty();
    result.kind = need(kindFrom(view["kind"].textOrEmpty()), Kind::other);
    result.unit = need(unitFrom(view["unit"].textOrEmpty()), Unit::days);
    result.available_hundredths =
        optionalInteger(view["available_hundredths"], -kMostHundredths, kMostHundredths);
    result.current_hundredths =
        optionalInteger(view["current_hundredths"], -kMostHundredths, kMostHundredths);
    return result;
  }

  ProviderContext provider(JsonView view) {
    ProviderContext result;
    result.account_id = view["account_id"].textOrEmpty();
    result.employed_from = optionalDate(view["employed_from"]);
    result.employed_until = optionalDate(view["employed_until"]);
    result.absences = covered<Absence>(view["absences"]);
    for (std::size_t index = 0; index < view["weeks"].size(); ++index)
      result.weeks.push_back(week(view["weeks"].at(index)));
    result.schedule_freshness = freshness(view["schedule_freshness"]);
    for (std::size_t index = 0; index < view["balances"].size(); ++index)
      result.balances.push_back(balance(view["balances"].at(index)));
    result.balance_freshness = freshness(view["balance_freshness"]);
    for (std::size_t index = 0; index < view["notices"].size(); ++index)
      result.notices.push_back(view["notices"].at(index).textOrEmpty());
    return result;
  }
};

}  // namespace

std::string contextJson(const Context &context) {
  JsonWriter writer;
  writer.beginObject().integer("version", kVersion).name("providers").beginObject();
  for (const auto &[id, provider] : context.providers) {
    writer.name(id);
    write(writer, provider);
  }
  writer.endObject().name("moco").beginObject();
  write(writer, "entries", context.moco.entries);
  write(writer, "holidays", context.moco.holidays);
  writer.endObject().endObject();
  return writer.finish() + "\n";
}

Result<Context> contextFrom(JsonView root) {
  Reading reading;
  Context context;
  const JsonView providers = root["providers"];
  for (std::size_t index = 0; index < providers.size(); ++index) {
    context.providers[std::string(providers.memberName(index))] =
        reading.provider(providers.memberValue(index));
  }
  context.moco.entries = reading.covered<TimeEntry>(root["moco"]["entries"]);
  context.moco.holidays = reading.covered<Holiday>(root["moco"]["holidays"]);
  if (!reading.fine) {
    return Error{Status::internal,
                 "The file with the fetched data (context.json) is damaged and was left as it is. Move it "
                 "away; the next sync "
                 "fetches everything anew.",
                 "",
                 0,
                 {}};
  }
  return context;
}

}  // namespace roots::host
