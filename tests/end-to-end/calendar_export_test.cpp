// Exports for other calendars: repeated imports show each absence once, in its current state.
#include "support/catch.h"
#include "support/host_user.h"
#include "support/temporary_folder.h"

#include <map>
#include <sstream>

using namespace roots;
using namespace roots::test;

namespace {

using Event = std::map<std::string, std::string>;  // "DTSTART;VALUE=DATE" -> "20260706"

std::vector<Event> eventsIn(const ProcessResult &result) {
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  std::vector<Event> events;
  std::istringstream stream(result.out);
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("BEGIN:VEVENT")) events.emplace_back();
    const auto colon = line.find(':');
    if (events.empty() || colon == std::string::npos) continue;
    events.back()[line.substr(0, colon)] = line.substr(colon + 1, line.find('\r') - colon - 1);
  }
  return events;
}

std::vector<std::string> uidsIn(const ProcessResult &result) {
  std::vector<std::string> uids;
  for (auto &event : eventsIn(result)) uids.push_back(event["UID"]);
  return uids;
}

// small() with a second vacation that continues into a month outside the default range of sync.
sandbox::Scenario withLongVacation() {
  auto scenario = sandbox::small();
  sandbox::TimeOff autumn = scenario.personio.time_offs.front();
  autumn.id = 2;
  autumn.first = *kit::parseDate("2026-08-24");
  autumn.last = *kit::parseDate("2026-09-04");
  scenario.personio.time_offs.push_back(autumn);
  return scenario;
}

