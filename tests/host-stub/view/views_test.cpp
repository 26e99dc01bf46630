// What people and programs get to see of a day.
#include "view/views.h"
#include "support/catch.h"
#include "support/dates.h"
#include "text_lines_search.h"

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

ViewContext context() {
  ViewContext context;
  context.today = day("2026-12-24");
  context.source_names = {{"roots.personio", "Personio"}, {"moco", "Moco"}, {"manual", "by hand"}};
  return context;
}

DayFacts fullTime() {
  DayFacts facts;
  facts.schedule = {ScheduledWeek{std::nullopt, {480, 480, 480, 480, 480, 0, 0}, false}};
  return facts;
}

Absence absenceOn(const std::string &date, Kind kind, Extent extent, int minutes = 0,
                  Effect effect = Effect::time_off, const std::string &label = "") {
  return {day(date), kind, extent, minutes, effect, date + label, label, "roots.personio"};
}

std::string explained(const std::string &date, const DayFacts &facts) {
  return explanation(overviewOf(day(date), facts), context());
}

std::string balance(Balance one) {
  return balanceText({{"roots.personio", "2026-11-24 10:30", {std::move(one)}}}, context()).text();
}

Balance vacationBalance(std::optional<int> available, std::optional<int> current, Unit unit = Unit::days,
                        const std::string &id = "301") {
  return {Kind::vacation, unit, available, current, id, "Urlaub"};
}

}  // namespace

TEST_CASE("a day is explained in one line", "[view]") {
  auto facts = fullTime();
  CHECK(explained("2026-12-23", facts) == "8:00 planned = 8:00");
  facts.holidays = {{day("2026-12-24"), Extent::second_half, "Heiligabend"}};
  facts.absences = {absenceOn("2026-12-24", Kind::vacation, Extent::first_half)};
  CHECK(explained("2026-12-24", facts) ==
        "8:00 planned − 4:00 half public holiday (Moco) − 4:00 vacation (½ day, Personio) = 0:00");
  facts.absences = {absenceOn("2026-12-24", Kind::vacation, Extent::second_half)};
  CHECK(explained("2026-12-24", facts) ==
        "8:00 planned − 4:00 half public holiday (Moco) = 4:00; vacation (½ day, Personio): covered already");
  facts.absences = {absenceOn("2026-12-23", Kind::other, Extent::minutes, 150, Effect::compensation,
                              "Überstundenausgleich")};
  CHECK(explained("2026-12-23", facts) ==
        "8:00 planned − 2:30 Überstundenausgleich (2:30 h, Personio) = 5:30");
  facts.absences = {
      absenceOn("2026-12-23", Kind::other, Extent::whole_day, 0, Effect::work_elsewhere, "Homeoffice")};
  CHECK(explained("2026-12-23", facts) == "8:00 planned = 8:00; Homeoffice (Personio) changes nothing");
  facts.absences = {absenceOn("2026-12-26", Kind::sick, Extent::whole_day)};
  CHECK(explained("2026-12-26", facts) == "0:00 planned = 0:00; sick leave (Personio): nothing was planned");
}

TEST_CASE("unknown days, estimates, and days outside employment are marked", "[view]") {
  auto facts = fullTime();
  facts.schedule[0].valid_from = day("2024-01-01");
  CHECK(explained("2023-12-29", facts) == "Unknown: no work schedule is known for 2023-12-29.");
  facts.schedule[0].is_estimate = true;
  CHECK(explained("2026-12-23", facts) == "8:00 planned (estimate) = 8:00");
  facts.employed_until = day("2026-04-15");
  CHECK(explained("2026-04-30", facts) == "0:00 planned (outside employment) = 0:00");
}

