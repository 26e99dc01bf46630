// Personio's API, version 1, as documented and as observed. Where the two differ the observed is the
// default and PersonioBehaviour has a switch.
#include "sandbox/service.h"

#include <roots/kit/json.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace roots::sandbox {
namespace {

using kit::CivilDate;
using kit::JsonDocument;
using std::chrono::seconds;
using std::chrono::steady_clock;

const std::string kServer = "personio";

// What every reply of the data endpoints needs.
struct Asked {
  Scenario &scenario;
  Books &books;
  const std::string &endpoint;
  const ServerRequest &request;

  [[nodiscard]] Personio &personio() const { return scenario.personio; }
  void complain(const std::string &what) const { books.complain(kServer, endpoint, what); }
};

ServerReply failure(int status, int code, const std::string &message) {
  return jsonReply(status, R"({"success":false,"error":{"code":)" + std::to_string(code) + R"(,"message":)" +
                               quoted(message) + "}}");
}

ServerReply tooMany(const Asked &asked) {
  ServerReply reply = failure(429, 429, "Zu viele Anfragen.");
  const auto &seconds_told = asked.personio().behaviour.retry_after_seconds;
  if (seconds_told) reply.headers.emplace_back("Retry-After", std::to_string(*seconds_told));
  return reply;
}

std::optional<std::int64_t> integer(const std::string &text) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// ---- sign-in ----

struct SignIn {
  std::string client_id;
  std::string client_secret;
};

std::string formValue(const std::string &body, const std::string &name) {
  const std::size_t at = ("&" + body).find("&" + name + "=");
  if (at == std::string::npos) return "";
  const std::size_t start = at + name.size() + 1;
  return body.substr(start, body.find('&', start) - start);
}

SignIn signInOf(const Asked &asked) {
  const std::string type = asked.request.header("Content-Type").value_or("");
  if (type.starts_with("application/x-www-form-urlencoded")) {
    return {formValue(asked.request.body, "client_id"), formValue(asked.request.body, "client_secret")};
  }
  if (!type.starts_with("application/json")) asked.complain("the body is neither JSON nor a form");
  const auto document = JsonDocument::parse(asked.request.body);
  if (!document) {
    asked.complain("the body is not JSON");
    return {};
  }
  return {std::string(document->root()["client_id"].asText().value_or("")),
          std::string(document->root()["client_secret"].asText().value_or(""))};
}

ServerReply authenticate(const Asked &asked) {
  const auto &behaviour = asked.personio().behaviour;
  if (!asked.request.query.empty()) {
    asked.complain("credentials and other parameters do not belong into the URL");
    return failure(403, 0, "Wrong credentials");
  }
  if (!asked.books.limits["auth"].admit(behaviour.sign_ins_per_minute, seconds(60))) return tooMany(asked);
  const SignIn sign_in = signInOf(asked);
  for (const auto &credentials : asked.personio().credentials) {
    const bool same =
        credentials.client_id == sign_in.client_id && credentials.client_secret == sign_in.client_secret;
    if (!same || credentials.revoked) continue;
    // The same token is handed out again for as long as it counts.
    std::string token;
    for (const auto &[known, of] : asked.books.tokens) {
      if (of.client_id == credentials.client_id && of.expires > steady_clock::now()) token = known;
    }
    if (token.empty()) {
      token = "papi-token-" + std::to_string(asked.books.tokens.size() + 1) + "-" + credentials.client_id;
      asked.books.tokens[token] = {credentials.client_id,
                                   steady_clock::now() + seconds(behaviour.token_lifetime_seconds)};
    }
    std::string data = R"("token":)" + quoted(token);
    if (behaviour.token_lifetime_told) {
      data += R"(,"expires_in":)" + std::to_string(behaviour.token_lifetime_seconds) +
              R"(,"scope":"employees:read absences:read")";
    }
    return jsonReply(200, R"({"success":true,"data":{)" + data + "}}");
  }
  return failure(403, 0, "Wrong credentials");
}

// The credentials behind the request's token; nullptr: there are none.
const Credentials *credentialsOf(const Asked &asked) {
  constexpr std::string_view scheme = "Bearer ";
  const std::string header = asked.request.header("Authorization").value_or("");
  if (!header.starts_with(scheme)) {
    asked.complain("there is no bearer token");
    return nullptr;
  }
  const auto token = asked.books.tokens.find(header.substr(scheme.size()));
  if (token == asked.books.tokens.end() || token->second.expires <= steady_clock::now()) return nullptr;
  for (const auto &credentials : asked.personio().credentials) {
    if (credentials.client_id == token->second.client_id && !credentials.revoked) return &credentials;
  }
  return nullptr;
}

// ---- paging ----

struct Page {
  std::size_t limit = 0;
  std::size_t offset = 0;
};

// nullopt: a parameter is no number, or out of bounds.
std::optional<Page> pageOf(const Asked &asked, std::size_t usual, std::size_t most) {
  Page page{usual, 0};
  for (const auto &[name, value] : asked.request.query) {
    if (name != "limit" && name != "offset") continue;
    const auto number = integer(value);
    const bool fine = number && *number >= (name == "limit" ? 1 : 0) &&
                      (name == "offset" || static_cast<std::size_t>(*number) <= most);
    if (!fine) {
      asked.complain(name + "=" + value + " is not allowed");
      return std::nullopt;
    }
    (name == "limit" ? page.limit : page.offset) = static_cast<std::size_t>(*number);
  }
  return page;
}

std::string metadata(std::size_t total, std::size_t current, std::size_t pages) {
  return R"("metadata":{"total_elements":)" + std::to_string(total) + R"(,"current_page":)" +
         std::to_string(current) + R"(,"total_pages":)" + std::to_string(pages) + "}";
}

ServerReply listReply(const std::string &meta, const Page &page, const std::vector<std::string> &rows) {
  return jsonReply(200, R"({"success":true,)" + meta + R"(,"offset":)" + std::to_string(page.offset) +
                            R"(,"limit":)" + std::to_string(page.limit) + R"(,"data":)" + listOf(rows) + "}");
}

// Rows of a list whose offset is a page number, counted from 1; 0 means 1.
ServerReply pagedByNumber(const Asked &asked, const Page &page, const std::vector<std::string> &rows,
                          bool repeat_row) {
  const std::size_t number = std::max<std::size_t>(page.offset, 1);
  const std::size_t pages = (rows.size() + page.limit - 1) / page.limit;
  std::vector<std::string> shown;
  std::size_t from = (number - 1) * page.limit;
  if (repeat_row && number > 1 && from <= rows.size()) --from;
  for (std::size_t index = from; index < rows.size() && index < number * page.limit; ++index)
    shown.push_back(rows[index]);
  (void)asked;
  return listReply(metadata(rows.size(), number, pages), page, shown);
}

// ---- employees ----

std::string clockText(int minutes) {
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(minutes / 60) + ":" + two(minutes % 60);
}

std::string scheduleJson(const WorkSchedule &schedule) {
  constexpr std::array<const char *, 7> names{"monday", "tuesday",  "wednesday", "thursday",
                                              "friday", "saturday", "sunday"};
  const RawMembers none;
  ObjectText attributes(none);
  attributes.number("id", schedule.id).text("name", schedule.name);
  attributes.member("valid_from",
                    schedule.valid_from ? quoted(kit::formatDate(*schedule.valid_from)) : "null");
  for (std::size_t day = 0; day < names.size(); ++day)
    attributes.text(names[day], clockText(schedule.minutes[day]));
  return R"({"type":"WorkSchedule","attributes":)" + attributes.finish() + "}";
}

std::string dateTime(const std::optional<CivilDate> &date) {
  return date ? quoted(kit::formatDate(*date) + "T00:00:00+01:00") : "null";
}

// Attribute values by key, as JSON.
std::map<std::string, std::string> attributesOf(const Employee &employee) {
  std::map<std::string, std::string> values{
      {"first_name", quoted(employee.first_name)},
      {"last_name", quoted(employee.last_name)},
      {"email", employee.email.empty() ? "null" : quoted(employee.email)},
      {"status", quoted(employee.status)},
      {"weekly_working_hours",
       employee.weekly_hours_hundredths ? quoted(hundredthsText(*employee.weekly_hours_hundredths)) : "null"},
      {"work_schedule", employee.work_schedule ? scheduleJson(*employee.work_schedule) : "null"},
      {"hire_date", dateTime(employee.hire_date)},
      {"termination_date", dateTime(employee.termination_date)}};
  return values;
}

std::string attributeJson(const std::string &key, const std::string &value, const char *type) {
  return R"({"label":)" + quoted(key) + R"(,"value":)" + value + R"(,"type":")" + type +
         R"(","universal_id":)" + quoted(key) + "}";
}

