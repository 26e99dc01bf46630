// Reads what context_json.cpp writes, part by part: an unreadable part does not affect the others.
// record_limits.hpp defines the limits of numbers, for plugins, the writer, and this reader.
#include "day/words.h"
#include "state/fetched_data.h"
#include "state/part_reader.h"

#include <roots/record_limits.hpp>

namespace roots::host {
namespace {

using kit::JsonView;

// Part of the file. Anything unreadable in it sets `fine` to false.
class Reading : public PartReader {
 public:
  std::optional<CivilDate> optionalDate(JsonView view) {
    if (view.isBlank()) return std::nullopt;
    return date(view);
  }

  CivilDays days(JsonView view) {
    const CivilDays days{date(view["from"]), date(view["to"])};
    if (days.last < days.first) fine = false;
    return days;
  }

  int integer(JsonView view, Limits limits) {
    const std::int64_t value = need(view.asInteger(), limits.least);
    if (limits.allow(value)) return static_cast<int>(value);
    fine = false;
    return static_cast<int>(limits.least);
  }

  std::optional<int> optionalInteger(JsonView view, Limits limits) {
    if (view.isBlank()) return std::nullopt;
    return integer(view, limits);
  }

  std::string id(JsonView view) {
    std::string text = view.textOrEmpty();
    if (text.empty()) fine = false;
    return text;
  }

  // A missing list is empty; a value of another type is unreadable.
  JsonView list(JsonView view) {
    if (view.exists() && !view.isArray()) fine = false;
    return view;
  }

  static Freshness freshness(JsonView view) {
    return {view["last_good"].textOrEmpty(), view["last_failed"].asFlag().value_or(false),
            view["problem"].textOrEmpty()};
  }

  // Version 1 stored one freshness for all days.
  FreshnessByDay fetches(JsonView ranges, const std::optional<Freshness> &of_all) {
    FreshnessByDay result;
    (void)list(ranges);
    for (std::size_t index = 0; index < ranges.size(); ++index) {
      const CivilDays range = days(ranges.at(index));
      if (fine) result.set(range, of_all ? *of_all : freshness(ranges.at(index)));
    }
    return result;
  }

  void read(JsonView view, Absence &absence) {
    absence.date = date(view["date"]);
    absence.kind = need(readKind(view["kind"].textOrEmpty()), Kind::other);
    absence.extent = need(readExtent(view["extent"].textOrEmpty()), Extent::whole_day);
    absence.minutes = integer(view["minutes"], limits::absenceMinutes(absence.extent));
    absence.effect = need(readEffect(view["effect"].textOrEmpty()), Effect::time_off);
    absence.id = id(view["id"]);
    absence.label = view["label"].textOrEmpty();
    absence.source = view["source"].textOrEmpty();
    absence.counted_hundredths = optionalInteger(view["counted"], limits::counted_hundredths).value_or(0);
  }

  void read(JsonView view, Holiday &holiday) {
    holiday.date = date(view["date"]);
    holiday.extent = need(readExtent(view["extent"].textOrEmpty()), Extent::whole_day);
    if (holiday.extent == Extent::minutes) fine = false;
    holiday.name = view["name"].textOrEmpty();
  }

  void read(JsonView view, TimeEntry &entry) {
    entry.id = view["id"].textOrEmpty();
    entry.date = date(view["date"]);
    entry.seconds = integer(view["seconds"], Limits{0, TimeEntry::kMaxSeconds});
    entry.customer = view["customer"].textOrEmpty();
    entry.project = view["project"].textOrEmpty();
    entry.task = view["task"].textOrEmpty();
    entry.description = view["description"].textOrEmpty();
  }

  void read(JsonView view, UncountedRow &row) {
    row.date = date(view["date"]);
    row.text = view["text"].textOrEmpty();
  }

  void read(JsonView view, ScheduledWeek &week) {
    week.valid_from = optionalDate(view["valid_from"]);
    for (std::size_t day = 0; day < week.minutes.size(); ++day)
      week.minutes[day] = integer(view["minutes"].at(day), limits::weekday_minutes);
    week.is_estimate = view["is_estimate"].asFlag().value_or(false);
  }

  void read(JsonView view, Balance &balance) {
    balance.balance_id = id(view["id"]);
    balance.label = view["label"].textOrEmpty();
    balance.kind = need(readKind(view["kind"].textOrEmpty()), Kind::other);
    balance.unit = need(readUnit(view["unit"].textOrEmpty()), Unit::days);
    balance.available_hundredths = optionalInteger(view["available_hundredths"], limits::amount_hundredths);
    balance.current_hundredths = optionalInteger(view["current_hundredths"], limits::amount_hundredths);
  }

