// What people and programs get to see of a day.
#include "view/views.h"
#include "support/catch.h"

using namespace roots;
using namespace roots::host;

namespace {

CivilDate day(const std::string &text) { return *kit::parseDate(text); }

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

Absence absence(const std::string &date, Kind kind, Extent extent, int minutes = 0,
                Effect effect = Effect::time_off, const std::string &label = "") {
  return {day(date), kind, extent, minutes, effect, date + label, label, "roots.personio"};
}

std::string explained(const std::string &date, const DayFacts &facts) {
  return explanation(overviewOf(day(date), facts), context());
}

bool holds(const std::string &text, const std::string &part) { return text.find(part) != std::string::npos; }

std::string balance(Balance one) {
  return balanceText({{"roots.personio", "2026-11-24 10:30", {std::move(one)}}}, context());
}

Balance vacation(std::optional<int> available, std::optional<int> current, Unit unit = Unit::days,
                 const std::string &id = "301") {
  return {Kind::vacation, unit, available, current, id, "Urlaub"};
}

}  // namespace

TEST_CASE("a day explains itself in one line", "[view]") {
  auto facts = fullTime();
  CHECK(explained("2026-12-23", facts) == "8:00 planned = 8:00");
  facts.holidays = {{day("2026-12-24"), Extent::second_half, "Heiligabend"}};
  facts.absences = {absence("2026-12-24", Kind::vacation, Extent::first_half)};
  CHECK(explained("2026-12-24", facts) ==
        "8:00 planned − 4:00 half public holiday (Moco) − 4:00 vacation (½ day, Personio) = 0:00");
  facts.absences = {absence("2026-12-24", Kind::vacation, Extent::second_half)};
  CHECK(explained("2026-12-24", facts) ==
        "8:00 planned − 4:00 half public holiday (Moco) = 4:00; vacation (½ day, Personio): covered already");
  facts.absences = {
      absence("2026-12-23", Kind::other, Extent::minutes, 150, Effect::compensation, "Überstundenausgleich")};
  CHECK(explained("2026-12-23", facts) ==
        "8:00 planned − 2:30 Überstundenausgleich (2:30 h, Personio) = 5:30");
  facts.absences = {
      absence("2026-12-23", Kind::other, Extent::whole_day, 0, Effect::work_elsewhere, "Homeoffice")};
  CHECK(explained("2026-12-23", facts) == "8:00 planned = 8:00; Homeoffice (Personio) changes nothing");
  facts.absences = {absence("2026-12-26", Kind::sick, Extent::whole_day)};
  CHECK(explained("2026-12-26", facts) == "0:00 planned = 0:00; sick leave (Personio): nothing was planned");
}

TEST_CASE("what is unknown, estimated or outside employment is said", "[view]") {
  auto facts = fullTime();
  facts.schedule[0].valid_from = day("2024-01-01");
  CHECK(explained("2023-12-29", facts) == "Unknown: no work schedule is known for 2023-12-29.");
  facts.schedule[0].is_estimate = true;
  CHECK(explained("2026-12-23", facts) == "8:00 planned (estimate) = 8:00");
  facts.employed_until = day("2026-04-15");
  CHECK(explained("2026-04-30", facts) == "0:00 planned (outside employment) = 0:00");
}

