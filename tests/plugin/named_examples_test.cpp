// Every documented or observed reply of Personio that has a name, and what the plugin makes of it. The
// replies and the outcomes stand side by side in fixtures/personio/named_examples.json.
#include "absence_days.h"
#include "breakdown_minutes.h"
#include "day_span.h"
#include "period_span.h"
#include "personio_json.h"
#include "plugin/personio_replies.h"
#include "reply_decisions.h"
#include "support/catch.h"
#include "weekly_minutes.h"

#include <sstream>

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
    text += row.standing == Standing::not_approved ? "not approved"
            : row.absence                          ? textOf(*row.absence)
                                                   : "of somebody else";
  }
  if (!page->next_cursor.empty()) text += " (more at " + page->next_cursor + ")";
  return text.empty() ? "none" : text;
}

std::string employeesText(const kit::JsonDocument &document) {
  const auto page = readEmployees(document);
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

std::string balancesText(const kit::JsonDocument &document) {
  const auto page = readBalances(document);
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

std::string breakdownsText(const kit::JsonDocument &document) {
  const auto page = readBreakdownsV2(document);
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

// What the plugin makes of a reply, in words.
std::string outcomeOf(const std::string &endpoint, const kit::HttpReply &reply) {
  if (endpoint == "POST /v1/auth") return tokenText(tokenFromV1(reply));
  if (endpoint == "POST /v2/auth/token")
    return answersSignIn(reply) ? tokenText(tokenFromV2(reply)) : "signs in by v1";

  const Endpoint *const asked[] = {&kEmployees,    &kTimeOffs,          &kAbsencePeriods,
                                   &kTimeOffTypes, &kBalanceOfEmployee, &kAbsencePeriodsV2,
                                   &kBreakdownsV2, &kAbsenceTypesV2};
  const Endpoint *known = nullptr;
  for (const Endpoint *candidate : asked) {
    if (candidate->name == endpoint) known = candidate;
  }
  const Endpoint other{endpoint, "?"};
  const auto document = documentFrom(known != nullptr ? *known : other, reply);
  if (!document) return failureOf(document.error());
  if (known == nullptr) return "understood, never asked for";
  if (known == &kEmployees) return employeesText(*document);
  if (known == &kTimeOffs) return rowsText(readTimeOffs(*document, kErika), timeOffText);
  if (known == &kAbsencePeriods) {
    return rowsText(readAbsencePeriods(*document, kErika),
                    [](const AbsencePeriod &period) { return minutesText(period.days); });
  }
  if (known == &kTimeOffTypes) return typesText(readTimeOffTypes(*document));
  if (known == &kBalanceOfEmployee) return balancesText(*document);
  if (known == &kAbsencePeriodsV2) return rowsText(readPeriodsV2(*document, kErika), periodText);
  if (known == &kBreakdownsV2) return breakdownsText(*document);
  return typesText(readAbsenceTypesV2(*document));
}

}  // namespace

TEST_CASE("every named example of Personio's replies has the outcome that stands beside it", "[examples]") {
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
