// The account in Moco of a scenario file.
#include "sandbox/scenario_reader.h"

namespace roots::sandbox {
namespace {

void read(Reader &reader, JsonView view, MocoUser &user) {
  Reader::Object(reader, view)
      .integer("id", user.id)
      .text("first_name", user.first_name)
      .text("last_name", user.last_name)
      .text("email", user.email)
      .text("api_key", user.api_key)
      .flag("key_sees_everyone", user.key_sees_everyone);
}

void read(Reader &reader, JsonView view, MocoActivity &row) {
  Reader::Object(reader, view)
      .integer("id", row.id)
      .integer("user_id", row.user_id)
      .date("date", row.date)
      .integer("seconds", row.seconds)
      .integer("worked_seconds", row.worked_seconds)
      .text("description", row.description)
      .text("customer", row.customer)
      .text("project", row.project)
      .text("task", row.task)
      .flag("billable", row.billable)
      .flag("timer_running", row.timer_running)
      .raw("raw", row.raw);
}

void read(Reader &reader, JsonView view, MocoSchedule &row) {
  Reader::Object(reader, view)
      .integer("id", row.id)
      .integer("user_id", row.user_id)
      .date("date", row.date)
      .flag("am", row.am)
      .flag("pm", row.pm)
      .integer("code", row.code)
      .text("name", row.name)
      .text("comment", row.comment)
      .integer("symbol", row.symbol)
      .raw("raw", row.raw);
}

void read(Reader &reader, JsonView view, MocoPresence &row) {
  Reader::Object(reader, view)
      .integer("id", row.id)
      .integer("user_id", row.user_id)
      .date("date", row.date)
      .text("from", row.from)
      .text("to", row.to)
      .flag("is_home_office", row.is_home_office);
}

void read(Reader &reader, JsonView view, MocoLeaveCredit &row) {
  Reader::Object(reader, view)
      .integer("id", row.id)
      .integer("user_id", row.user_id)
      .integer("year", row.year)
      .text("title", row.title)
      .hundredths("days", row.days_hundredths);
}

void read(Reader &reader, JsonView view, MocoEmployment &row) {
  Reader::Object(reader, view)
      .integer("id", row.id)
      .integer("user_id", row.user_id)
      .minutes("am_minutes", row.am_minutes)
      .minutes("pm_minutes", row.pm_minutes)
      .date("from", row.from)
      .date("to", row.to);
}

void read(Reader &reader, JsonView view, MocoBehaviour &behaviour) {
  Reader::Object(reader, view)
      .flag("sends_codes", behaviour.sends_codes)
      .flag("symbols_as_text", behaviour.symbols_as_text)
      .flag("sends_worked_seconds", behaviour.sends_worked_seconds)
      .flag("user_filter_ignored", behaviour.user_filter_ignored)
      .integer("requests_per_two_minutes", behaviour.requests_per_two_minutes)
      .integer("retry_after_seconds", behaviour.retry_after_seconds);
}

}  // namespace

void read(Reader &reader, JsonView view, Moco &moco) {
  Reader::Object(reader, view)
      .text("domain", moco.domain)
      .rows("users", moco.users, read)
      .rows("activities", moco.activities, read)
      .rows("schedules", moco.schedules, read)
      .rows("presences", moco.presences, read)
      .rows("leave_credits", moco.leave_credits, read)
      .rows("employments", moco.employments, read)
      .take("behaviour", [&](JsonView behaviour) { read(reader, behaviour, moco.behaviour); });
}

}  // namespace roots::sandbox