TEST_CASE("the calendar tells kinds, halves, hours, holidays and home office apart without colour",
          "[view]") {
  auto facts = fullTime();
  facts.absences = {
      absence("2026-12-01", Kind::vacation, Extent::whole_day),
      absence("2026-12-02", Kind::sick, Extent::first_half),
      absence("2026-12-03", Kind::personal, Extent::second_half),
      absence("2026-12-04", Kind::other, Extent::minutes, 150),
      absence("2026-12-07", Kind::other, Extent::whole_day, 0, Effect::work_elsewhere, "Homeoffice")};
  facts.holidays = {{day("2026-12-25"), Extent::whole_day, "Weihnachten"},
                    {day("2026-12-24"), Extent::second_half, "Heiligabend"}};
  const auto days = overviewOf({day("2026-12-01"), day("2026-12-31")}, facts);
  const std::string plain = calendarText(day("2026-12-01"), days, context(), {false, 80});
  for (const char *cell : {" 1 V", " 2 S◐", " 3 P◑", " 4 O2:30", " 7 ⌂", "[24]H◑", " 25 H "}) {
    INFO(cell << "\n" << plain);
    CHECK(holds(plain, cell));
  }
  CHECK_FALSE(holds(plain, "\x1b["));
  for (const char *meaning :
       {"Vacation\n", "Sick Leave, first half of the day", "Personal Time Off, second half of the day",
        "Other, hours", "Public Holiday\n", "work elsewhere (Homeoffice)"}) {
    INFO(meaning);
    CHECK(holds(plain, meaning));
  }
  const std::string coloured = calendarText(day("2026-12-01"), days, context(), {true, 80});
  CHECK(holds(coloured, "\x1b[30;46mV\x1b[0m"));
  const DayFacts nothing = fullTime();
  CHECK(holds(calendarText(day("2026-11-01"), overviewOf({day("2026-11-01"), day("2026-11-30")}, nothing),
                           context(), {false, 80}),
              "No absences and no public holidays"));
}

TEST_CASE("the timeline gives the sums of a week and what lowered the target", "[view]") {
  auto facts = fullTime();
  facts.absences = {absence("2026-12-23", Kind::vacation, Extent::whole_day)};
  facts.entries = {
      {"1", day("2026-12-21"), 8 * 3600 + 1800, "Sample GmbH", "Tools", "Development", "Review"}};
  const std::string text =
      timelineText(overviewOf({day("2026-12-21"), day("2026-12-27")}, facts), context(), {false, 80});
  CHECK(holds(text, "booked 8:30   target 32:00   balance −23:30"));
  CHECK(holds(text, "target lower by 8:00: vacation"));
  CHECK(holds(text, "8:30  Sample GmbH · Tools · Development – Review"));
  CHECK(holds(text, "▶Thu 24 Dec"));
}

TEST_CASE("the timeline for programs has the agreed shape", "[view]") {
  auto facts = fullTime();
  facts.absences = {absence("2026-12-23", Kind::vacation, Extent::first_half, 0, Effect::time_off, "Urlaub")};
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

TEST_CASE("balance vectors: Personio's number as it is, hours as hours, nothing invented",
          "[view][balance]") {
  CHECK(holds(balance(vacation(983, 1833)), "9.83 days left, planned leave deducted"));  // B01
  CHECK(holds(balance(vacation({}, 1250)), "12.5 days, planned leave not deducted"));    // B02
  CHECK(holds(balance(vacation(1250, {}, Unit::hours)), "12:30 h left"));                // B03
  CHECK(holds(balance(vacation(833, {}, Unit::hours)), "8.33 h left"));                  // no rounding lie
  CHECK(holds(balanceText({{"roots.personio", "", {vacation(2000, {}), vacation(300, {}, Unit::days, "2")}}},
                          context()),
              "Vacation in all: 23 days left"));  // B04
  CHECK_FALSE(
      holds(balanceText({{"roots.personio", "", {vacation(2000, {}), vacation(300, {}, Unit::hours, "2")}}},
                        context()),
            "in all"));
  CHECK(holds(balance(vacation(-150, {})), "−1.5 days left"));  // B05
  CHECK(holds(balanceText({{"roots.personio", "", {}}}, context()),
              "Personio holds no balance for you"));                         // B06
  CHECK(holds(balance(vacation(983, 1833)), "Whether part of it expires"));  // B07
  CHECK_FALSE(holds(balance(vacation(1250, {}, Unit::hours)), "Whether part of it expires"));
  CHECK(holds(balance(vacation(983, 1833)), "as of 2026-11-24 10:30"));
}

TEST_CASE("durations have hours and minutes, and a real minus", "[view]") {
  CHECK(formatMinutes(450) == "7:30");
  CHECK(formatMinutes(-90) == "−1:30");
  CHECK(formatMinutes(0) == "0:00");
  CHECK(formatMinutes(5) == "0:05");
}