TEST_CASE("the calendar distinguishes kinds, halves, hours, public holidays, and home office without color",
          "[view]") {
  auto facts = fullTime();
  facts.absences = {
      absenceOn("2026-12-01", Kind::vacation, Extent::whole_day),
      absenceOn("2026-12-02", Kind::sick, Extent::first_half),
      absenceOn("2026-12-03", Kind::personal, Extent::second_half),
      absenceOn("2026-12-04", Kind::other, Extent::minutes, 150),
      absenceOn("2026-12-07", Kind::other, Extent::whole_day, 0, Effect::work_elsewhere, "Homeoffice")};
  facts.holidays = {{day("2026-12-25"), Extent::whole_day, "Weihnachten"},
                    {day("2026-12-24"), Extent::second_half, "Heiligabend"}};
  const auto days = overviewOf({day("2026-12-01"), day("2026-12-31")}, facts);
  const std::string plain = calendarText(day("2026-12-01"), days, context(), {false, 80}).text();
  for (const char *cell : {" 1 V", " 2 S◐", " 3 P◑", " 4 O2:30", " 7 ⌂", "[24]H◑", " 25 H "}) {
    INFO(cell << "\n" << plain);
    CHECK(contains(plain, cell));
  }
  CHECK_FALSE(contains(plain, "\x1b["));
  for (const char *meaning :
       {"Vacation\n", "Sick Leave, first half of the day", "Personal Time Off, second half of the day",
        "Other, hours", "Public Holiday\n", "work elsewhere (Homeoffice)"}) {
    INFO(meaning);
    CHECK(contains(plain, meaning));
  }
  const std::string coloured = calendarText(day("2026-12-01"), days, context(), {true, 80}).text();
  CHECK(contains(coloured, "\x1b[30;46mV\x1b[0m"));
  const DayFacts nothing = fullTime();
  CHECK(contains(calendarText(day("2026-11-01"), overviewOf({day("2026-11-01"), day("2026-11-30")}, nothing),
                              context(), {false, 80}),
                 "No absences and no public holidays"));
}

TEST_CASE("the sums of a week separate past days, today, and future days", "[view]") {
  auto facts = fullTime();
  facts.absences = {absenceOn("2026-12-23", Kind::vacation, Extent::whole_day)};
  facts.entries = {
      {"1", day("2026-12-21"), 8 * 3600 + 1800, "Sample GmbH", "Tools", "Development", "Review"}};
  const CivilDays week{day("2026-12-21"), day("2026-12-27")};
  const std::string text = timelineText(overviewOf(week, facts), context(), {false, 80}).text();
  CHECK(contains(text, " Week       to yesterday: booked 8:30   target 16:00   balance −7:30\n"));
  CHECK(contains(text, "            today: booked 0:00   target 8:00   balance −8:00\n"));
  CHECK(contains(text, "            ahead: target 8:00\n"));
  CHECK(contains(text, "target lower by 8:00: vacation"));
  CHECK(contains(text, "8:30  Sample GmbH · Tools · Development – Review"));
  CHECK(contains(text, "▶Thu 24 Dec"));
  CHECK(contains(text, " Fri 25 Dec ░░░░░░░░░░░░░░░░   0:00 of  8:00 \n"));  // ahead, so no balance
  CHECK_FALSE(contains(text, "Total"));
  // A week that is over has one sum, one that is to come no balance, and several weeks a sum of their own.
  auto later = context();
  later.today = day("2027-01-01");
  CHECK(contains(timelineText(overviewOf(week, facts), later, {false, 80}),
                 " Week       booked 8:30   target 32:00   balance −23:30\n"));
  auto earlier = context();
  earlier.today = day("2026-12-01");
  const auto ahead = timelineText(overviewOf(week, facts), earlier, {false, 80}).text();
  CHECK(contains(ahead, " Week       ahead: target 32:00   booked 8:30\n"));
  CHECK(contains(
      timelineText(overviewOf({day("2026-12-14"), day("2026-12-27")}, facts), context(), {false, 80}),
      " Total      to yesterday: booked 8:30   target 56:00   balance −47:30\n"));
}

