#include "plugin/personio_replies.h"
#include "replies/personio_json.h"
#include "support/catch.h"

using namespace roots;
using namespace roots::personio;
using namespace roots::personio::tests;

namespace {

Result<Page<AbsenceRow<AbsencePeriod>>> periodsIn(const std::string &text) {
  return readAbsencePeriods(std::string(text), "4711");
}

Result<AbsencePeriod> periodIn(const std::string &rest) {
  const auto page = periodsIn(list({absencePeriod("p-1", rest)}));
  if (!page) return page.error();
  REQUIRE(page->items.size() == 1);
  REQUIRE(page->items[0].absence.has_value());
  return *page->items[0].absence;
}

// "2026-07-02:150"
std::string hourlyDaysOf(const std::string &rest) {
  const auto period = periodIn(rest);
  if (!period) return "error";
  std::string text;
  for (const MinutesOnDay &day : period->days)
    text += (text.empty() ? "" : " ") + kit::formatDate(day.date) + ":" + std::to_string(day.minutes);
  return text;
}

}  // namespace

TEST_CASE("an hourly absence is its minutes on the day of its breakdown", "[hourly_json]") {
  CHECK(hourlyDaysOf("'effective_duration':150," + breakdowns({{"2026-07-02", 150}})) == "2026-07-02:150");
}

TEST_CASE("an hourly absence of whole days is on the local days, whatever its half-day flags say",
          "[hourly_json]") {
  CHECK(hourlyDaysOf("'start':'2026-05-31T22:00:00.0Z','end':'2026-06-02T22:00:00.0Z','half_day_start':true,"
                     "'effective_duration':960," +
                     breakdowns({{"2026-06-01", 480}, {"2026-06-02", 480}})) ==
        "2026-06-01:480 2026-06-02:480");
}

TEST_CASE("defect 34: an absence that crosses midnight in universal time stays on its local day",
          "[hourly_json]") {
  CHECK(hourlyDaysOf(
            "'start':'2026-06-30T22:00:00.0Z','end':'2026-07-01T22:00:00.0Z','effective_duration':480," +
            breakdowns({{"2026-07-01", 480}})) == "2026-07-01:480");
}

TEST_CASE("a breakdown of zero is no absence on that day", "[hourly_json]") {
  CHECK(hourlyDaysOf(breakdowns({{"2026-07-04", 0}, {"2026-07-06", 60}})) == "2026-07-06:60");
}

TEST_CASE("the same date twice in a breakdown adds up", "[hourly_json]") {
  CHECK(hourlyDaysOf(breakdowns({{"2026-07-02", 60}, {"2026-07-01", 30}, {"2026-07-02", 90}})) ==
        "2026-07-01:30 2026-07-02:150");
}

TEST_CASE("durations are minutes with every known unit, and other units are an error", "[hourly_json]") {
  for (const char *unit : {"hour", "hours", "minutes", "minute", ""}) {
    std::string row = absencePeriod("p-1", breakdowns({{"2026-07-02", 150}}));
    row.replace(row.find("'measurement_unit':'hour'"), 25, "'measurement_unit':'" + std::string(unit) + "'");
    const auto page = periodsIn(list({row}));
    REQUIRE(page.ok());
    CHECK(page->items[0].absence->days[0].minutes == 150);
  }
  std::string row = absencePeriod("p-1", breakdowns({{"2026-07-02", 1}}));
  row.replace(row.find("'measurement_unit':'hour'"), 25, "'measurement_unit':'day'");
  const auto page = periodsIn(list({row}));
  REQUIRE_FALSE(page.ok());
  CHECK(page.error().message.find("/data/0/attributes/measurement_unit ") != std::string::npos);
}

TEST_CASE("the type may be nested or flat", "[hourly_json]") {
  const auto nested = periodIn(breakdowns({{"2026-07-02", 150}}));
  REQUIRE(nested.ok());
  CHECK(nested->type_name == "Ausgleich");
  CHECK(nested->time_off_type_id == "302");
  CHECK(nested->time_off_type_id_v2 == "7c-302");
  const std::string flat = "{'attributes':{'id':'p-2','status':'approved'," + kOwner +
                           ",'absence_type':{'id':'7c-303','name':'Arzt','time_off_type_id':303}," +
                           breakdowns({{"2026-07-02", 60}}) + "}}";
  const auto page = periodsIn(list({flat}));
  REQUIRE(page.ok());
  CHECK(page->items[0].absence->type_name == "Arzt");
  CHECK(page->items[0].absence->time_off_type_id == "303");
}