  template <class Row>
  std::vector<Row> rows(JsonView view) {
    std::vector<Row> result;
    (void)list(view);
    for (std::size_t index = 0; index < view.size(); ++index) read(view.at(index), result.emplace_back());
    return result;
  }
};

// Reads the file and records which parts are lost.
class FetchedDataReader {
 public:
  explicit FetchedDataReader(JsonView root) : is_first_version_(root["version"].asInteger() == 1) {
    const JsonView providers = object(root["providers"], "providers");
    for (std::size_t index = 0; index < providers.size(); ++index) {
      const std::string id(providers.memberName(index));
      read_.fetched.providers[id] = provider(providers.memberValue(index), " of " + id);
    }
    const JsonView moco = object(root["moco"], "data of Moco");
    read_.fetched.moco.account = moco["account"].textOrEmpty();
    read_.fetched.moco.entries = covered<TimeEntry>(moco["entries"], "time entries of Moco");
    read_.fetched.moco.holidays = covered<Holiday>(moco["holidays"], "public holidays of Moco");
    read_.fetched.moco.odd_entries = oddRows(moco["odd_entries"], "notes about time entries of Moco");
    read_.fetched.moco.odd_holidays = oddRows(moco["odd_holidays"], "notes about public holidays of Moco");
  }

  [[nodiscard]] ReadFetchedData take() && { return std::move(read_); }

 private:
  JsonView object(JsonView view, const std::string &part) {
    if (view.exists() && !view.isObject()) read_.lost.push_back(part);
    return view;
  }

  // The result of `read` for a part, or its default if anything in it cannot be read.
  template <class Read>
  auto part(const std::string &name, Read read) {
    Reading reading;
    auto value = read(reading);
    if (reading.fine) return value;
    read_.lost.push_back(name);
    return decltype(value)();
  }

  template <class Row>
  Covered<Row> covered(JsonView view, const std::string &name) {
    if (view.exists() && !view.isObject()) {
      read_.lost.push_back(name);
      return {};
    }
    return part(name, [&](Reading &reading) {
      const auto of_all =
          is_first_version_ ? std::optional(Reading::freshness(view["freshness"])) : std::nullopt;
      Covered<Row> result;
      result.fetches = reading.fetches(view["ranges"], of_all);
      result.rows = reading.rows<Row>(view["rows"]);
      return result;
    });
  }

  std::vector<UncountedRow> oddRows(JsonView view, const std::string &name) {
    return part(name, [&](Reading &reading) { return reading.rows<UncountedRow>(view); });
  }

  // Week by week, because weeks cannot be fetched again.
  std::vector<ScheduledWeek> weeks(JsonView view, const std::string &name) {
    std::vector<ScheduledWeek> result;
    std::size_t unreadable = view.exists() && !view.isArray() ? 1 : 0;
    for (std::size_t index = 0; index < view.size(); ++index) {
      Reading reading;
      ScheduledWeek week;
      reading.read(view.at(index), week);
      if (reading.fine) {
        result.push_back(week);
      } else {
        ++unreadable;
      }
    }
    if (unreadable > 0) read_.lost.push_back((result.empty() ? "" : "some ") + name);
    return result;
  }

  FreshnessByDay scheduleFetches(JsonView view, const FreshnessByDay &absences, const std::string &name) {
    if (!is_first_version_)
      return part(name, [&](Reading &reading) { return reading.fetches(view["schedule_ranges"], {}); });
    // Version 1 requested the schedule with the absences, and stored one freshness for all days.
    const Freshness of_all = Reading::freshness(view["schedule_freshness"]);
    FreshnessByDay result;
    if (of_all == Freshness()) return result;
    if (absences.isEmpty()) result.set(kit::allDays(), of_all);
    for (const auto &range : absences.ranges()) result.set(range.days, of_all);
    return result;
  }

  ProviderData provider(JsonView view, const std::string &of_whom) {
    ProviderData result;
    if (!view.isObject()) {
      read_.lost.push_back("data" + of_whom);
      return result;
    }
    result.account_id = view["account_id"].textOrEmpty();
    const auto date = [&](const char *name) {
      return part("dates of employment" + of_whom,
                  [&](Reading &reading) { return reading.optionalDate(view[name]); });
    };
    result.employed_from = date("employed_from");
    result.employed_until = date("employed_until");
    result.absences = covered<Absence>(view["absences"], "absences" + of_whom);
    result.absences_refused = view["absences_refused"].asFlag().value_or(false);
    result.weeks = weeks(view["weeks"], "weekly hours" + of_whom);
    result.schedule_fetches =
        scheduleFetches(view, result.absences.fetches, "age of the weekly hours" + of_whom);
    const std::size_t lost_before = read_.lost.size();
    result.balances =
        part("balances" + of_whom, [&](Reading &reading) { return reading.rows<Balance>(view["balances"]); });
    if (read_.lost.size() == lost_before)
      result.balance_freshness = Reading::freshness(view["balance_freshness"]);
    for (std::size_t index = 0; index < view["notices"].size(); ++index)
      result.notices.push_back(view["notices"].at(index).textOrEmpty());
    return result;
  }

  bool is_first_version_;
  ReadFetchedData read_;
};

}  // namespace

ReadFetchedData readFetchedData(JsonView root) { return FetchedDataReader(root).take(); }

Result<FetchedData> parseFetchedData(JsonView root) {
  ReadFetchedData read = readFetchedData(root);
  if (read.lost.empty()) return std::move(read.fetched);
  return makeError(Status::internal,
                   "The file with the fetched data is damaged (" + read.lost.front() + ").");
}

}  // namespace roots::host
