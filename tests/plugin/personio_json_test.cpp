#include "replies/personio_json.h"
#include "api/reply_decisions.h"
#include "plugin/personio_replies.h"
#include "support/catch.h"

using namespace roots;
using namespace roots::personio;
using namespace roots::personio::tests;

namespace {

kit::JsonDocument parsed(const std::string &text) {
  auto document = kit::JsonDocument::parse(text);
  REQUIRE(document.ok());
  return std::move(document).value();
}

std::vector<Employee> employeesIn(const std::string &text) {
  const auto page = readEmployees(std::string(text));
  REQUIRE(page.ok());
  return page->items;
}

Result<Page<AbsenceRow<TimeOff>>> timeOffsIn(const std::string &text) {
  return readTimeOffs(std::string(text), "4711");
}

TimeOff onlyTimeOffIn(const std::string &row) {
  const auto page = timeOffsIn(list({row}));
  REQUIRE(page.ok());
  REQUIRE(page->items.size() == 1);
  REQUIRE(page->items[0].absence.has_value());
  return *page->items[0].absence;
}

void checkNotUnderstood(const std::string &row, const std::string &place) {
  CAPTURE(row);
  const auto page = timeOffsIn(list({row}));
  REQUIRE_FALSE(page.ok());
  CHECK(page.error().status == Status::unexpected_reply);
  CHECK(page.error().message.find("GET /v1/company/time-offs") != std::string::npos);
  CHECK(page.error().message.find("/data/0/attributes/" + place + " ") != std::string::npos);
}

// A full row with one member written differently.
std::string rowWith(const std::string &member, const std::string &value) {
  std::string row = "{'type':'TimeOffPeriod','attributes':{";
  const std::vector<std::pair<std::string, std::string>> members{{"id", "1"},
                                                                 {"status", "'approved'"},
                                                                 {"start_date", "'2026-07-06T00:00:00+0200'"},
                                                                 {"end_date", "'2026-07-07T00:00:00+0200'"},
                                                                 {"half_day_start", "false"},
                                                                 {"half_day_end", "false"},
                                                                 {"days_count", "2"}};
  for (const auto &[name, usual] : members) row += "'" + name + "':" + (name == member ? value : usual) + ",";
  return row + kVacationType + "," + kOwner + "}}";
}

}  // namespace

TEST_CASE("a full employee is read", "[personio_json]") {
  const auto employees = employeesIn(fixture("employees_one.json"));
  REQUIRE(employees.size() == 1);
  const Employee &erika = employees[0];
  CHECK(erika.id == "4711");
  CHECK(erika.email == kEmail);
  CHECK(erika.email_sent);
  CHECK(erika.first_name == "Erika");
  CHECK(erika.last_name == "Beispiel");
  CHECK(erika.status == "active");
  CHECK(erika.weekly_hours_hundredths == 3575);
  REQUIRE(erika.hire_date.has_value());
  CHECK(kit::formatDate(*erika.hire_date) == "2019-04-01");
  CHECK_FALSE(erika.termination_date.has_value());
  CHECK(erika.work_schedule.readability == Readability::readable);
  CHECK(erika.work_schedule.minutes == std::array<int, 7>{480, 480, 450, 480, 255, 0, 0});
}

TEST_CASE("of an employee whose attributes are not ticked only the id remains", "[personio_json]") {
  const auto employees = employeesIn(list({employeeWith({attribute("id", "4711")})}));
  REQUIRE(employees.size() == 1);
  CHECK_FALSE(employees[0].email_sent);
  CHECK_FALSE(employees[0].email.has_value());
  CHECK(employees[0].work_schedule.readability == Readability::not_sent);
  CHECK_FALSE(employees[0].weekly_hours_hundredths.has_value());
}

TEST_CASE("an employee without an email is read, with the email known to be readable", "[personio_json]") {
  const std::string value = GENERATE("null", "''", "[]");
  const auto employees = employeesIn(list({employeeWith({attribute("id", "1"), attribute("email", value)})}));
  REQUIRE(employees.size() == 1);
  CHECK(employees[0].email_sent);
  CHECK(employees[0].email.value_or("").empty());
}