TEST_CASE("JSON has the same sums, for a week, a month, and a year", "[view]") {
  auto facts = fullTime();
  facts.entries = {{"1", day("2026-12-21"), 8 * 3600, "c", "p", "t", "d"}};
  const auto days = overviewOf({day("2026-12-21"), day("2026-12-27")}, facts);
  for (const auto &json : {timelineJson(days, context()), calendarJson(day("2026-12-01"), days, context())}) {
    const auto document = kit::JsonDocument::parse(json);
    REQUIRE(document.ok());
    CHECK(document->root()["today"].asText() == "2026-12-24");
    const auto totals = document->root()["totals"];
    CHECK(totals["to_yesterday"]["days"].asInteger() == 3);
    CHECK(totals["to_yesterday"]["booked_minutes"].asInteger() == 480);
    CHECK(totals["to_yesterday"]["target_minutes"].asInteger() == 1440);
    CHECK(totals["to_yesterday"]["balance_minutes"].asInteger() == -960);
    CHECK(totals["today"]["balance_minutes"].asInteger() == -480);
    CHECK(totals["ahead"]["target_minutes"].asInteger() == 480);
    CHECK_FALSE(totals["ahead"]["balance_minutes"].exists());
  }
  const auto past = kit::JsonDocument::parse(
      timelineJson(overviewOf({day("2026-12-01"), day("2026-12-02")}, facts), context()));
  CHECK(past->root()["totals"]["today"].kind() == kit::JsonKind::null);
  CHECK(past->root()["totals"]["ahead"].kind() == kit::JsonKind::null);
}

TEST_CASE("data that was never fetched is unknown, not empty", "[view]") {
  auto facts = fullTime();
  facts.known = {std::vector<CivilDays>{}, std::vector<CivilDays>{}, std::vector<CivilDays>{}};
  const CivilDays week{day("2026-12-21"), day("2026-12-27")};
  const auto days = overviewOf(week, facts);
  const std::string text = timelineText(days, context(), {false, 80}).text();
  CHECK(contains(text, "Mon 21 Dec " + std::string(17, ' ') + "     – of  8:00       –"));
  CHECK(contains(text, "to yesterday: booked –   target 24:00   balance –"));
  CHECK_FALSE(contains(text, "−"));
  const auto document = kit::JsonDocument::parse(timelineJson(days, context()));
  const auto first = document->root()["days"].at(0);
  CHECK(first["booked_minutes"].kind() == kit::JsonKind::null);
  CHECK(first["balance_minutes"].kind() == kit::JsonKind::null);
  CHECK(first["absences_known"].asFlag() == false);
  CHECK(first["holidays_known"].asFlag() == false);
  CHECK(document->root()["totals"]["to_yesterday"]["booked_minutes"].kind() == kit::JsonKind::null);
  const std::string month = calendarText(day("2026-12-01"), days, context(), {false, 80}).text();
  CHECK_FALSE(contains(month, "No absences and no public holidays"));
  CHECK(contains(month, "Absences are not known."));
  CHECK(contains(month, "Public holidays are not known."));
}

TEST_CASE("sums show what they leave out", "[view]") {
  auto facts = fullTime();
  facts.schedule[0].valid_from = day("2026-12-22");
  facts.known.entries = std::vector<CivilDays>{{day("2026-12-01"), day("2026-12-22")}};
  facts.entries = {{"1", day("2026-12-21"), 3600, "c", "p", "t", "d"},
                   {"2", day("2026-12-22"), 7200, "c", "p", "t", "d"}};
  auto later = context();
  later.today = day("2027-01-01");
  const auto days = overviewOf({day("2026-12-21"), day("2026-12-24")}, facts);
  CHECK(contains(
      timelineText(days, later, {false, 80}),
      "booked 3:00   target 24:00   balance −6:00   (left out: 2 days without booked time, 1 day without "
      "schedule)"));
  const auto document = kit::JsonDocument::parse(timelineJson(days, later));
  const auto total = document->root()["totals"]["to_yesterday"];
  CHECK(total["days_without_booked"].asInteger() == 2);
  CHECK(total["days_without_target"].asInteger() == 1);
  CHECK(total["days_without_balance"].asInteger() == 3);
  CHECK(total["balance_minutes"].asInteger() == -360);
}

