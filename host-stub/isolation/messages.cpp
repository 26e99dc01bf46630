#include "isolation/messages.h"

#include <roots/kit/civil_date.h>
#include <roots/provider_client.hpp>

#include <limits>

namespace roots::host {

namespace {

using kit::JsonView;
using kit::JsonWriter;

Error unreadable() {
  return makeError(Status::internal,
                   "The isolated plugin's process sent an unreadable reply. Report this to its author.");
}

// Reads members one after another; fine() is true if all were present.
class Members {
 public:
  explicit Members(JsonView object) : object_(object) {}

  int integer(const char *name) {
    const auto value = object_[name].asInteger();
    const bool fits =
        value && *value >= std::numeric_limits<int>::min() && *value <= std::numeric_limits<int>::max();
    fine_ = fine_ && fits;
    return fits ? static_cast<int>(*value) : 0;
  }
  bool flag(const char *name) {
    const auto value = object_[name].asFlag();
    fine_ = fine_ && value.has_value();
    return value.value_or(false);
  }
  std::string text(const char *name) {
    fine_ = fine_ && object_[name].isText();
    return object_[name].textOrEmpty();
  }
  Date day(const char *name) {
    const auto value = readDay(object_[name]);
    fine_ = fine_ && value.has_value();
    return value.value_or(Date{});
  }
  std::optional<int> integerOrNull(const char *name) {
    if (object_[name].kind() == kit::JsonKind::null) return std::nullopt;
    return integer(name);
  }
  [[nodiscard]] JsonView operator[](const char *name) const { return object_[name]; }
  void require(bool condition) { fine_ = fine_ && condition; }
  [[nodiscard]] bool fine() const { return fine_; }