TEST_CASE("ids beyond 53 bits and ids as text keep every digit", "[personio_json]") {
  CHECK(employeesIn(list({employeeWith({attribute("id", "1100000000000000101")})}))[0].id ==
        "1100000000000000101");
  CHECK(employeesIn(list({employeeWith({attribute("id", "'4711'")})}))[0].id == "4711");
}

TEST_CASE("weekly hours are read from text and from numbers, with either decimal sign", "[personio_json]") {
  const auto hours = [](const std::string &value) {
    return employeesIn(
               list({employeeWith({attribute("id", "1"), attribute("weekly_working_hours", value)})}))[0]
        .weekly_hours_hundredths;
  };
  CHECK(hours("'40'") == 4000);
  CHECK(hours("35.75") == 3575);
  CHECK(hours("'38,5'") == 3850);
  CHECK_FALSE(hours("null").has_value());
  CHECK_FALSE(hours("'full time'").has_value());
}

TEST_CASE("an employee list in an unknown format is an error", "[personio_json]") {
  for (const char *text : {"{'success':true}", "{'success':true,'data':{}}", "{'success':true,'data':null}",
                           "{'success':true,'data':[1]}", "{'success':true,'data':[{'attributes':[]}]}",
                           "{'success':true,'data':[{'attributes':{'email':{'value':'a@b'}}}]}"}) {
    CAPTURE(text);
    const auto page = readEmployees(std::string(json(text)));
    REQUIRE_FALSE(page.ok());
    CHECK(page.error().status == Status::unexpected_reply);
    CHECK(page.error().message.find("GET /v1/company/employees") != std::string::npos);
  }
}

TEST_CASE("a list of time-offs with every documented variant is read", "[personio_json]") {
  const auto page = timeOffsIn(fixture("time_offs_variants.json"));
  REQUIRE(page.ok());
  CHECK(page->counts.total_elements == 6);
  CHECK(page->counts.current_page == 1);
  CHECK(page->counts.total_pages == 1);
  REQUIRE(page->items.size() == 6);
  int counted = 0;
  for (const auto &row : page->items) counted += row.absence.has_value() ? 1 : 0;
  CHECK(counted == 4);
}

TEST_CASE("half-day flags are read as booleans, numbers and text", "[personio_json]") {
  for (const char *value : {"true", "1", "'1'"}) {
    CAPTURE(value);
    CHECK(onlyTimeOffIn(rowWith("half_day_start", value)).half_day_start);
    CHECK(onlyTimeOffIn(rowWith("half_day_end", value)).half_day_end);
  }
  for (const char *value : {"false", "0", "'0'", "null"}) {
    CAPTURE(value);
    CHECK_FALSE(onlyTimeOffIn(rowWith("half_day_start", value)).half_day_start);
    CHECK_FALSE(onlyTimeOffIn(rowWith("half_day_end", value)).half_day_end);
  }
  CHECK_FALSE(onlyTimeOffIn(timeOff("1", "2026-07-06", "2026-07-06")).half_day_start);
  checkNotUnderstood(rowWith("half_day_start", "'maybe'"), "half_day_start");
}

TEST_CASE("defect 35: days_count is a number of hundredths, also when it is text", "[personio_json]") {
  CHECK(onlyTimeOffIn(rowWith("days_count", "2.5")).days_count_hundredths == 250);
  CHECK(onlyTimeOffIn(rowWith("days_count", "'2.5'")).days_count_hundredths == 250);
  CHECK(onlyTimeOffIn(rowWith("days_count", "0")).days_count_hundredths == 0);
  CHECK_FALSE(onlyTimeOffIn(rowWith("days_count", "null")).days_count_hundredths.has_value());
}

TEST_CASE("dates are the local days that were written, in every form of offset", "[personio_json]") {
  for (const char *value : {"'2026-07-06T00:00:00+0200'", "'2026-07-06T00:00:00+02:00'", "'2026-07-06'",
                            "'2026-07-06T00:00:00Z'", "'2026-07-06T00:00:00-0500'"}) {
    CAPTURE(value);
    CHECK(kit::formatDate(onlyTimeOffIn(rowWith("start_date", value)).first) == "2026-07-06");
  }
}

