// Every documented or observed reply of Personio that has a name, and what the plugin makes of it. The
// replies and the outcomes are in fixtures/personio/named_examples.json.
#include "absences/absence_days.h"
#include "absences/breakdown_minutes.h"
#include "absences/day_span.h"
#include "absences/period_span.h"
#include "api/reply_decisions.h"
#include "plugin/personio_replies.h"
#include "replies/json_reader.h"
#include "replies/personio_json.h"
#include "replies/weekly_minutes.h"
#include "support/catch.h"
#include "support/generated_table.h"

#include <set>
#include <string>
#include <vector>

using namespace roots;
using namespace roots::personio;
using namespace roots::personio::tests;

namespace {

constexpr const char *kErika = "4711";

std::string failureOf(const Error &error) {
  const char *const statuses[] = {"ok",
                                  "cancelled",
                                  "invalid setting",
                                  "sign-in failed",
                                  "access missing",
                                  "person not found",
                                  "try later",
                                  "unexpected reply"};
  return statuses[static_cast<int>(error.status)];
}

std::string spanText(const DaySpan &span) {
  const char *const extents[] = {"", "", "/first half", "/second half", "/half"};
  std::string text =
      kit::formatDate(span.first) + extents[1 + static_cast<int>(span.first_day) - ROOTS_WHOLE_DAY];
  if (!span.last) return text + " ... no end";
  if (span.last == span.first) return text;
  return text + " ... " + kit::formatDate(*span.last) +
         extents[1 + static_cast<int>(span.last_day) - ROOTS_WHOLE_DAY];
}

std::string minutesText(const std::vector<MinutesOnDay> &days) {
  std::string text;
  for (const MinutesOnDay &day : days)
    text += (text.empty() ? "" : ", ") + kit::formatDate(day.date) + " " + std::to_string(day.minutes) +
            " minutes";
  return text;
}

template <class Absence, class TextOf>
std::string rowsText(const Result<Page<AbsenceRow<Absence>>> &page, TextOf textOf) {
  if (!page) return page.error().message;
  std::string text;
  for (const AbsenceRow<Absence> &row : page->items) {
    if (!text.empty()) text += "; ";
    text += row.status == RowStatus::not_approved ? "not approved"
            : row.absence                         ? textOf(*row.absence)
                                                  : "of somebody else";
  }
  if (!page->next_cursor.empty()) text += " (more at " + page->next_cursor + ")";
  return text.empty() ? "none" : text;
}

std::string employeesText(const std::string &body) {
  const auto page = readEmployees(body);
  if (!page) return page.error().message;
  std::string text;
  for (const Employee &employee : page->items) {
    text += employee.id + " " + employee.first_name + " " + employee.last_name + " <" +
            employee.email.value_or(employee.email_sent ? "none" : "not sent") + ">, ";
    const auto week = weekOf(employee);
    if (!week) {
      text += failureOf(week.error());
      continue;
    }
    for (const int minutes : week->minutes) text += std::to_string(minutes) + " ";
    text += week->is_estimate ? "estimated" : "as told";
  }
  return text.empty() ? "none" : text;
}

std::string balancesText(const std::string &body) {
  const auto page = readBalances(body);
  if (!page) return page.error().message;
  std::string text;
  const auto amount = [](const std::optional<std::int64_t> &value) {
    return value ? std::to_string(*value) : std::string("unknown");
  };
  for (const TypeBalance &balance : page->items)
    text += (text.empty() ? "" : "; ") + balance.type_id + " " + balance.type.name + ": " +
            amount(balance.balance_hundredths) + ", available " +
            amount(balance.available_balance_hundredths);
  return text.empty() ? "none" : text;
}

std::string typesText(const Result<Page<TimeOffType>> &page) {
  if (!page) return page.error().message;
  std::string text;
  for (const TimeOffType &type : page->items)
    text += (text.empty() ? "" : "; ") + type.type.name + " (" + type.type.category.value_or("no category") +
            ", " + (type.unit == TypeUnit::days ? "days" : "hours") + ")";
  return text;
}

std::string breakdownsText(const std::string &body) {
  const auto page = readBreakdownsV2(body);
  if (!page) return page.error().message;
  if (areHours(page->items)) return minutesText(minutesOf(page->items).value());
  std::string text;
  for (const BreakdownV2 &part : page->items)
    text += (text.empty() ? "" : ", ") + kit::formatDate(part.date) + " " + std::to_string(part.hundredths);
  return text;
}

std::string timeOffText(const TimeOff &time_off) {
  const auto span = spanOf(time_off);
  return span ? spanText(*span) : span.error().message;
}

std::string periodText(const PeriodV2 &period) {
  const bool in_hours = !period.start.at_midnight;
  if (in_hours) return "hours on " + kit::formatDate(period.start.date);
  const auto span = spanOf(period, false);
  return span ? spanText(*span) : span.error().message;
}

std::string tokenText(const Result<Token> &token) {
  if (!token) return failureOf(token.error());
  return "token for " + std::to_string(token->lifetime.count()) + " s, scope \"" + token->scope + "\"";
}

// Whether the body is that of a list at all.
Result<Page<int>> readWithoutRows(const Endpoint &endpoint, std::string body) {
  const auto rest = parseRows(endpoint, std::move(body), [](const kit::JsonElement &) {});
  if (!rest) return rest.error();
  Page<int> page;
  page.failure_code = failureCode(*rest);
  return page;
}

// What the plugin makes of a reply, in words.
std::string outcomeOf(const std::string &endpoint, const kit::HttpReply &reply) {
  if (endpoint == "POST /v1/auth") return tokenText(readSignInReplyV1(reply));
  if (endpoint == "POST /v2/auth/token")
    return decidesSignIn(reply) ? tokenText(readSignInReplyV2(reply)) : "signs in by v1";

  const Endpoint *const asked[] = {&kEmployees,    &kTimeOffs,          &kAbsencePeriods,
                                   &kTimeOffTypes, &kBalanceOfEmployee, &kAbsencePeriodsV2,
                                   &kBreakdownsV2, &kAbsenceTypesV2};
  const Endpoint *known = nullptr;
  for (const Endpoint *candidate : asked)
    if (candidate->name == endpoint) known = candidate;
  const Endpoint other{endpoint, "?", {}};
  const Endpoint &one = known != nullptr ? *known : other;
  const auto whole =
      readList(one, reply, [&](std::string body) { return readWithoutRows(one, std::move(body)); });
  if (!whole) return failureOf(whole.error());
  if (known == nullptr) return "understood, never asked for";
  if (known == &kEmployees) return employeesText(reply.body);
  if (known == &kTimeOffs) return rowsText(readTimeOffs(reply.body, kErika), timeOffText);
  if (known == &kAbsencePeriods) {
    return rowsText(readAbsencePeriods(reply.body, kErika),
                    [](const AbsencePeriod &period) { return minutesText(period.days); });
  }
  if (known == &kTimeOffTypes) return typesText(readTimeOffTypes(reply.body));
  if (known == &kBalanceOfEmployee) return balancesText(reply.body);
  if (known == &kAbsencePeriodsV2) return rowsText(readPeriodsV2(reply.body, kErika), periodText);
  if (known == &kBreakdownsV2) return breakdownsText(reply.body);
  return typesText(readAbsenceTypesV2(reply.body));
}

// The document with the member at a JSON pointer replaced; texts, numbers and the like by an object, objects
// and lists by a number.
void writeWith(kit::JsonWriter &writer, kit::JsonView view, const std::string &place,
               const std::string &replaced) {
  if (place == replaced) {
    const bool has_members = view.isObject() || view.isArray();
    if (has_members)
      writer.integer(7);
    else
      writer.beginObject().integer("x", 1).endObject();
  } else if (view.isObject()) {
    writer.beginObject();
    for (std::size_t index = 0; index < view.size(); ++index) {
      const std::string name(view.memberName(index));
      writer.name(name);
      writeWith(writer, view.memberValue(index), place + "/" + name, replaced);
    }
    writer.endObject();
  } else if (view.isArray()) {
    writer.beginArray();
    for (std::size_t index = 0; index < view.size(); ++index)
      writeWith(writer, view.at(index), place + "/" + std::to_string(index), replaced);
    writer.endArray();
  } else {
    writer.copy(view);
  }
}

// The JSON pointers of all members; of a list only its first row, for the others are alike.
void addPlaces(kit::JsonView view, const std::string &place, std::vector<std::string> &places) {
  if (!place.empty()) places.push_back(place);
  if (view.isArray() && view.size() > 0) addPlaces(view.at(0), place + "/0", places);
  for (std::size_t index = 0; view.isObject() && index < view.size(); ++index)
    addPlaces(view.memberValue(index), place + "/" + std::string(view.memberName(index)), places);
}

void addTo(std::string &list, const std::string &place) {
  list += (list.empty() ? "`" : ", `") + place + "`";
}

// "| endpoint | refused | treated as missing |"
std::string wrongTypesRow(const std::string &endpoint, kit::JsonView body) {
  const std::string usual = outcomeOf(endpoint, {200, {}, kit::JsonDocument::textOf(body)});
  std::vector<std::string> places;
  addPlaces(body, "", places);
  std::string refused;
  std::string missing;
  for (const std::string &place : places) {
    CAPTURE(endpoint, place);
    kit::JsonWriter writer;
    writeWith(writer, body, "", place);
    const std::string outcome = outcomeOf(endpoint, {200, {}, writer.finish()});
    const bool is_refused = outcome.find("not understood") != std::string::npos ||
                            outcome == "unexpected reply" || outcome == "sign-in failed";
    // A refusal names the member, or one that it belongs to or holds.
    if (outcome.find("not understood") != std::string::npos) {
      const std::size_t start = outcome.find("understood: ") + 12;
      const std::string named = outcome.substr(start, outcome.find(" is ", start) - start);
      CHECK((place.starts_with(named) || named.starts_with(place)));
    }
    if (outcome != usual) addTo(is_refused ? refused : missing, place);
  }
  return "| `" + endpoint + "` | " + refused + " | " + missing + " |\n";
}

}  // namespace