 private:
  JsonView object_;
  bool fine_ = true;
};

void write(JsonWriter &json, const AbsenceDay &day) {
  json.text("date", writeDay(day.date))
      .integer("kind", static_cast<int>(day.kind))
      .integer("extent", static_cast<int>(day.extent))
      .integer("minutes", day.minutes)
      .integer("effect", static_cast<int>(day.effect))
      .text("absence_id", day.absence_id)
      .text("label", day.label)
      .integer("counted_hundredths", day.counted_hundredths);
}

void write(JsonWriter &json, const Week &week) {
  json.text("valid_from", writeDay(week.valid_from)).flag("is_estimate", week.is_estimate);
  json.name("minutes").beginArray();
  for (const int minutes : week.minutes) json.integer(minutes);
  json.endArray();
}

void writeAmount(JsonWriter &json, const char *name, const std::optional<int> &hundredths) {
  if (hundredths) {
    json.integer(name, *hundredths);
  } else {
    json.null(name);
  }
}

void write(JsonWriter &json, const Balance &balance) {
  json.integer("kind", static_cast<int>(balance.kind)).integer("unit", static_cast<int>(balance.unit));
  writeAmount(json, "available", balance.available_hundredths);
  writeAmount(json, "current", balance.current_hundredths);
  json.text("balance_id", balance.balance_id).text("label", balance.label);
}

void write(JsonWriter &json, const Lock &lock) {
  json.text("setting", lock.setting).text("reason", lock.reason);
}

void read(Members &members, AbsenceDay &day) {
  day.date = members.day("date");
  day.kind = static_cast<Kind>(members.integer("kind"));
  day.extent = static_cast<Extent>(members.integer("extent"));
  day.minutes = members.integer("minutes");
  day.effect = static_cast<Effect>(members.integer("effect"));
  day.absence_id = members.text("absence_id");
  day.label = members.text("label");
  day.counted_hundredths = members.integer("counted_hundredths");
}

void read(Members &members, Week &week) {
  week.valid_from = members.day("valid_from");
  week.is_estimate = members.flag("is_estimate");
  const JsonView minutes = members["minutes"];
  members.require(minutes.size() == week.minutes.size());
  for (std::size_t day = 0; day < week.minutes.size(); ++day) {
    const auto value = minutes.at(day).asInteger();
    members.require(value && limits::weekday_minutes.allow(*value));
    week.minutes[day] = static_cast<int>(value.value_or(0));
  }
}

void read(Members &members, Balance &balance) {
  balance.kind = static_cast<Kind>(members.integer("kind"));
  balance.unit = static_cast<Unit>(members.integer("unit"));
  balance.available_hundredths = members.integerOrNull("available");
  balance.current_hundredths = members.integerOrNull("current");
  balance.balance_id = members.text("balance_id");
  balance.label = members.text("label");
}

void read(Members &members, Lock &lock) {
  lock.setting = members.text("setting");
  lock.reason = members.text("reason");
}

template <class Record>
std::string writeAll(const std::vector<Record> &records) {
  JsonWriter json;
  json.beginObject().integer("status", ROOTS_OK).name("records").beginArray();
  for (const auto &record : records) {
    json.beginObject();
    write(json, record);
    json.endObject();
  }
  json.endArray().endObject();
  return json.finish();
}

template <class Record, class Checks>
Result<std::vector<Record>> readAll(JsonView message, Checks checks) {
  const JsonView list = message["records"];
  if (!list.isArray()) return unreadable();
  std::vector<Record> records;
  for (std::size_t index = 0; index < list.size(); ++index) {
    Members members(list.at(index));
    Record record;
    read(members, record);
    if (!members.fine()) return unreadable();
    auto checked = checks(detail::toAbi(record));
    if (!checked) return std::move(checked).error();
    records.push_back(std::move(*checked));
  }
  return records;
}

}  // namespace

std::string writeDay(const Date &date) {
  const auto day = kit::fromRecord(date);
  return day ? kit::formatDate(*day) : "";
}

std::optional<Date> readDay(JsonView view) {
  const auto text = view.asText();
  if (!text) return std::nullopt;
  if (text->empty()) return Date{};
  const auto day = kit::parseDate(*text);
  if (!day) return std::nullopt;
  return kit::toRecord(*day);
}

std::string writeError(const Error &error) {
  JsonWriter json;
  json.beginObject()
      .integer("status", static_cast<int>(error.status))
      .text("message", error.message)
      .text("setting", error.setting)
      .integer("http_status", error.http_status);
  if (error.retry_after) {
    json.integer("retry_after_ms", error.retry_after->count());
  } else {
    json.null("retry_after_ms");
  }
  json.endObject();
  return json.finish();
}

Error readError(JsonView message) {
  Members members(message);
  const int status = members.integer("status");
  const std::string text = members.text("message");
  const std::string setting = members.text("setting");
  const int http_status = members.integer("http_status");
  const auto retry_after = members.integerOrNull("retry_after_ms");
  if (!members.fine() || status == ROOTS_OK) return unreadable();
  Error error = makeError(detail::statusFrom(status), text).withSetting(setting).withHttpStatus(http_status);
  if (retry_after && *retry_after >= 0) error.retry_after = std::chrono::milliseconds(*retry_after);
  return error;
}

std::string writeAccount(const Account &account) {
  JsonWriter json;
  json.beginObject().integer("status", ROOTS_OK).name("account").beginObject();
  json.text("id", account.id).text("display_name", account.display_name);
  json.text("employed_from", writeDay(account.employed_from));
  json.text("employed_until", writeDay(account.employed_until));
  json.endObject().endObject();
  return json.finish();
}

Result<Account> readAccount(JsonView message) {
  Members members(message["account"]);
  Account account;
  account.id = members.text("id");
  account.display_name = members.text("display_name");
  account.employed_from = members.day("employed_from");
  account.employed_until = members.day("employed_until");
  if (!members.fine()) return unreadable();
  roots_account record{};
  record.struct_size = sizeof record;
  detail::writeAccount(&record, account);
  return detail::checked(record);
}

std::string writeRecords(const std::vector<AbsenceDay> &days) { return writeAll(days); }
std::string writeRecords(const std::vector<Week> &weeks) { return writeAll(weeks); }
std::string writeRecords(const std::vector<Balance> &balances) { return writeAll(balances); }
std::string writeRecords(const std::vector<Lock> &locks) { return writeAll(locks); }

Result<std::vector<AbsenceDay>> readAbsenceDays(JsonView message, const Days &range) {
  return readAll<AbsenceDay>(message, detail::AbsenceChecks(range));
}
Result<std::vector<Week>> readWeeks(JsonView message) { return readAll<Week>(message, detail::WeekChecks()); }
Result<std::vector<Balance>> readBalances(JsonView message) {
  return readAll<Balance>(message, detail::BalanceChecks());
}
Result<std::vector<Lock>> readLocks(JsonView message, const std::vector<std::string> &declared) {
  return readAll<Lock>(message, detail::LockChecks(declared));
}

}  // namespace roots::host