TEST_CASE("without Moco, the reason is shown once", "[view]") {
  auto without = context();
  without.moco_is_connected = false;
  const DayFacts facts = fullTime();
  const auto days = overviewOf({day("2026-12-21"), day("2026-12-21")}, facts);
  CHECK(contains(timelineText(days, without, {false, 80}),
                 "Moco is not connected, so booked time and public holidays are not known.\n"));
}

TEST_CASE("the timeline as JSON has the documented shape", "[view]") {
  auto facts = fullTime();
  facts.absences = {
      absenceOn("2026-12-23", Kind::vacation, Extent::first_half, 0, Effect::time_off, "Urlaub")};
  facts.holidays = {{day("2026-12-24"), Extent::second_half, "Heiligabend"}};
  facts.entries = {{"8801", day("2026-12-23"), 12030, "c", "p", "t", "d"}};
  auto with = context();
  with.stale_since = "2026-12-20T10:00:00Z";
  const auto document =
      kit::JsonDocument::parse(timelineJson(overviewOf({day("2026-12-23"), day("2026-12-24")}, facts), with));
  REQUIRE(document.ok());
  const auto root = document->root();
  CHECK(root["from"].asText() == "2026-12-23");
  CHECK(root["to"].asText() == "2026-12-24");
  CHECK(root["stale_since"].asText() == "2026-12-20T10:00:00Z");
  const auto first = root["days"].at(0);
  CHECK(first["scheduled_minutes"].asInteger() == 480);
  CHECK(first["target_minutes"].asInteger() == 240);
  CHECK(first["booked_minutes"].asInteger() == 200);
  CHECK(first["balance_minutes"].asInteger() == -40);
  CHECK(first["absences"].at(0)["kind"].asText() == "vacation");
  CHECK(first["absences"].at(0)["extent"].asText() == "first_half");
  CHECK(first["entries"].at(0)["id"].asText() == "8801");
  CHECK(first["entries"].at(0)["minutes"].asInteger() == 200);
  CHECK(root["days"].at(1)["holidays"].at(0)["extent"].asText() == "second_half");
}

TEST_CASE("balances are Personio's numbers unchanged, hours as hours, nothing calculated",
          "[view][balance]") {
  CHECK(contains(balance(vacationBalance(983, 1833)), "9.83 days left, planned leave deducted"));
  CHECK(contains(balance(vacationBalance({}, 1250)), "12.5 days, planned leave not deducted"));
  CHECK(contains(balance(vacationBalance(1250, {}, Unit::hours)), "12:30 h left"));
  CHECK(contains(balance(vacationBalance(833, {}, Unit::hours)), "8.33 h left"));  // no rounding lie
  CHECK(contains(
      balanceText(
          {{"roots.personio", "", {vacationBalance(2000, {}), vacationBalance(300, {}, Unit::days, "2")}}},
          context()),
      "Vacation in all: 23 days left"));
  CHECK_FALSE(contains(
      balanceText(
          {{"roots.personio", "", {vacationBalance(2000, {}), vacationBalance(300, {}, Unit::hours, "2")}}},
          context()),
      "in all"));
  CHECK(contains(balance(vacationBalance(-150, {})), "−1.5 days left"));
  CHECK(contains(balanceText({{"roots.personio", "", {}}}, context()), "Personio holds no balance for you"));
  CHECK(contains(balance(vacationBalance(983, 1833)), "Expiry dates"));
  CHECK_FALSE(contains(balance(vacationBalance(1250, {}, Unit::hours)), "Expiry dates"));
  CHECK(contains(balance(vacationBalance(983, 1833)), "as of 2026-11-24 10:30"));
}

TEST_CASE("durations have hours and minutes, and a minus sign", "[view]") {
  CHECK(formatMinutes(450) == "7:30");
  CHECK(formatMinutes(-90) == "−1:30");
  CHECK(formatMinutes(0) == "0:00");
  CHECK(formatMinutes(5) == "0:05");
}