TEST_CASE("without breakdowns the day is derived only where it is certain", "[hourly_json]") {
  const std::string minutes = ",'effective_duration':150";
  CHECK(hourlyDaysOf(
            "'start':'2026-07-02T12:00:00.0Z','end':'2026-07-02T14:30:00.0Z','timezone':'Europe/Berlin'" +
            minutes) == "2026-07-02:150");
  CHECK(hourlyDaysOf("'start':'2026-07-02T14:00:00+02:00','end':'2026-07-02T16:30:00+0200'" + minutes) ==
        "2026-07-02:150");
  // 22:00 to 00:30 in Berlin: two days.
  CHECK(hourlyDaysOf(
            "'start':'2026-07-02T20:00:00.0Z','end':'2026-07-02T22:30:00.0Z','timezone':'Europe/Berlin'" +
            minutes) == "error");
  CHECK(hourlyDaysOf(
            "'start':'2026-07-02T20:00:00.0Z','end':'2026-07-02T21:30:00.0Z','timezone':'Europe/Berlin'" +
            minutes) == "2026-07-02:150");
  CHECK(hourlyDaysOf(
            "'start':'2026-07-01T22:30:00.0Z','end':'2026-07-02T01:00:00.0Z','timezone':'Europe/Berlin'" +
            minutes) == "2026-07-02:150");
  CHECK(hourlyDaysOf(
            "'start':'2026-07-02T12:00:00.0Z','end':'2026-07-02T14:30:00.0Z','timezone':'Pacific/Auckland'" +
            minutes) == "2026-07-03:150");
  // A midnight of universal time is a moment like any other here.
  CHECK(hourlyDaysOf(
            "'start':'2026-07-02T00:00:00Z','end':'2026-07-02T02:30:00Z','timezone':'America/New_York'" +
            minutes) == "2026-07-01:150");
  // A whole day ends on the midnight after it.
  CHECK(
      hourlyDaysOf("'start':'2026-07-01T22:00:00Z','end':'2026-07-02T22:00:00Z','timezone':'Europe/Berlin'" +
                   minutes) == "2026-07-02:150");
  // On a computer without this zone only what holds in all of Europe is certain.
  CHECK(hourlyDaysOf(
            "'start':'2026-07-02T12:00:00.0Z','end':'2026-07-02T14:30:00.0Z','timezone':'Europe/Atlantis'" +
            minutes) == "2026-07-02:150");
  CHECK(hourlyDaysOf(
            "'start':'2026-07-02T20:00:00.0Z','end':'2026-07-02T21:30:00.0Z','timezone':'Europe/Atlantis'" +
            minutes) == "error");
  CHECK(hourlyDaysOf(
            "'start':'2026-07-02T12:00:00.0Z','end':'2026-07-02T14:30:00.0Z','timezone':'Pacific/Atlantis'" +
            minutes) == "error");
  CHECK(hourlyDaysOf("'start':'2026-07-02T12:00:00.0Z','end':'2026-07-02T14:30:00.0Z'" + minutes) == "error");
  CHECK(hourlyDaysOf("'start':'2026-07-02T14:00:00+02:00','end':'2026-07-03T16:30:00+0200'" + minutes) ==
        "error");
  CHECK(hourlyDaysOf("'start':'2026-07-02T12:00:00.0Z','end':null,'timezone':'Europe/Berlin'" + minutes) ==
        "error");
}

TEST_CASE("invalid breakdowns are an error that names the place", "[hourly_json]") {
  const std::string rest = GENERATE("'breakdowns':{'date':'2026-07-02'}",
                                    "'breakdowns':[{'date':'2026-02-30','effective_duration':60}]",
                                    "'breakdowns':[{'date':'2026-07-02','effective_duration':-60}]",
                                    "'breakdowns':[{'date':'2026-07-02','effective_duration':1441}]",
                                    "'breakdowns':[{'date':'2026-07-02','effective_duration':1000},{'date':'"
                                    "2026-07-02','effective_duration':441}]",
                                    "'breakdowns':[{'date':'2026-07-02'}]",
                                    "'breakdowns':[],'effective_duration':150", "'effective_duration':null");
  CAPTURE(rest);
  const auto period = periodIn(rest);
  REQUIRE_FALSE(period.ok());
  CHECK(period.error().status == Status::unexpected_reply);
  CHECK(period.error().message.find("GET /v1/company/absence-periods") != std::string::npos);
  CHECK(period.error().message.find("/data/0/attributes/") != std::string::npos);
}