// Attributes that are not ticked are left out without a word.
std::string employeeJson(const Employee &employee, const Credentials &credentials,
                         const std::vector<std::string> &wanted) {
  const RawMembers none;
  ObjectText attributes(none);
  attributes.member("id", attributeJson("id", std::to_string(employee.id), "integer"));
  for (auto [key, value] : attributesOf(employee)) {
    const bool is_wanted = wanted.empty() || std::find(wanted.begin(), wanted.end(), key) != wanted.end();
    const bool is_readable = credentials.readable_attributes.contains(key);
    if (!is_wanted || !is_readable || !chooseMember(employee.raw_attributes, key, value)) continue;
    attributes.member(key, attributeJson(key, value, "standard"));
  }
  return R"({"type":"Employee","attributes":)" + attributes.finish() + "}";
}

std::string lowered(std::string text) {
  for (char &character : text) {
    if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
  }
  return text;
}

bool matchesEmail(const Asked &asked, const Credentials &credentials, const Employee &employee,
                  const std::string &email) {
  const auto &behaviour = asked.personio().behaviour;
  if (behaviour.email_filter == PersonioBehaviour::EmailFilter::ignored) return true;
  if (behaviour.email_filter_needs_readable_email && !credentials.readable_attributes.contains("email"))
    return false;
  if (behaviour.email_filter == PersonioBehaviour::EmailFilter::any_case)
    return lowered(employee.email) == lowered(email);
  return employee.email == email;
}