std::vector<std::string> ics(const std::vector<std::string> &more) {
  std::vector<std::string> words{"calendar", "--ics"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

}  // namespace

TEST_CASE("an absence has the same UID and full length in every export, and another UID in another home",
          "[end-to-end][calendar]") {
  const HostUser user(withLongVacation());
  user.connectAll();
  const auto august = eventsIn(user.type(ics({"--month", "2026-08"})));
  REQUIRE(august.size() == 1);
  CHECK(august[0].at("DTSTART;VALUE=DATE") == "20260824");
  CHECK(august[0].at("DTEND;VALUE=DATE") == "20260905");  // although the exported month ends earlier
  CHECK(eventsIn(user.type(ics({"--month", "2026-09"}))) == august);
  CHECK(eventsIn(user.type(ics({"--from", "2026-08-28", "--to", "2026-08-29"}))) == august);
  const auto year = eventsIn(user.type(ics({"--from", "2026-01-01", "--to", "2026-12-31"})));
  REQUIRE(year.size() == 2);
  CHECK(year[1] == august[0]);
  CHECK(year[0].at("UID") != year[1].at("UID"));
  const HostUser colleague(withLongVacation());
  colleague.connectAll();
  const auto others = uidsIn(colleague.type(ics({"--from", "2026-01-01", "--to", "2026-12-31"})));
  for (const auto &uid : others) {
    CHECK(uid != year[0].at("UID"));
    CHECK(uid != year[1].at("UID"));
  }
}

TEST_CASE("a corrected absence keeps its UID and increments its sequence, and others do not change",
          "[end-to-end][calendar]") {
  HostUser user(withLongVacation());
  user.connectAll();
  const auto words = ics({"--from", "2026-07-01", "--to", "2026-08-31"});
  const auto first = user.type(words);
  CHECK(user.type(words).out == first.out);
  user.services().change([](sandbox::Scenario &scenario) {
    scenario.personio.time_offs.front().first = *kit::parseDate("2026-07-07");
    scenario.personio.time_offs.front().last = *kit::parseDate("2026-07-09");
  });
  REQUIRE(user.type({"sync"}).exit_code == 0);
  const auto before = eventsIn(first);
  const auto after = eventsIn(user.type(words));
  REQUIRE(before.size() == 2);
  REQUIRE(after.size() == 2);
  CHECK(after[0].at("UID") == before[0].at("UID"));
  CHECK(after[0].at("DTSTART;VALUE=DATE") == "20260707");
  CHECK(before[0].at("SEQUENCE") == "0");
  CHECK(after[0].at("SEQUENCE") == "1");
  CHECK(after[0].at("LAST-MODIFIED") >= before[0].at("LAST-MODIFIED"));
  CHECK(after[1] == before[1]);
  CHECK(after[0].at("DTSTAMP") == after[0].at("LAST-MODIFIED"));
}

TEST_CASE("the record of exports names no absence", "[end-to-end][calendar]") {
  const HostUser user;
  user.connectAll();
  REQUIRE(user.type(ics({"--month", "2026-07"})).exit_code == 0);
  const std::string kept = contentOf(user.home() / "calendar.json");
  CHECK(kept.find("home_id") != std::string::npos);
  for (const char *word : {"Urlaub", "personio", "2026-07-06", "4711"})
    CHECK(kept.find(word) == std::string::npos);
}

TEST_CASE("a read-only home still exports known absences, with the same UIDs", "[end-to-end][calendar]") {
  const HostUser user;
  user.connectAll();
  const auto before = eventsIn(user.type(ics({"--month", "2026-07"})));
  REQUIRE(user.type(ics({"--month", "2026-07"})).err.empty());
  std::filesystem::remove(user.home() / "lock");
  std::filesystem::create_directory(user.home() / "lock");
  CHECK(eventsIn(user.type(ics({"--month", "2026-07"}))) == before);
  // With --absent, the event was never exported before.
  const auto reduced = user.type(ics({"--month", "2026-07", "--absent"}));
  CHECK(eventsIn(reduced).size() == 1);
  CHECK(reduced.err.find("cannot be recorded as exported") != std::string::npos);
  std::filesystem::remove(user.home() / "calendar.json");
  CHECK(user.type(ics({"--month", "2026-07"})).exit_code != 0);
}

TEST_CASE("an absence until the last supported day can be exported", "[end-to-end][ical]") {
  const HostUser user;
  REQUIRE(user.type({"absences", "add", "--type", "vacation", "--from", "9999-12-30", "--to", "9999-12-31"})
              .exit_code == 0);
  const auto file = user.type({"calendar", "--ics", "--month", "9999-12"});
  INFO(file.out << file.err);
  CHECK(file.exit_code == 0);
  CHECK(file.out.find("DURATION:P2D\r\n") != std::string::npos);
  CHECK(file.out.find("10000") == std::string::npos);
}

TEST_CASE("the search for the end of an absence without one is bounded, whatever was shown before",
          "[end-to-end][calendar]") {
  auto scenario = sandbox::small();
  sandbox::TimeOff leave = scenario.personio.time_offs.front();
  leave.id = 3;
  leave.first = *kit::parseDate("2026-07-20");
  leave.last = std::nullopt;
  scenario.personio.time_offs.push_back(leave);
  HostUser user(std::move(scenario));
  user.connectAll();
  REQUIRE(user.type({"calendar", "--month", "2999-12"}).exit_code == 0);
  REQUIRE(user.type({"calendar", "--month", "2029-06"}).exit_code == 0);
  const auto first = eventsIn(user.type(ics({"--month", "2026-07"})));
  REQUIRE(first.size() == 2);
  CHECK(first[1].at("DTSTART;VALUE=DATE") == "20260720");
  // 16 months after July 2026, its last day.
  CHECK(first[1].at("DTEND;VALUE=DATE") == "20271201");
  const std::string kept = contentOf(user.home() / "context.json");
  CHECK(kept.find("2028-") == std::string::npos);
  // A later export of the same days searches no further.
  user.services().forgetRequests();
  CHECK(eventsIn(user.type(ics({"--month", "2026-07"}))) == first);
  CHECK(user.asked("GET /v2/absence-periods") == 0);
  // Known days beyond that do not change the event either.
  REQUIRE(user.type({"sync", "--from", "2027-12-01", "--to", "2028-03-31"}).exit_code == 0);
  CHECK(eventsIn(user.type(ics({"--month", "2026-07"}))) == first);
}
