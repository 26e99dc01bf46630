#include "moco/moco_json.h"

#include <array>
#include <string_view>

namespace roots::host {
namespace {

using kit::JsonDocument;
using kit::JsonView;

// Moco's code for a public holiday (documented). "Holiday" alone is Moco's English word for vacation.
constexpr std::int64_t kPublicHolidayCode = 2;

// Used only when a row carries no code (recorded in 2022). Lower case; Moco's account languages are
// German, English, French and Italian.
constexpr std::array<std::string_view, 7> kPublicHolidayNames = {
    "feiertag", "public holiday", "bank holiday", "jour férié", "jour ferie", "giorno festivo", "festività"};

std::string lowered(std::string_view text) {
  std::string result(text);
  for (char &character : result) {
    if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
  }
  return result;
}

bool isOwn(JsonView row, const std::string &user_id) { return row["user"]["id"].asId() == user_id; }

bool isPublicHoliday(JsonView assignment) {
  if (const auto code = assignment["code"].asInteger()) return *code == kPublicHolidayCode;
  const std::string name = lowered(assignment["name"].textOrEmpty());
  for (const auto &known : kPublicHolidayNames) {
    if (name.find(known) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

Error mocoNotUnderstood(const std::string &endpoint, const std::string &what) {
  return Error{Status::unexpected_reply,
               "Moco's reply was not understood (" + endpoint + ", " + what +
                   "). What was known before stays in force; if this goes on, report it.",
               "",
               0,
               {}};
}

Result<std::optional<TimeEntry>> timeEntryOf(const JsonDocument &document, JsonView row,
                                             const std::string &user_id) {
  if (!isOwn(row, user_id)) return std::optional<TimeEntry>();
  const auto wrong = [&](const char *member) {
    return mocoNotUnderstood("activities", document.pointerTo(row) + "/" + member);
  };
  TimeEntry entry;
  const auto id = row["id"].asId();
  if (!id) return wrong("id");
  entry.id = *id;
  const auto date = kit::parseDate(row["date"].textOrEmpty());
  if (!date) return wrong("date");
  entry.date = *date;
  // "seconds" is what is billed; what was worked has a member of its own since 2025.
  const bool has_worked = !row["worked_seconds"].isBlank();
  const auto seconds = row[has_worked ? "worked_seconds" : "seconds"].asInteger();
  constexpr std::int64_t longest = 7 * 24 * 3600;
  if (!seconds || *seconds < 0 || *seconds > longest) return wrong(has_worked ? "worked_seconds" : "seconds");
  entry.seconds = static_cast<int>(*seconds);
  entry.customer = row["customer"]["name"].textOrEmpty();
  entry.project = row["project"]["name"].textOrEmpty();
  entry.task = row["task"]["name"].textOrEmpty();
  entry.description = row["description"].textOrEmpty();
  return std::optional<TimeEntry>(std::move(entry));
}

Result<std::optional<Holiday>> publicHolidayOf(const JsonDocument &document, JsonView row,
                                               const std::string &user_id) {
  if (!isOwn(row, user_id) || !isPublicHoliday(row["assignment"])) return std::optional<Holiday>();
  Holiday holiday;
  const auto date = kit::parseDate(row["date"].textOrEmpty());
  if (!date) return mocoNotUnderstood("schedules", document.pointerTo(row) + "/date");
  holiday.date = *date;
  // Left out when the row was made means: the whole day.
  const bool morning = row["am"].asFlag().value_or(true);
  const bool afternoon = row["pm"].asFlag().value_or(true);
  if (!morning && !afternoon) return std::optional<Holiday>();
  holiday.extent = morning && afternoon ? Extent::whole_day
                   : morning            ? Extent::first_half
                                        : Extent::second_half;
  const std::string comment = row["comment"].textOrEmpty();
  holiday.name = comment.empty() ? row["assignment"]["name"].textOrEmpty() : comment;
  if (holiday.name.empty()) holiday.name = "Public holiday";
  return std::optional<Holiday>(std::move(holiday));
}

}  // namespace roots::host