ServerReply employees(const Asked &asked, const Credentials &credentials) {
  requireKnownParameters(asked.books, kServer, asked.endpoint, asked.request,
                         {"email", "limit", "offset", "attributes[]", "updated_since"});
  if (!asked.books.limits["employees"].admit(asked.personio().behaviour.employee_requests_per_minute,
                                             seconds(60)))
    return tooMany(asked);
  const auto page = pageOf(asked, 50, 100);
  if (!page) return failure(400, 400, "Die Anfrage ist ungültig.");
  const auto emails = asked.request.parameters("email");
  std::vector<const Employee *> found;
  for (const auto &employee : asked.personio().employees) {
    if (emails.empty() || matchesEmail(asked, credentials, employee, emails.back()))
      found.push_back(&employee);
  }
  const auto wanted = asked.request.parameters("attributes[]");
  std::vector<std::string> rows;
  for (std::size_t index = page->offset; index < found.size() && rows.size() < page->limit; ++index) {
    rows.push_back(employeeJson(*found[index], credentials, wanted));
  }
  return listReply(
      metadata(found.size(), page->offset / page->limit, (found.size() + page->limit - 1) / page->limit),
      *page, rows);
}

const Employee *employeeById(const Asked &asked, const std::string &id) {
  for (const auto &employee : asked.personio().employees) {
    if (std::to_string(employee.id) == id) return &employee;
  }
  return nullptr;
}