TEST_CASE("defect 34: a moment of universal time is not truncated to a day", "[personio_json]") {
  checkNotUnderstood(rowWith("start_date", "'2026-07-05T22:00:00Z'"), "start_date");
  checkNotUnderstood(rowWith("end_date", "'2026-07-06T22:00:00+00:00'"), "end_date");
}

TEST_CASE("a day of a v1 list may be a moment with a time zone", "[personio_json]") {
  const auto rowIn = [](const std::string &zone) {
    std::string row = rowWith("start_date", "'2026-07-05T22:00:00Z'");
    row.replace(row.find("'status'"), 0, zone + ",");
    return row;
  };
  for (const char *member : {"'timezone_id':'Europe/Berlin'", "'timezone':'Europe/Berlin'"}) {
    CAPTURE(member);
    CHECK(kit::formatDate(onlyTimeOffIn(rowIn(member)).first) == "2026-07-06");
  }
  checkNotUnderstood(rowIn("'timezone':'Europe/Atlantis'"), "start_date");
}

TEST_CASE("only a time of day may follow a date", "[personio_json]") {
  for (const char *value :
       {"'2026-07-06T'", "'2026-07-06Tnoon'", "'2026-07-06T25:00:00'", "'2026-07-06T00:60:00'",
        "'2026-07-06T00:00:00+'", "'2026-07-06T00:00:00+2'", "'2026-07-06T00:00:00+99:00'",
        "'2026-07-06T00:00:00 Europe'", "'2026-07-06T00:00:00ZZ'"}) {
    CAPTURE(value);
    checkNotUnderstood(rowWith("start_date", value), "start_date");
  }
  for (const char *value : {"'2026-07-06T00:00'", "'2026-07-06 00:00:00'", "'2026-07-06T23:59:59.999'",
                            "'2026-07-06T08:15:00+02'", "'2026-07-06T00:00:00.000+0200'"}) {
    CAPTURE(value);
    CHECK(kit::formatDate(onlyTimeOffIn(rowWith("start_date", value)).first) == "2026-07-06");
  }
}

TEST_CASE("employment dates that are moments without a zone are unknown, not a day early",
          "[personio_json]") {
  const auto read = [](const std::string &value) {
    return employeesIn(list({employeeWith({attribute("id", "1"), attribute("hire_date", value)})}))[0];
  };
  CHECK(kit::formatDate(*read("'2019-04-01T00:00:00+02:00'").hire_date) == "2019-04-01");
  CHECK(kit::formatDate(*read("'2019-04-01'").hire_date) == "2019-04-01");
  CHECK_FALSE(read("'2019-03-31T22:00:00Z'").hire_date.has_value());
  CHECK(read("'2019-03-31T22:00:00Z'").employment_dates_uncertain);
  CHECK(read("'soon'").employment_dates_uncertain);
  CHECK_FALSE(read("null").employment_dates_uncertain);
  CHECK_FALSE(read("'2019-04-01'").employment_dates_uncertain);
}

TEST_CASE("a schedule that starts on a moment without a zone is unreadable, not a day early",
          "[personio_json]") {
  std::string dated = kFullTime;
  dated.replace(dated.find("'valid_from':null"), 17, "'valid_from':'2026-08-31T22:00:00Z'");
  CHECK(employeesIn(list({employee("4711", kEmail, dated)}))[0].work_schedule.readability ==
        Readability::unreadable);
}

TEST_CASE("defect 33: an end of null is an open end", "[personio_json]") {
  CHECK_FALSE(onlyTimeOffIn(rowWith("end_date", "null")).last.has_value());
  CHECK_FALSE(onlyTimeOffIn(rowWith("end_date", "''")).last.has_value());
}

TEST_CASE("impossible or reversed dates are an error", "[personio_json]") {
  checkNotUnderstood(rowWith("start_date", "'2026-02-30T00:00:00+0100'"), "start_date");
  checkNotUnderstood(rowWith("start_date", "null"), "start_date");
  checkNotUnderstood(rowWith("start_date", "20260706"), "start_date");
  checkNotUnderstood(rowWith("end_date", "'2026-07-05T00:00:00+0200'"), "end_date");
  checkNotUnderstood(rowWith("end_date", "'later'"), "end_date");
}

