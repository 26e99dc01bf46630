#include "larkspur_replies.h"

#include <roots/kit/json.h>

#include <string>
#include <utility>

namespace larkspur {

namespace {

using roots::AbsenceDay;
using roots::Effect;
using roots::Extent;
using roots::Kind;
using roots::Result;
using roots::kit::CivilDate;
using roots::kit::CivilDays;
using roots::kit::JsonDocument;
using roots::kit::JsonView;

roots::Error notUnderstood(const std::string &member) {
  return roots::makeError(roots::Status::unexpected_reply,
                          "Larkspur's reply was not understood (" + member +
                              "). Update the plugin, or report this message.")
      .withHttpStatus(200);
}

Result<JsonDocument> parse(std::string_view reply) {
  auto document = JsonDocument::parse(reply);
  if (!document) return notUnderstood("not JSON");
  return document;
}

// An absence as Larkspur reports it.
struct Absence {
  std::string id;
  std::string type;
  CivilDays days;
  bool ends_at_noon = false;
  int counted_hundredths = 0;
};

Result<Absence> absenceFrom(JsonView view) {
  Absence absence;
  const auto id = view["id"].asId();
  const auto type = view["type"].asText();
  const auto from = roots::kit::parseDate(view["from"].textOrEmpty());
  const auto to = roots::kit::parseDate(view["to"].textOrEmpty());
  const auto ends = view["ends"].asText();
  const auto counted = view["days"].asHundredths();
  if (!id) return notUnderstood("absences.id");
  if (!type) return notUnderstood("absences.type");
  if (!from) return notUnderstood("absences.from");
  if (!to || *to < *from) return notUnderstood("absences.to");
  if (!ends || (*ends != "noon" && *ends != "evening")) return notUnderstood("absences.ends");
  if (!counted || *counted < 0 || *counted > 100'000) return notUnderstood("absences.days");
  return Absence{*id, std::string(*type), {*from, *to}, *ends == "noon", static_cast<int>(*counted)};
}

Kind kindOf(const std::string &type) {
  if (type == "holiday") return Kind::vacation;
  if (type == "sick") return Kind::sick;
  if (type == "parental") return Kind::personal;
  return Kind::other;  // all future types of Larkspur
}

AbsenceDay dayOf(const Absence &absence, CivilDate date) {
  AbsenceDay day;
  day.date = roots::kit::toRecord(date);
  day.kind = kindOf(absence.type);
  day.effect = absence.type == "remote" ? Effect::work_elsewhere : Effect::time_off;
  const bool morning_only = absence.ends_at_noon && date == absence.days.last;
  day.extent = morning_only ? Extent::first_half : Extent::whole_day;
  day.absence_id = absence.id;
  day.label = absence.type;
  day.counted_hundredths = absence.counted_hundredths;
  return day;
}

Result<roots::Balance> balanceFrom(JsonView view) {
  const auto id = view["id"].asId();
  const auto left = view["left"].asHundredths();
  const std::string unit = view["unit"].textOrEmpty();
  if (!id) return notUnderstood("allowances.id");
  if (!left || *left < -1'000'000 || *left > 1'000'000) return notUnderstood("allowances.left");
  if (unit != "days" && unit != "hours") return notUnderstood("allowances.unit");
  roots::Balance balance;
  balance.balance_id = *id;
  balance.label = view["name"].textOrEmpty();
  balance.kind = kindOf(*id);
  balance.unit = unit == "days" ? roots::Unit::days : roots::Unit::hours;
  balance.available_hundredths = static_cast<int>(*left);
  return balance;
}

}  // namespace

Result<std::string> readToken(std::string_view reply) {
  const auto document = parse(reply);
  if (!document) return document.error();
  std::string token = document->root()["token"].textOrEmpty();
  if (token.empty()) return notUnderstood("token");
  return token;
}

Result<roots::Account> readProfile(std::string_view reply) {
  const auto document = parse(reply);
  if (!document) return document.error();
  const auto root = document->root();
  const auto id = root["id"].asId();
  if (!id) return notUnderstood("id");
  roots::Account account;
  account.id = *id;
  account.display_name = root["name"].textOrEmpty();
  if (const auto since = roots::kit::parseDate(root["employed_since"].textOrEmpty()))
    account.employed_from = roots::kit::toRecord(*since);
  return account;
}

Result<std::vector<AbsenceDay>> readAbsences(std::string_view reply, CivilDays days) {
  const auto document = parse(reply);
  if (!document) return document.error();
  const auto list = document->root()["absences"];
  if (!list.isArray()) return notUnderstood("absences");
  std::vector<AbsenceDay> records;
  for (std::size_t index = 0; index < list.size(); ++index) {
    if (list.at(index)["state"].textOrEmpty() != "approved") continue;
    const auto absence = absenceFrom(list.at(index));
    if (!absence) return absence.error();
    const auto asked = roots::kit::intersection(absence->days, days);
    if (!asked) continue;
    for (CivilDate date = asked->first; date <= asked->last; date = roots::kit::addDays(date, 1))
      records.push_back(dayOf(*absence, date));
  }
  return records;
}

Result<roots::Week> readWorkingWeek(std::string_view reply) {
  const auto document = parse(reply);
  if (!document) return document.error();
  const auto since = roots::kit::parseDate(document->root()["since"].textOrEmpty());
  const auto hours = document->root()["hours"];
  if (!since) return notUnderstood("since");
  roots::Week week;
  week.valid_from = roots::kit::toRecord(*since);
  if (hours.size() != week.minutes.size()) return notUnderstood("hours");
  for (std::size_t day = 0; day < week.minutes.size(); ++day) {
    const auto hundredths = hours.at(day).asHundredths();
    if (!hundredths || *hundredths < 0 || *hundredths > 2400) return notUnderstood("hours");
    week.minutes[day] = static_cast<int>(*hundredths * 60 / 100);
  }
  return week;
}

Result<std::vector<roots::Balance>> readAllowances(std::string_view reply) {
  const auto document = parse(reply);
  if (!document) return document.error();
  const auto list = document->root()["allowances"];
  if (!list.isArray()) return notUnderstood("allowances");
  std::vector<roots::Balance> balances;
  for (std::size_t index = 0; index < list.size(); ++index) {
    auto balance = balanceFrom(list.at(index));
    if (!balance) return balance.error();
    balances.push_back(std::move(*balance));
  }
  return balances;
}

}  // namespace larkspur