ServerReply unknownEmployee() { return failure(404, 404, "Es ist ein Problem aufgetreten "); }

// ---- absences ----

const TimeOffType *typeById(const Asked &asked, std::int64_t id) {
  for (const auto &type : asked.personio().time_off_types) {
    if (type.id == id) return &type;
  }
  return nullptr;
}

std::string typeUuid(std::int64_t id) {
  const std::string digits = std::to_string(id);
  return "7c000000-0000-4000-8000-" + std::string(12 - std::min<std::size_t>(12, digits.size()), '0') +
         digits;
}

struct Window {
  std::optional<CivilDate> first;
  std::optional<CivilDate> last;
  std::set<std::string> employees;
};

std::optional<Window> windowOf(const Asked &asked) {
  Window window;
  for (const auto &[name, value] : asked.request.query) {
    if (name == "employees[]") window.employees.insert(value);
    if (name != "start_date" && name != "end_date") continue;
    const auto date = kit::parseDate(value);
    if (!date) {
      asked.complain(name + "=" + value + " is not a day");
      return std::nullopt;
    }
    (name == "start_date" ? window.first : window.last) = *date;
  }
  return window;
}

bool isInWindow(const Window &window, CivilDate first, const std::optional<CivilDate> &last,
                bool inside_only) {
  const bool begins_late_enough =
      !window.first || (inside_only ? first >= *window.first : !last || *last >= *window.first);
  const bool ends_early_enough =
      !window.last || (inside_only ? last && *last <= *window.last : first <= *window.last);
  return begins_late_enough && ends_early_enough;
}

std::string halfDayFlag(const Asked &asked, bool value) {
  if (asked.personio().behaviour.half_days_as_booleans) return value ? "true" : "false";
  return value ? "1" : "0";
}

std::string employeeReference(std::int64_t id) {
  return R"({"type":"Employee","attributes":{"id":)" + attributeJson("id", std::to_string(id), "integer") +
         "}}";
}

std::string timeOffJson(const Asked &asked, const TimeOff &time_off) {
  const TimeOffType *type = typeById(asked, time_off.type_id);
  const std::string type_attributes = R"({"id":)" + std::to_string(time_off.type_id) + R"(,"name":)" +
                                      quoted(type->name) + R"(,"category":)" +
                                      (type->category.empty() ? "null" : quoted(type->category)) + "}";
  ObjectText attributes(time_off.raw);
  attributes.number("id", time_off.id)
      .text("status", time_off.status)
      .text("comment", "")
      .text("start_date", kit::formatDate(time_off.first) + "T00:00:00+0100")
      .member("end_date", time_off.last ? quoted(kit::formatDate(*time_off.last) + "T00:00:00+0100") : "null")
      .member("days_count", hundredthsText(time_off.days_hundredths))
      .member("half_day_start", halfDayFlag(asked, time_off.half_day_start))
      .member("half_day_end", halfDayFlag(asked, time_off.half_day_end))
      .member("time_off_type", R"({"type":"TimeOffType","attributes":)" + type_attributes + "}")
      .member("employee", employeeReference(time_off.employee_id))
      .text("created_by", "API")
      .member("certificate", R"({"status":"not-required"})");
  return R"({"type":"TimeOffPeriod","attributes":)" + attributes.finish() + "}";
}