TEST_CASE("approved counts in any case, everything else does not", "[personio_json]") {
  for (const char *status : {"approved", "Approved", "APPROVED", "deletion_pending", "DELETION_PENDING"}) {
    CAPTURE(status);
    CHECK(timeOffsIn(list({timeOffWithStatus("1", status)}))->items[0].status == RowStatus::counts);
  }
  for (const char *status : {"pending", "requested", "PENDING", "rejected", "", "approve", "not approved"}) {
    CAPTURE(status);
    CHECK(timeOffsIn(list({timeOffWithStatus("1", status)}))->items[0].status == RowStatus::not_approved);
  }
}

TEST_CASE("a missing status is an error", "[personio_json]") {
  checkNotUnderstood(rowWith("status", "null"), "status");
}

TEST_CASE("rows that do not count need not be valid", "[personio_json]") {
  const std::string row =
      "{'type':'TimeOffPeriod','attributes':{'id':1,'status':'pending','start_date':'?'," + kOwner + "}}";
  const auto page = timeOffsIn(list({row}));
  REQUIRE(page.ok());
  CHECK_FALSE(page->items[0].absence.has_value());
}

TEST_CASE("an absence of another employee is recognized, one without an employee is an error",
          "[personio_json]") {
  std::string row = timeOff("1", "2026-07-06", "2026-07-06");
  row.replace(row.find("4711"), 4, "4712");
  const auto page = timeOffsIn(list({row}));
  REQUIRE(page.ok());
  CHECK(page->items[0].status == RowStatus::of_other_employee);

  std::string nobodys = timeOff("1", "2026-07-06", "2026-07-06");
  nobodys.replace(nobodys.find(",'employee'"), kOwner.size() + 1, "");
  checkNotUnderstood(nobodys, "employee");
}

TEST_CASE("the type may be missing, without category, or under its other name", "[personio_json]") {
  CHECK(onlyTimeOffIn(timeOff("1", "2026-07-06", "2026-07-06")).type.category == "paid_vacation");
  for (const char *type :
       {"'time_off_type':null", "'time_off_type':{'attributes':{'name':null,'category':null}}"}) {
    std::string row = timeOff("1", "2026-07-06", "2026-07-06");
    row.replace(row.find(kVacationType), kVacationType.size(), type);
    CHECK(onlyTimeOffIn(row).type.name.empty());
    CHECK_FALSE(onlyTimeOffIn(row).type.category.has_value());
  }
  std::string other = timeOff("1", "2026-07-06", "2026-07-06");
  other.replace(other.find("'time_off_type'"), 15, "'type'");
  CHECK(onlyTimeOffIn(other).type.name == "Urlaub");
}

TEST_CASE("a NUL inside a name does not reach the interface", "[personio_json]") {
  std::string row = timeOff("1", "2026-07-06", "2026-07-06");
  row.replace(row.find("Urlaub"), 6, "Ur\\u0000laub");
  CHECK(onlyTimeOffIn(row).type.name == "Urlaub");
}

TEST_CASE("the id of an absence in the newer API is read as well, if it is valid", "[personio_json]") {
  const auto readWith = [](const std::string &id_v2) {
    std::string row = timeOff("1", "2026-07-06", "2026-07-06");
    row.replace(row.find("'start_date'"), 0, "'id_v2':" + id_v2 + ",");
    return onlyTimeOffIn(row);
  };
  CHECK(readWith("'7c-9'").id == "1");
  CHECK(readWith("'7c-9'").id_v2 == "7c-9");
  for (const std::string none : {"null", "''", "{}", "'7c\\u0000-9'"}) CHECK(readWith(none).id_v2.empty());
}

