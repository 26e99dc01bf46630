#include "moco/moco_json.h"

#include <roots/kit/ascii.h>

#include <array>
#include <string_view>

namespace roots::host {
namespace {

using kit::JsonView;

// Moco's code for a public holiday (documented). "Holiday" alone is Moco's English word for vacation.
constexpr std::int64_t kPublicHolidayCode = 2;

// Used only if a row has no code (recorded in 2022). Lower case; Moco's account languages are
// German, English, French and Italian.
constexpr std::array<std::string_view, 7> kPublicHolidayNames = {
    "feiertag", "public holiday", "bank holiday", "jour férié", "jour ferie", "giorno festivo", "festività"};

enum class Owner { user, somebody_else, nobody };

Owner ownerOf(JsonView row, const std::string &user_id) {
  const auto id = row["user"]["id"].asId();
  if (!id) return Owner::nobody;
  return *id == user_id ? Owner::user : Owner::somebody_else;
}

bool isPublicHoliday(JsonView assignment) {
  if (const auto code = assignment["code"].asInteger()) return *code == kPublicHolidayCode;
  const std::string name = kit::lowered(assignment["name"].textOrEmpty());
  for (const auto &known : kPublicHolidayNames)
    if (name.find(known) != std::string::npos) return true;
  return false;
}

}  // namespace

Error mocoNotUnderstood(const std::string &endpoint, const std::string &what) {
  return makeError(Status::unexpected_reply,
                   "Moco's reply was not understood (" + endpoint + ", " + what +
                       "). The last known data stays in effect. If this persists, report it.");
}

ReadRow<TimeEntry> timeEntryOf(JsonView row, const std::string &user_id) {
  const Owner owner = ownerOf(row, user_id);
  if (owner == Owner::somebody_else) return {};
  if (owner == Owner::nobody) return {std::nullopt, "user"};
  TimeEntry entry;
  const auto id = row["id"].asId();
  if (!id) return {std::nullopt, "id"};
  entry.id = *id;
  const auto date = kit::parseDate(row["date"].textOrEmpty());
  if (!date) return {std::nullopt, "date"};
  entry.date = *date;
  // "seconds" is billed time; worked time has a separate member since 2025.
  const char *const member = row["worked_seconds"].isBlank() ? "seconds" : "worked_seconds";
  const auto seconds = row[member].asInteger();
  if (!seconds || *seconds < 0 || *seconds > TimeEntry::kMaxSeconds) return {std::nullopt, member};
  entry.seconds = static_cast<int>(*seconds);
  entry.customer = row["customer"]["name"].textOrEmpty();
  entry.project = row["project"]["name"].textOrEmpty();
  entry.task = row["task"]["name"].textOrEmpty();
  entry.description = row["description"].textOrEmpty();
  return {std::move(entry)};
}

ReadRow<Holiday> publicHolidayOf(JsonView row, const std::string &user_id) {
  const Owner owner = ownerOf(row, user_id);
  if (owner == Owner::somebody_else || !isPublicHoliday(row["assignment"])) return {};
  if (owner == Owner::nobody) return {std::nullopt, "user"};
  Holiday holiday;
  const auto date = kit::parseDate(row["date"].textOrEmpty());
  if (!date) return {std::nullopt, "date"};
  holiday.date = *date;
  // If omitted when the row was created: the whole day.
  const bool morning = row["am"].asFlag().value_or(true);
  const bool afternoon = row["pm"].asFlag().value_or(true);
  if (!morning && !afternoon) return {};
  holiday.extent = morning && afternoon ? Extent::whole_day
                   : morning            ? Extent::first_half
                                        : Extent::second_half;
  const std::string comment = row["comment"].textOrEmpty();
  holiday.name = comment.empty() ? row["assignment"]["name"].textOrEmpty() : comment;
  if (holiday.name.empty()) holiday.name = "Public holiday";
  return {std::move(holiday)};
}

UncountedRow oddRowOf(JsonView row, const std::string &called, const std::string &odd_member,
                      CivilDate otherwise) {
  constexpr std::size_t longest_id = 40;
  constexpr std::string_view usual = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
  const auto id = row["id"].asId();
  const bool is_sayable = id && id->size() <= longest_id && id->find_first_not_of(usual) == std::string::npos;
  const auto date = kit::parseDate(row["date"].textOrEmpty());
  std::string text = "Moco's " + called;
  if (is_sayable) text += " " + *id;
  if (date) text += " of " + kit::formatDate(*date);
  text += " is not counted: ";
  text += odd_member == "user" ? "it belongs to nobody." : "its \"" + odd_member + "\" cannot be read.";
  return {date.value_or(otherwise), text + " Correct it in Moco."};
}

}  // namespace roots::host