ServerReply timeOffs(const Asked &asked) {
  requireKnownParameters(
      asked.books, kServer, asked.endpoint, asked.request,
      {"start_date", "end_date", "updated_from", "updated_to", "employees[]", "limit", "offset"});
  const auto page = pageOf(asked, 200, 200);
  const auto window = windowOf(asked);
  if (!page || !window) return failure(400, 400, "Die Anfrage ist ungültig.");
  const auto &behaviour = asked.personio().behaviour;
  std::vector<std::string> rows;
  for (const auto &time_off : asked.personio().time_offs) {
    const bool of_asked =
        window->employees.empty() || window->employees.contains(std::to_string(time_off.employee_id));
    if (of_asked &&
        isInWindow(*window, time_off.first, time_off.last, behaviour.time_offs_inside_window_only)) {
      rows.push_back(timeOffJson(asked, time_off));
    }
  }
  return pagedByNumber(asked, *page, rows, behaviour.repeat_row_between_pages);
}

std::string hourlyJson(const Asked &asked, const HourlyAbsence &absence) {
  const TimeOffType *type = typeById(asked, absence.type_id);
  int total = 0;
  std::vector<std::string> breakdowns;
  for (const auto &day : absence.days) {
    total += day.minutes;
    breakdowns.push_back(R"({"date":)" + quoted(kit::formatDate(day.date)) + R"(,"effective_duration":)" +
                         std::to_string(day.minutes) + "}");
  }
  const std::string type_attributes = R"({"id":)" + quoted(typeUuid(absence.type_id)) + R"(,"name":)" +
                                      quoted(type->name) + R"(,"time_off_type_id":)" +
                                      std::to_string(absence.type_id) + "}";
  ObjectText attributes(absence.raw);
  attributes.text("id", absence.id)
      .text("measurement_unit", "hour")
      .number("effective_duration", total)
      .member("employee", employeeReference(absence.employee_id))
      .member("absence_type", R"({"type":"AbsenceType","attributes":)" + type_attributes + "}")
      .text("start", absence.start)
      .textOrNull("end", absence.end)
      .flag("half_day_start", false)
      .flag("half_day_end", false)
      .text("status", absence.status)
      .member("breakdowns", listOf(breakdowns));
  return R"({"type":"AbsencePeriod","attributes":)" + attributes.finish() + "}";
}

ServerReply absencePeriods(const Asked &asked) {
  requireKnownParameters(asked.books, kServer, asked.endpoint, asked.request,
                         {"start_date", "end_date", "updated_from", "updated_to", "employees[]",
                          "absence_types[]", "absence_periods[]", "limit", "offset"});
  const auto page = pageOf(asked, 200, 200);
  const auto window = windowOf(asked);
  if (!page || !window) return failure(400, 400, "Die Anfrage ist ungültig.");
  std::vector<std::string> rows;
  for (const auto &absence : asked.personio().hourly_absences) {
    const bool of_asked =
        window->employees.empty() || window->employees.contains(std::to_string(absence.employee_id));
    const auto first = kit::parseLeadingDate(absence.start);
    const auto last = kit::parseLeadingDate(absence.end);
    if (of_asked && first && isInWindow(*window, *first, last, false))
      rows.push_back(hourlyJson(asked, absence));
  }
  return pagedByNumber(asked, *page, rows, false);
}

ServerReply timeOffTypes(const Asked &asked) {
  requireKnownParameters(asked.books, kServer, asked.endpoint, asked.request, {"limit", "offset"});
  std::vector<std::string> rows;
  for (const auto &type : asked.personio().time_off_types) {
    if (!type.listed) continue;
    const RawMembers none;
    ObjectText attributes(none);
    attributes.number("id", type.id)
        .text("id_v2", typeUuid(type.id))
        .text("name", type.name)
        .textOrNull("category", type.category)
        .text("unit", type.unit == TimeOffType::Unit::hour ? "hour" : "day");
    rows.push_back(R"({"type":"TimeOffType","attributes":)" + attributes.finish() + "}");
  }
  return jsonReply(200, R"({"success":true,"data":)" + listOf(rows) + "}");
}

