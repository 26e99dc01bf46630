#include "replies/weekly_minutes.h"
#include "plugin/personio_replies.h"
#include "support/catch.h"

#include <array>

using namespace roots;
using namespace roots::personio;
using roots::personio::tests::json;

namespace {

std::optional<int> minutesIn(const std::string &text) {
  const auto document = kit::JsonDocument::parse(json(text));
  REQUIRE(document.ok());
  return readDayMinutes(document->root());
}

WorkSchedule scheduleIn(const std::string &text) {
  const auto document = kit::JsonDocument::parse(json(text));
  REQUIRE(document.ok());
  return readWorkSchedule(document->root());
}

std::string seven(const std::string &value, const std::string &more = "") {
  std::string days;
  for (const char *name : {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
    days += (days.empty() ? "'" : ",'") + std::string(name) + "':" + value;
  return "{" + days + more + "}";
}

Employee employeeWith(WorkSchedule schedule, std::optional<std::int64_t> weekly_hours_hundredths) {
  Employee employee;
  employee.work_schedule = std::move(schedule);
  employee.weekly_hours_hundredths = weekly_hours_hundredths;
  return employee;
}

}  // namespace

TEST_CASE("a day is read in every known format", "[weekly_minutes]") {
  CHECK(minutesIn("'08:00'") == 480);
  CHECK(minutesIn("'7:30'") == 450);
  CHECK(minutesIn("'07:30:00'") == 450);
  CHECK(minutesIn("7.5") == 450);
  CHECK(minutesIn("'7,5'") == 450);
  CHECK(minutesIn("'7.5'") == 450);
  CHECK(minutesIn("'PT27000S'") == 450);
}

TEST_CASE("defect 2: 07:30, PT8H and PT7H30M are not truncated", "[weekly_minutes]") {
  CHECK(minutesIn("'07:30'") == 450);
  CHECK(minutesIn("'PT8H'") == 480);
  CHECK(minutesIn("'PT7H30M'") == 450);
  CHECK(minutesIn("'PT450M'") == 450);
  CHECK(minutesIn("{'name':'monday','duration':'PT28800S'}") == 480);
  CHECK(minutesIn("'04:15'") == 255);
  CHECK(minutesIn("7.75") == 465);
}

TEST_CASE("zero and a whole day are valid figures", "[weekly_minutes]") {
  CHECK(minutesIn("'00:00'") == 0);
  CHECK(minutesIn("0") == 0);
  CHECK(minutesIn("'24:00'") == 1440);
}

TEST_CASE("a day that cannot be read is unknown, never 0", "[weekly_minutes]") {
  const std::string text =
      GENERATE("null", "''", "[]", "{}", "true", "false", "'abc'", "'24:01'", "24.5", "480", "-1", "'-1:00'",
               "'7:5'", "'07:60'", "'07:3a'", "'07:30:61'", "'07:30:00:00'", "'P1D'", "'PT'", "'PT5'",
               "'PT1S1H'", "'PT99999999999H'", "' 8:00'", "{'duration':null}", "{'duration':{'duration':8}}");
  CAPTURE(text);
  CHECK_FALSE(minutesIn(text).has_value());
}

TEST_CASE("defect 1: the documented schedule, weekdays under attributes, is read", "[weekly_minutes]") {
  const WorkSchedule schedule = scheduleIn(
      "{'type':'WorkSchedule','attributes':{'id':90210,'name':'Teilzeit','valid_from':null,'monday':'08:00',"
      "'tuesday':'08:00','wednesday':'07:30','thursday':'08:00','friday':'04:15','saturday':'00:00',"
      "'sunday':'00:00'}}");
  REQUIRE(schedule.readability == Readability::readable);
  CHECK(schedule.minutes == std::array<int, 7>{480, 480, 450, 480, 255, 0, 0});
  CHECK_FALSE(schedule.valid_from.has_value());
}

TEST_CASE("the day from which a schedule applies is kept", "[weekly_minutes]") {
  const WorkSchedule schedule =
      scheduleIn("{'attributes':" + seven("'8:00'", ",'valid_from':'2023-01-01'") + "}");
  REQUIRE(schedule.valid_from.has_value());
  CHECK(kit::formatDate(*schedule.valid_from) == "2023-01-01");
  const auto week = weekOf(employeeWith(schedule, std::nullopt));
  REQUIRE(week.ok());
  CHECK(week->valid_from == Date{2023, 1, 1});
}

TEST_CASE("a start date that cannot be read makes the schedule unreadable", "[weekly_minutes]") {
  CHECK(scheduleIn(seven("'8:00'", ",'valid_from':'soon'")).readability == Readability::unreadable);
}

TEST_CASE("weekdays without the level of attributes are read too", "[weekly_minutes]") {
  const WorkSchedule schedule = scheduleIn(seven("{'name':'x','duration':'PT28800S'}"));
  REQUIRE(schedule.readability == Readability::readable);
  CHECK(schedule.minutes[6] == 480);
}

TEST_CASE("a schedule that is null, empty or malformed is unknown, never 0", "[weekly_minutes]") {
  for (const char *text : {"null", "''", "[]", "{}"}) {
    CAPTURE(text);
    CHECK(scheduleIn(text).readability == Readability::empty);
  }
  CHECK(scheduleIn("'abc'").readability == Readability::unreadable);
  for (const char *text : {"null", "''", "[]", "'abc'"}) {
    CAPTURE(text);
    const auto week = weekOf(employeeWith(scheduleIn(text), std::nullopt));
    REQUIRE_FALSE(week.ok());
    const bool names_it = week.error().message.find("Work schedule") != std::string::npos ||
                          week.error().message.find("work schedule") != std::string::npos;
    CHECK(names_it);
  }
}

TEST_CASE("a week with one unreadable weekday is unreadable as a whole", "[weekly_minutes]") {
  CHECK(scheduleIn("{'monday':'8:00','tuesday':'8:00'}").readability == Readability::unreadable);
  const std::string with_null =
      "{'monday':'8:00','tuesday':'8:00','wednesday':'8:00','thursday':'8:00','friday':'8:00','saturday':"
      "null,"
      "'sunday':'0:00'}";
  CHECK(scheduleIn(with_null).readability == Readability::unreadable);
}

TEST_CASE("the error for a schedule that is not sent names the tick to set", "[weekly_minutes]") {
  const auto week = weekOf(employeeWith({}, std::nullopt));
  REQUIRE_FALSE(week.ok());
  CHECK(week.error().status == Status::access_missing);
  CHECK(week.error().message.find("\"Work schedule\"") != std::string::npos);
  CHECK(week.error().message.find("Readable employee attributes") != std::string::npos);
}

TEST_CASE("weekly hours replace a missing schedule, marked as an estimate", "[weekly_minutes]") {
  const auto week = weekOf(employeeWith({}, 3575));
  REQUIRE(week.ok());
  CHECK(week->is_estimate);
  CHECK(week->minutes == std::array<int, 7>{429, 429, 429, 429, 429, 0, 0});
}

TEST_CASE("an estimate adds up to the weekly hours", "[weekly_minutes]") {
  const auto week = weekOf(employeeWith({}, 3338));  // 33.38 hours: 2002.8 minutes
  REQUIRE(week.ok());
  CHECK(week->minutes == std::array<int, 7>{401, 401, 401, 400, 400, 0, 0});
}

TEST_CASE("seven zeros with weekly hours are a flexible contract, an estimate", "[weekly_minutes]") {
  const auto week = weekOf(employeeWith(scheduleIn(seven("'00:00'")), 2000));
  REQUIRE(week.ok());
  CHECK(week->is_estimate);
  CHECK(week->minutes == std::array<int, 7>{240, 240, 240, 240, 240, 0, 0});
}

TEST_CASE("seven zeros count as zero only if the weekly hours agree", "[weekly_minutes]") {
  const auto agreed = weekOf(employeeWith(scheduleIn(seven("'00:00'")), 0));
  REQUIRE(agreed.ok());
  CHECK_FALSE(agreed->is_estimate);
  CHECK(agreed->minutes == std::array<int, 7>{});
  const auto unknown = weekOf(employeeWith(scheduleIn(seven("'00:00'")), std::nullopt));
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().message.find("\"Weekly hours\"") != std::string::npos);
}

TEST_CASE("a Saturday with hours is read regardless of the weekly hours", "[weekly_minutes]") {
  const auto week = weekOf(employeeWith(
      scheduleIn("{'monday':'0:00','tuesday':'8:00','wednesday':'8:00','thursday':'8:00','friday':'8:00',"
                 "'saturday':'5:00','sunday':'0:00'}"),
      4000));
  REQUIRE(week.ok());
  CHECK_FALSE(week->is_estimate);
  CHECK(week->minutes == std::array<int, 7>{0, 480, 480, 480, 480, 300, 0});
}

TEST_CASE("impossible weekly hours cause no estimate", "[weekly_minutes]") {
  CHECK_FALSE(weekOf(employeeWith({}, 12001)).ok());
  CHECK_FALSE(weekOf(employeeWith({}, -100)).ok());
}
