// The part of Moco's API that a host reads, as documented and recorded.
#include "sandbox/moco_lists.h"

namespace roots::sandbox {
namespace {

using moco::datesAreFine;
using moco::kServer;
using moco::MocoRequest;
using moco::paged;
using moco::shows;
using std::chrono::seconds;

ServerReply message(int status, const std::string &text) {
  return jsonReply(status, JsonObject().text("message", text).finish());
}

std::string userJson(const MocoUser &user) {
  return JsonObject()
      .number("id", user.id)
      .text("firstname", user.first_name)
      .text("lastname", user.last_name)
      .finish();
}

const MocoUser *userById(const Moco &moco, std::int64_t id) {
  for (const auto &user : moco.users)
    if (user.id == id) return &user;
  return nullptr;
}

std::string userReference(const Moco &moco, std::int64_t id) {
  const MocoUser *user = userById(moco, id);
  return user == nullptr ? "null" : userJson(*user);
}

std::string named(std::int64_t id, const std::string &name) {
  return JsonObject().number("id", id).text("name", name).finish();
}

ServerReply activities(const MocoRequest &asked) {
  requireKnownParameters(asked.log, kServer, asked.endpoint, asked.request,
                         {"from", "to", "user_id", "project_id", "task_id", "company_id", "page", "per_page",
                          "sort_by", "updated_after", "ids", "term", "tag", "billable", "billed"});
  if (!datesAreFine(asked)) return message(400, "Invalid date range");
  std::vector<std::string> rows;
  for (const auto &activity : asked.moco().activities) {
    if (!shows(asked, activity.user_id, activity.date)) continue;
    JsonObject row(activity.raw);
    row.number("id", activity.id)
        .text("date", kit::formatDate(activity.date))
        .hundredths("hours", activity.seconds / 36)
        .number("seconds", activity.seconds);
    if (asked.moco().behaviour.sends_worked_seconds)
      row.number("worked_seconds", activity.worked_seconds.value_or(activity.seconds));
    row.textOrNull("description", activity.description)
        .flag("billable", activity.billable)
        .json("project", named(501, activity.project))
        .json("task", named(601, activity.task))
        .json("customer", named(401, activity.customer))
        .json("user", userReference(asked.moco(), activity.user_id))
        .textOrNull("timer_started_at", activity.timer_running ? "2026-01-01T08:00:00Z" : "");
    rows.push_back(row.finish());
  }
  return paged(asked, rows);
}

std::string germanName(int code) {
  switch (code) {
    case 1:
      return "Nicht planbar";
    case 2:
      return "Feiertag";
    case 3:
      return "Krankheit";
    case 4:
      return "Urlaub";
    default:
      return "Abwesenheit";
  }
}

bool isWantedCode(const MocoRequest &asked, int code) {
  const std::string wanted = asked.parameter("absence_code");
  return wanted.empty() || ("," + wanted + ",").find("," + std::to_string(code) + ",") != std::string::npos;
}

ServerReply schedules(const MocoRequest &asked) {
  requireKnownParameters(asked.log, kServer, asked.endpoint, asked.request,
                         {"from", "to", "user_id", "absence_code", "absence_request_id", "page", "per_page",
                          "sort_by", "updated_after", "ids"});
  if (!datesAreFine(asked)) return message(400, "Invalid date range");
  std::vector<std::string> rows;
  for (const auto &schedule : asked.moco().schedules) {
    if (!shows(asked, schedule.user_id, schedule.date) || !isWantedCode(asked, schedule.code)) continue;
    JsonObject assignment;
    assignment.number("id", 30 + schedule.code)
        .text("name", schedule.name.empty() ? germanName(schedule.code) : schedule.name);
    if (asked.moco().behaviour.sends_codes) assignment.text("code", std::to_string(schedule.code));
    assignment.text("color", "#CCC").text("type", "Absence");
    std::string symbol = schedule.symbol ? std::to_string(*schedule.symbol) : "null";
    if (schedule.symbol && asked.moco().behaviour.symbols_as_text) symbol = jsonOf(symbol);
    JsonObject row(schedule.raw);
    row.number("id", schedule.id)
        .text("date", kit::formatDate(schedule.date))
        .textOrNull("comment", schedule.comment)
        .flag("am", schedule.am)
        .flag("pm", schedule.pm)
        .json("symbol", symbol)
        .json("assignment", assignment.finish())
        .json("user", userReference(asked.moco(), schedule.user_id));
    rows.push_back(row.finish());
  }
  return paged(asked, rows);
}

ServerReply presences(const MocoRequest &asked) {
  requireKnownParameters(asked.log, kServer, asked.endpoint, asked.request,
                         {"from", "to", "user_id", "is_home_office", "page", "per_page"});
  if (!datesAreFine(asked)) return message(400, "Invalid date range");
  std::vector<std::string> rows;
  for (const auto &presence : asked.moco().presences) {
    if (!shows(asked, presence.user_id, presence.date)) continue;
    rows.push_back(JsonObject()
                       .number("id", presence.id)
                       .text("date", kit::formatDate(presence.date))
                       .text("from", presence.from)
                       .textOrNull("to", presence.to)
                       .flag("is_home_office", presence.is_home_office)
                       .json("user", userReference(asked.moco(), presence.user_id))
                       .finish());
  }
  return paged(asked, rows);
}

ServerReply leaveCredits(const MocoRequest &asked) {
  requireKnownParameters(asked.log, kServer, asked.endpoint, asked.request,
                         {"year", "user_id", "page", "per_page"});
  std::vector<std::string> rows;
  for (const auto &credit : asked.moco().leave_credits) {
    const std::string year = asked.parameter("year");
    const bool visible = credit.user_id == asked.user.id || asked.user.key_sees_everyone;
    if (!visible || (!year.empty() && year != std::to_string(credit.year))) continue;
    rows.push_back(JsonObject()
                       .number("id", credit.id)
                       .number("year", credit.year)
                       .text("title", credit.title)
                       .hundredths("days", credit.days_hundredths)
                       .hundredths("hours", credit.days_hundredths * 8)
                       .json("user", userReference(asked.moco(), credit.user_id))
                       .finish());
  }
  return paged(asked, rows);
}

std::string hoursJson(const std::array<int, 5> &minutes) {
  kit::JsonWriter writer;
  writer.beginArray();
  for (const int value : minutes) writer.hundredths(value * 100 / 60);
  return writer.endArray().finish();
}

ServerReply employments(const MocoRequest &asked) {
  requireKnownParameters(asked.log, kServer, asked.endpoint, asked.request,
                         {"from", "to", "user_id", "page", "per_page"});
  std::vector<std::string> rows;
  for (const auto &employment : asked.moco().employments) {
    if (employment.user_id != asked.user.id && !asked.user.key_sees_everyone) continue;
    JsonObject pattern;
    pattern.json("am", hoursJson(employment.am_minutes)).json("pm", hoursJson(employment.pm_minutes));
    rows.push_back(JsonObject()
                       .number("id", employment.id)
                       .json("pattern", pattern.finish())
                       .text("from", kit::formatDate(employment.from))
                       .textOrNull("to", employment.to ? kit::formatDate(*employment.to) : "")
                       .json("user", userReference(asked.moco(), employment.user_id))
                       .finish());
  }
  return paged(asked, rows);
}

ServerReply profile(const MocoRequest &asked) {
  return jsonReply(200, JsonObject()
                            .number("id", asked.user.id)
                            .text("email", asked.user.email)
                            .text("full_name", asked.user.first_name + " " + asked.user.last_name)
                            .text("first_name", asked.user.first_name)
                            .text("last_name", asked.user.last_name)
                            .flag("active", true)
                            .finish());
}

// The user behind the key; nullptr: there is none.
const MocoUser *userOf(const Scenario &scenario, const ServerRequest &request) {
  const std::string header = request.header("Authorization").value_or("");
  std::string key;
  for (const std::string scheme : {"Token token=", "Bearer "})
    if (header.starts_with(scheme)) key = header.substr(scheme.size());
  for (const auto &user : scenario.moco.users)
    if (!key.empty() && user.api_key == key) return &user;
  return nullptr;
}

}  // namespace

ServerReply mocoReply(Scenario &scenario, RequestLog &log, const std::string &endpoint,
                      const ServerRequest &request) {
  if (!request.header("Authorization")) log.recordProblem(kServer, endpoint, "there is no key");
  if (request.header("X-IMPERSONATE-USER-ID"))
    log.recordProblem(kServer, endpoint, "it asks in the name of somebody else");
  const MocoUser *user = userOf(scenario, request);
  if (user == nullptr) return message(401, "Unauthorized");
  const auto &behaviour = scenario.moco.behaviour;
  if (!log.limits["moco " + user->api_key].admit(behaviour.requests_per_two_minutes, seconds(120))) {
    ServerReply reply = message(429, "Too many requests");
    if (behaviour.retry_after_seconds)
      reply.headers.emplace_back("Retry-After", std::to_string(*behaviour.retry_after_seconds));
    return reply;
  }
  const MocoRequest asked{scenario, log, endpoint, request, *user};
  if (endpoint == "GET /api/v1/session") {
    return jsonReply(
        200,
        JsonObject().number("id", user->id).text("uuid", "5b1f3c0e-0000-4000-8000-00000000a001").finish());
  }
  if (endpoint == "GET /api/v1/profile") return profile(asked);
  if (endpoint == "GET /api/v1/activities") return activities(asked);
  if (endpoint == "GET /api/v1/schedules") return schedules(asked);
  if (endpoint == "GET /api/v1/users/presences") return presences(asked);
  if (endpoint == "GET /api/v1/users/holidays") return leaveCredits(asked);
  if (endpoint == "GET /api/v1/users/employments") return employments(asked);
  asked.recordProblem("there is no such endpoint");
  return jsonReply(404, "");
}

}  // namespace roots::sandbox