ServerReply balance(const Asked &asked, const std::string &employee_id) {
  requireKnownParameters(asked.books, kServer, asked.endpoint, asked.request, {});
  if (employeeById(asked, employee_id) == nullptr) return unknownEmployee();
  std::vector<std::string> rows;
  for (const auto &account : asked.personio().balances) {
    const TimeOffType *type = typeById(asked, account.type_id);
    if (std::to_string(account.employee_id) != employee_id || type == nullptr) continue;
    const RawMembers none;
    ObjectText row(none);
    row.number("id", account.type_id).text("name", type->name).textOrNull("category", type->category);
    row.member("balance", hundredthsText(account.balance_hundredths));
    if (account.available_hundredths)
      row.member("available_balance", hundredthsText(*account.available_hundredths));
    rows.push_back(row.finish());
  }
  return jsonReply(200, R"({"success":true,"data":)" + listOf(rows) + "}");
}

ServerReply attributeList(const Credentials &credentials) {
  std::vector<std::string> rows;
  for (const auto &key : credentials.readable_attributes) {
    rows.push_back(R"({"key":)" + quoted(key) + R"(,"label":)" + quoted(key) +
                   R"(,"type":"standard","universal_id":)" + quoted(key) + "}");
  }
  return jsonReply(200, R"({"success":true,"data":)" + listOf(rows) + "}");
}

ServerReply missingRight() {
  return failure(403, 0, "personio.core.api.exceptions.api.forbidden.http.exception");
}

std::string idIn(const std::string &path) {
  constexpr std::string_view start = "/v1/company/employees/";
  const std::string rest = path.substr(start.size());
  return rest.substr(0, rest.find('/'));
}

}  // namespace

const std::set<std::string> &employeeAttributes() {
  static const std::set<std::string> keys{
      "first_name",           "last_name",     "email",     "status",
      "weekly_working_hours", "work_schedule", "hire_date", "termination_date"};
  return keys;
}

ServerReply personioReply(Scenario &scenario, Books &books, const std::string &endpoint,
                          const ServerRequest &request) {
  const Asked asked{scenario, books, endpoint, request};
  if (request.path.find("secret") != std::string::npos) asked.complain("a secret in a URL");
  if (!books.limits["all"].admit(scenario.personio.behaviour.requests_per_minute, seconds(60)))
    return tooMany(asked);
  if (endpoint == "POST /v1/auth") return authenticate(asked);

  const bool is_absences = endpoint == "GET /v1/company/time-offs" ||
                           endpoint == "GET /v1/company/absence-periods" ||
                           endpoint == "GET /v1/company/time-off-types" ||
                           endpoint == "GET /v1/company/employees/{id}/absences/balance";
  const bool is_employees = endpoint == "GET /v1/company/employees" ||
                            endpoint == "GET /v1/company/employees/{id}" ||
                            endpoint == "GET /v1/company/employees/attributes";
  if (!is_absences && !is_employees) {
    asked.complain("there is no such endpoint");
    return failure(404, 404, "Es ist ein Problem aufgetreten ");
  }
  const Credentials *credentials = credentialsOf(asked);
  if (credentials == nullptr) return failure(401, 401, "Unauthenticated");
  if (is_absences && !credentials->may_read_absences) return missingRight();
  if (is_employees && !credentials->may_read_employees) return missingRight();

  if (endpoint == "GET /v1/company/time-offs") return timeOffs(asked);
  if (endpoint == "GET /v1/company/absence-periods") return absencePeriods(asked);
  if (endpoint == "GET /v1/company/time-off-types") return timeOffTypes(asked);
  if (endpoint == "GET /v1/company/employees/attributes") return attributeList(*credentials);
  if (endpoint == "GET /v1/company/employees") return employees(asked, *credentials);
  const std::string id = idIn(request.path);
  if (is_absences) return balance(asked, id);
  const Employee *employee = employeeById(asked, id);
  if (employee == nullptr) return unknownEmployee();
  return jsonReply(200, R"({"success":true,"data":)" + employeeJson(*employee, *credentials, {}) + "}");
}

}  // namespace roots::sandbox
