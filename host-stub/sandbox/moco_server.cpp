// Moco's API as documented and recorded, as far as a host reads it.
#include "sandbox/service.h"

#include <algorithm>
#include <charconv>

namespace roots::sandbox {
namespace {

using kit::CivilDate;
using std::chrono::seconds;

const std::string kServer = "moco";
constexpr std::size_t kMostRows = 100;

struct Asked {
  Scenario &scenario;
  Books &books;
  const std::string &endpoint;
  const ServerRequest &request;
  const MocoUser &user;

  [[nodiscard]] const Moco &moco() const { return scenario.moco; }
  void complain(const std::string &what) const { books.complain(kServer, endpoint, what); }
  [[nodiscard]] std::string parameter(const std::string &name) const {
    const auto values = request.parameters(name);
    return values.empty() ? "" : values.back();
  }
};

ServerReply message(int status, const std::string &text) {
  return jsonReply(status, R"({"message":)" + quoted(text) + "}");
}

std::string userJson(const MocoUser &user) {
  return R"({"id":)" + std::to_string(user.id) + R"(,"firstname":)" + quoted(user.first_name) +
         R"(,"lastname":)" + quoted(user.last_name) + "}";
}

const MocoUser *userById(const Moco &moco, std::int64_t id) {
  for (const auto &user : moco.users) {
    if (user.id == id) return &user;
  }
  return nullptr;
}

std::string userReference(const Moco &moco, std::int64_t id) {
  const MocoUser *user = userById(moco, id);
  return user == nullptr ? "null" : userJson(*user);
}

// Whether a list shows a row of this user on this day.
bool shows(const Asked &asked, std::int64_t user_id, CivilDate date) {
  if (user_id != asked.user.id && !asked.user.key_sees_everyone &&
      !asked.moco().behaviour.user_filter_ignored)
    return false;
  const std::string wanted = asked.parameter("user_id");
  if (!asked.moco().behaviour.user_filter_ignored && !wanted.empty() && wanted != std::to_string(user_id))
    return false;
  const auto from = kit::parseDate(asked.parameter("from"));
  const auto to = kit::parseDate(asked.parameter("to"));
  return (!from || *from <= date) && (!to || date <= *to);
}

// False: a date parameter is none; answered with 400.
bool datesAreFine(const Asked &asked) {
  for (const char *name : {"from", "to"}) {
    const std::string value = asked.parameter(name);
    if (!value.empty() && !kit::parseDate(value)) {
      asked.complain(std::string(name) + "=" + value + " is not a day");
      return false;
    }
  }
  return true;
}

std::size_t numberOf(const Asked &asked, const char *name, std::size_t usual) {
  const std::string value = asked.parameter(name);
  std::size_t number = usual;
  if (!value.empty()) std::from_chars(value.data(), value.data() + value.size(), number);
  return std::max<std::size_t>(number, 1);
}

ServerReply paged(const Asked &asked, const std::vector<std::string> &rows) {
  const std::size_t size = std::min(numberOf(asked, "per_page", kMostRows), kMostRows);
  const std::size_t page = numberOf(asked, "page", 1);
  std::vector<std::string> shown;
  for (std::size_t index = (page - 1) * size; index < rows.size() && index < page * size; ++index)
    shown.push_back(rows[index]);
  ServerReply reply = jsonReply(200, listOf(shown));
  reply.headers = {{"X-Page", std::to_string(page)},
                   {"X-Per-Page", std::to_string(size)},
                   {"X-Total", std::to_string(rows.size())}};
  if (page * size < rows.size()) {
    reply.headers.emplace_back("Link", "<https://" + asked.moco().domain + ".mocoapp.com" +
                                           asked.request.path + "?page=" + std::to_string(page + 1) +
                                           ">; rel=\"next\"");
  }
  return reply;
}

std::string named(std::int64_t id, const std::string &name) {
  return R"({"id":)" + std::to_string(id) + R"(,"name":)" + quoted(name) + "}";
}

ServerReply activities(const Asked &asked) {
  requireKnownParameters(asked.books, kServer, asked.endpoint, asked.request,
                         {"from", "to", "user_id", "project_id", "task_id", "company_id", "page", "per_page",
                          "sort_by", "updated_after", "ids", "term", "tag", "billable", "billed"});
  if (!datesAreFine(asked)) return message(400, "Invalid date range");
  std::vector<std::string> rows;
  for (const auto &activity : asked.moco().activities) {
    if (!shows(asked, activity.user_id, activity.date)) continue;
    ObjectText row(activity.raw);
    row.number("id", activity.id)
        .text("date", kit::formatDate(activity.date))
        .member("hours", hundredthsText(activity.seconds / 36))
        .number("seconds", activity.seconds);
    if (asked.moco().behaviour.worked_seconds_told)
      row.number("worked_seconds", activity.worked_seconds.value_or(activity.seconds));
    row.textOrNull("description", activity.description)
        .flag("billable", activity.billable)
        .member("project", named(501, activity.project))
        .member("task", named(601, activity.task))
        .member("customer", named(401, activity.customer))
        .member("user", userReference(asked.moco(), activity.user_id))
        .member("timer_started_at", activity.timer_running ? "\"2026-01-01T08:00:00Z\"" : "null");
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

bool isWantedCode(const Asked &asked, int code) {
  const std::string wanted = asked.parameter("absence_code");
  return wanted.empty() || ("," + wanted + ",").find("," + std::to_string(code) + ",") != std::string::npos;
}

ServerReply schedules(const Asked &asked) {
  requireKnownParameters(asked.books, kServer, asked.endpoint, asked.request,
                         {"from", "to", "user_id", "absence_code", "absence_request_id", "page", "per_page",
                          "sort_by", "updated_after", "ids"});
  if (!datesAreFine(asked)) return message(400, "Invalid date range");
  std::vector<std::string> rows;
  for (const auto &schedule : asked.moco().schedules) {
    if (!shows(asked, schedule.user_id, schedule.date) || !isWantedCode(asked, schedule.code)) continue;
    const RawMembers none;
    ObjectText assignment(none);
    assignment.number("id", 30 + schedule.code)
        .text("name", schedule.name.empty() ? germanName(schedule.code) : schedule.name);
    if (asked.moco().behaviour.codes_told) assignment.text("code", std::to_string(schedule.code));
    assignment.text("color", "#CCC").text("type", "Absence");
    std::string symbol = schedule.symbol ? std::to_string(*schedule.symbol) : "null";
    if (schedule.symbol && asked.moco().behaviour.symbols_as_text) symbol = quoted(symbol);
    ObjectText row(schedule.raw);
    row.number("id", schedule.id)
        .text("date", kit::formatDate(schedule.date))
        .textOrNull("comment", schedule.comment)
        .flag("am", schedule.am)
        .flag("pm", schedule.pm)
        .member("symbol", symbol)
        .member("assignment", assignment.finish())
        .member("user", userReference(asked.moco(), schedule.user_id));
    rows.push_back(row.finish());
  }
  return paged(asked, rows);
}

ServerReply presences(const Asked &asked) {
  requireKnownParameters(asked.books, kServer, asked.endpoint, asked.request,
                         {"from", "to", "user_id", "is_home_office", "page", "per_page"});
  if (!datesAreFine(asked)) return message(400, "Invalid date range");
  std::vector<std::string> rows;
  for (const auto &presence : asked.moco().presences) {
    if (!shows(asked, presence.user_id, presence.date)) continue;
    const RawMembers none;
    rows.push_back(ObjectText(none)
                       .number("id", presence.id)
                       .text("date", kit::formatDate(presence.date))
                       .text("from", presence.from)
                       .textOrNull("to", presence.to)
                       .flag("is_home_office", presence.is_home_office)
                       .member("user", userReference(asked.moco(), presence.user_id))
                       .finish());
  }
  return paged(asked, rows);
}

ServerReply leaveCredits(const Asked &asked) {
  requireKnownParameters(asked.books, kServer, asked.endpoint, asked.request,
                         {"year", "user_id", "page", "per_page"});
  std::vector<std::string> rows;
  for (const auto &credit : asked.moco().leave_credits) {
    const std::string year = asked.parameter("year");
    const bool visible = credit.user_id == asked.user.id || asked.user.key_sees_everyone;
    if (!visible || (!year.empty() && year != std::to_string(credit.year))) continue;
    const RawMembers none;
    rows.push_back(ObjectText(none)
                       .number("id", credit.id)
                       .number("year", credit.year)
                       .text("title", credit.title)
                       .member("days", hundredthsText(credit.days_hundredths))
                       .member("hours", hundredthsText(credit.days_hundredths * 8))
                       .member("user", userReference(asked.moco(), credit.user_id))
                       .finish());
  }
  return paged(asked, rows);
}

std::string hoursList(const std::array<int, 5> &minutes) {
  std::vector<std::string> hours;
  for (const int value : minutes) hours.push_back(hundredthsText(value * 100 / 60));
  return listOf(hours);
}

ServerReply employments(const Asked &asked) {
  requireKnownParameters(asked.books, kServer, asked.endpoint, asked.request,
                         {"from", "to", "user_id", "page", "per_page"});
  std::vector<std::string> rows;
  for (const auto &employment : asked.moco().employments) {
    if (employment.user_id != asked.user.id && !asked.user.key_sees_everyone) continue;
    const RawMembers none;
    rows.push_back(ObjectText(none)
                       .number("id", employment.id)
                       .member("pattern", R"({"am":)" + hoursList(employment.am_minutes) + R"(,"pm":)" +
                                              hoursList(employment.pm_minutes) + "}")
                       .text("from", kit::formatDate(employment.from))
                       .member("to", employment.to ? quoted(kit::formatDate(*employment.to)) : "null")
                       .member("user", userReference(asked.moco(), employment.user_id))
                       .finish());
  }
  return paged(asked, rows);
}

ServerReply profile(const Asked &asked) {
  const RawMembers none;
  return jsonReply(200, ObjectText(none)
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
  for (const std::string scheme : {"Token token=", "Bearer "}) {
    if (header.starts_with(scheme)) key = header.substr(scheme.size());
  }
  for (const auto &user : scenario.moco.users) {
    if (!key.empty() && user.api_key == key) return &user;
  }
  return nullptr;
}

}  // namespace

ServerReply mocoReply(Scenario &scenario, Books &books, const std::string &endpoint,
                      const ServerRequest &request) {
  if (!request.header("Authorization")) books.complain(kServer, endpoint, "there is no key");
  if (request.header("X-IMPERSONATE-USER-ID"))
    books.complain(kServer, endpoint, "it asks in the name of somebody else");
  const MocoUser *user = userOf(scenario, request);
  if (user == nullptr) return message(401, "Unauthorized");
  const auto &behaviour = scenario.moco.behaviour;
  if (!books.limits["moco " + user->api_key].admit(behaviour.requests_per_two_minutes, seconds(120))) {
    ServerReply reply = message(429, "Too many requests");
    if (behaviour.retry_after_seconds)
      reply.headers.emplace_back("Retry-After", std::to_string(*behaviour.retry_after_seconds));
    return reply;
  }
  const Asked asked{scenario, books, endpoint, request, *user};
  if (endpoint == "GET /api/v1/session") {
    return jsonReply(
        200, R"({"id":)" + std::to_string(user->id) + R"(,"uuid":"5b1f3c0e-0000-4000-8000-00000000a001"})");
  }
  if (endpoint == "GET /api/v1/profile") return profile(asked);
  if (endpoint == "GET /api/v1/activities") return activities(asked);
  if (endpoint == "GET /api/v1/schedules") return schedules(asked);
  if (endpoint == "GET /api/v1/users/presences") return presences(asked);
  if (endpoint == "GET /api/v1/users/holidays") return leaveCredits(asked);
  if (endpoint == "GET /api/v1/users/employments") return employments(asked);
  asked.complain("there is no such endpoint");
  return jsonReply(404, "");
}

}  // namespace roots::sandbox