TEST_CASE("a member of a wrong type is an error that names it, or treated as not sent", "[examples]") {
  const auto examples = kit::JsonDocument::parse(fixture("named_examples.json"));
  REQUIRE(examples.ok());
  std::string table = "| request | refused | treated as missing |\n|---|---|---|\n";
  std::set<std::string> done;  // the first successful example of each
  for (std::size_t index = 0; index < examples->root().size(); ++index) {
    const kit::JsonView example = examples->root().at(index);
    const std::string endpoint = example["endpoint"].textOrEmpty();
    const bool is_asked = example["outcome"].textOrEmpty() != "understood, never asked for";
    if (example["status"].asInteger() != 200 || !is_asked || !done.insert(endpoint).second) continue;
    table += wrongTypesRow(endpoint, example["body"]);
  }
  roots::test::compareWithTable("tests/tables/wrong-types.md", table);
}

TEST_CASE("every named example of Personio's replies has the recorded outcome", "[examples]") {
  const auto examples = kit::JsonDocument::parse(fixture("named_examples.json"));
  REQUIRE(examples.ok());
  REQUIRE(examples->root().size() == 120);
  for (std::size_t index = 0; index < examples->root().size(); ++index) {
    const kit::JsonView example = examples->root().at(index);
    const std::string endpoint = example["endpoint"].textOrEmpty();
    const int status = static_cast<int>(example["status"].asInteger().value());
    CAPTURE(endpoint, status, example["name"].textOrEmpty());
    const kit::HttpReply reply{status,
                               {{"Content-Type", example["content_type"].textOrEmpty()}},
                               kit::JsonDocument::textOf(example["body"])};
    CHECK(outcomeOf(endpoint, reply) == example["outcome"].textOrEmpty());
  }
}