TEST_CASE("errors of a reply as a whole take precedence over errors of a row", "[personio_json]") {
  const std::string bad_row = "{'type':'TimeOffPeriod','attributes':7}";
  const auto read = [](std::string body) { return readTimeOffs(std::move(body), "4711"); };
  const auto messageOf = [&](const std::string &text) {
    return readList(kTimeOffs, {200, {}, json(text)}, read).error().message;
  };
  CHECK(messageOf("{'success':true,'data':[" + bad_row + "]}").find("/data/0/attributes ") !=
        std::string::npos);
  CHECK(messageOf("{'data':[" + bad_row + "],'success':false,'error':{'code':403}}").find("Access missing") ==
        0);
  CHECK(messageOf("{'success':true,'data':[" + bad_row + "]").find("not valid JSON") != std::string::npos);
  CHECK(messageOf("{'data':[" + bad_row + "],'_meta':7}").find("/_meta ") != std::string::npos);
}

TEST_CASE("two lists in one reply are an error, and so are too many rows", "[personio_json]") {
  CHECK(timeOffsIn(json("{'data':[],'_data':[]}")).error().message.find("/_data ") != std::string::npos);
  std::string flood = "{\"success\":true,\"data\":[{\"id\":1}";
  for (int row = 1; row < 100'000; ++row) flood += ",{\"id\":1}";
  CHECK(readEmployees(std::string(flood + "]}")).ok());
  const auto refused = readEmployees(std::string(flood + ",{\"id\":1}]}"));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("/data/100000 is more rows than requested") != std::string::npos);
}

TEST_CASE("types of absence are read with their unit", "[personio_json]") {
  const auto page = readTimeOffTypes(std::string(
      list({timeOffType("301", "Urlaub", "paid_vacation", "day"), timeOffType("302", "Ausgleich", "", "hour"),
            timeOffType("303", "Neu", "other", "fortnight")})));
  REQUIRE(page.ok());
  REQUIRE(page->items.size() == 3);
  CHECK(page->items[0].unit == TypeUnit::days);
  CHECK(page->items[0].id_v2 == "7c-301");
  CHECK(page->items[1].unit == TypeUnit::hours);
  CHECK_FALSE(page->items[1].type.category.has_value());
  CHECK(page->items[2].unit == TypeUnit::unknown);
}

TEST_CASE("balances are read exactly, and an invalid figure is an error", "[personio_json]") {
  const auto page = readBalances(
      std::string(json("{'success':true,'data':[{'id':301,'name':'Urlaub','category':'paid_vacation',"
                       "'balance':18.33,'available_balance':'9.83'},{'id':302,'name':'B','category':null,"
                       "'balance':-1.5}]}")));
  REQUIRE(page.ok());
  CHECK(page->items[0].balance_hundredths == 1833);
  CHECK(page->items[0].available_balance_hundredths == 983);
  CHECK(page->items[1].balance_hundredths == -150);
  CHECK_FALSE(page->items[1].available_balance_hundredths.has_value());

  const auto refused = readBalances(
      std::string(json("{'success':true,'data':[{'id':301,'name':'Urlaub','balance':'many'}]}")));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("/data/0/balance ") != std::string::npos);
}

TEST_CASE("defect 8: the lifetime sent with a token is used", "[personio_json]") {
  const auto lifetime = [](const std::string &text) { return readTokenV1(parsed(json(text)))->lifetime; };
  CHECK(lifetime("{'success':true,'data':{'token':'t','expires_in':3600}}") == std::chrono::seconds(3600));
  CHECK(lifetime("{'success':true,'data':{'token':'t'}}") == std::chrono::seconds(86400));
  CHECK(lifetime("{'success':true,'data':{'token':'t','expires_in':999999}}") == std::chrono::seconds(86400));
  CHECK(lifetime("{'success':true,'data':{'token':'t','expires_in':-1}}") == std::chrono::seconds(0));
}

TEST_CASE("a reply without success or without a token contains no token", "[personio_json]") {
  for (const char *text :
       {"{'success':false,'data':{'token':'t'}}", "{'data':{'token':'t'}}",
        "{'success':true,'data':{'token':''}}", "{'success':true,'data':{}}", "{'success':true}"}) {
    CAPTURE(text);
    CHECK_FALSE(readTokenV1(parsed(json(text))).has_value());
  }
}
