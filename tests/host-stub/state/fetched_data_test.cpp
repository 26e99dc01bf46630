// The last good reply stays in effect for the days of its request.
#include "day/day_overview.h"
#include "day/remembered_weeks.h"
#include "state/fetched_data_store.h"
#include "support/catch.h"
#include "support/dates.h"
#include "support/temporary_folder.h"

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

constexpr const char *kNow = "2026-11-24T09:00:00Z";

Holiday holiday(const std::string &date) { return {day(date), Extent::whole_day, date}; }

Week week(int minutes, const std::string &valid_from = "") {
  Week week;
  week.minutes.fill(minutes);
  if (!valid_from.empty()) week.valid_from = kit::toRecord(day(valid_from));
  return week;
}

using Known = std::vector<std::pair<std::string, int>>;  // valid_from ("": unknown) and Monday's minutes

Known knownAfter(const std::vector<std::pair<Week, std::string>> &delivered) {
  std::vector<ScheduledWeek> seen;
  for (const auto &[one, today] : delivered)
    rememberWeeks(seen, {one}, {kit::addDays(day(today), -31), kit::addDays(day(today), 31)}, day(today));
  Known known;
  for (const auto &entry : seen)
    known.emplace_back(entry.valid_from ? kit::formatDate(*entry.valid_from) : "", entry.minutes[0]);
  return known;
}

}  // namespace

TEST_CASE("defect 21: fetching one month does not change the others", "[context]") {
  Covered<Holiday> covered;
  replaceDays(covered, days("2026-05-01", "2026-05-31"), {holiday("2026-05-14")}, kNow);
  replaceDays(covered, days("2026-06-01", "2026-06-30"), {}, kNow);
  CHECK(covered.rows.size() == 1);
  replaceDays(covered, days("2026-05-01", "2026-05-31"), {holiday("2026-05-25")}, kNow);
  REQUIRE(covered.rows.size() == 1);
  CHECK(covered.rows[0].name == "2026-05-25");
  CHECK(covered.fetchedDays() == std::vector<CivilDays>{days("2026-05-01", "2026-06-30")});
}

TEST_CASE("days that were never fetched are marked as such", "[context]") {
  std::vector<CivilDays> covered{days("2026-05-10", "2026-05-20"), days("2026-06-01", "2026-06-05")};
  CHECK(missingDays(covered, days("2026-05-12", "2026-05-18")).empty());
  CHECK(missingDays(covered, days("2026-05-01", "2026-06-30")) ==
        std::vector<CivilDays>{days("2026-05-01", "2026-05-09"), days("2026-05-21", "2026-05-31"),
                               days("2026-06-06", "2026-06-30")});
  CHECK(missingDays({}, days("2026-05-01", "2026-05-01")).size() == 1);
  CHECK(missingDays(covered, days("2026-04-01", "2026-04-02")) ==
        std::vector<CivilDays>{days("2026-04-01", "2026-04-02")});
}

TEST_CASE("defect 48: a new schedule never rewrites the past", "[context]") {
  CHECK(knownAfter({{week(480), "2026-05-01"}}) == Known{{"", 480}});
  CHECK(knownAfter({{week(480), "2026-05-01"}, {week(480), "2026-06-01"}}) == Known{{"", 480}});
  CHECK(knownAfter({{week(480), "2026-05-01"}, {week(360), "2026-06-01"}}) ==
        Known{{"", 480}, {"2026-06-01", 360}});
  // delivered with its date, also if that date is a little in the past or future
  CHECK(knownAfter({{week(480), "2026-05-01"}, {week(360, "2026-09-01"), "2026-09-10"}}) ==
        Known{{"", 480}, {"2026-09-01", 360}});
  CHECK(knownAfter({{week(480), "2026-05-01"}, {week(360, "2026-09-01"), "2026-08-10"}}) ==
        Known{{"", 480}, {"2026-09-01", 360}});
  // a changed week without a new date applies from the day of the fetch
  CHECK(knownAfter({{week(480, "2026-01-01"), "2026-05-01"}, {week(360, "2026-01-01"), "2026-06-01"}}) ==
        Known{{"2026-01-01", 480}, {"2026-06-01", 360}});
  // repeating the fetch changes nothing else
  CHECK(knownAfter({{week(480, "2026-01-01"), "2026-05-01"},
                    {week(360, "2026-01-01"), "2026-06-01"},
                    {week(360, "2026-01-01"), "2026-06-02"}}) ==
        Known{{"2026-01-01", 480}, {"2026-06-01", 360}});
}

TEST_CASE("a stored context is read back unchanged", "[context]") {
  const TemporaryFolder home;
  auto store = FetchedDataStore::open(home.path());
  REQUIRE(store.ok());
  REQUIRE(store
              ->change([](FetchedData &context) {
                ProviderData &provider = context.providers["roots.personio"];
                provider.account_id = "4711";
                provider.employed_from = day("2019-04-01");
                replaceDays(provider.absences, days("2026-07-01", "2026-07-31"),
                            {Absence{day("2026-07-02"), Kind::other, Extent::minutes, 150,
                                     Effect::compensation, "x", "Überstunden", "roots.personio"}},
                            kNow);
                provider.absences.fetches.markFailed(days("2026-07-01", "2026-08-31"), "Later.");
                provider.weeks = {ScheduledWeek{std::nullopt, {480, 480, 450, 480, 255, 0, 0}, true}};
                provider.balances = {{Kind::vacation, Unit::hours, 983, std::nullopt, "301", "Urlaub"}};
                provider.notices = {"Look."};
                replaceDays(context.moco.entries, days("2026-07-01", "2026-07-31"),
                            {TimeEntry{"1", day("2026-07-03"), 99, "a", "b", "c", "d"}}, kNow);
              })
              .ok());
  const auto again = FetchedDataStore::open(home.path());
  REQUIRE(again.ok());
  CHECK(fetchedDataJson(again->get()) == fetchedDataJson(store->get()));
  const ProviderData &provider = again->get().providers.at("roots.personio");
  CHECK(provider.absences.rows.at(0).effect == Effect::compensation);
  CHECK(provider.absences.fetches == store->get().providers.at("roots.personio").absences.fetches);
  CHECK(provider.absences.fetches.summary(days("2026-07-15", "2026-07-15")).staleSince() == kNow);
  CHECK(provider.balances.at(0).available_hundredths == 983);
  CHECK_FALSE(provider.balances.at(0).current_hundredths.has_value());
}

TEST_CASE("defects 49 and 50: hours entered by hand apply while a provider has delivered no schedule",
          "[context]") {
  const CivilDays week_of_july = days("2026-07-13", "2026-07-19");
  HostSettings settings;
  settings.weekday_minutes = {60, 60, 60, 60, 60, 0, 0};
  Connection connection;
  connection.plugin_id = "roots.personio";
  settings.connections = {connection};
  FetchedData context;
  context.providers["roots.personio"];
  CHECK(factsFrom(settings, context, week_of_july).schedule_source == "manual");
  context.providers["roots.personio"].weeks = {
      ScheduledWeek{std::nullopt, {480, 480, 480, 480, 480, 0, 0}, false}};
  CHECK(factsFrom(settings, context, week_of_july).schedule_source == "roots.personio");
  CHECK(factsFrom(HostSettings(), context, week_of_july).schedule_source == "manual");
}

TEST_CASE("before the first fetch of a connection, its absences are unknown", "[context]") {
  const CivilDays july = days("2026-07-01", "2026-07-31");
  HostSettings settings;
  CHECK_FALSE(factsFrom(settings, FetchedData(), july).known.absences.has_value());
  Connection connection;
  connection.plugin_id = "roots.personio";
  settings.connections = {connection};
  const auto known = factsFrom(settings, FetchedData(), july).known.absences;
  REQUIRE(known.has_value());
  CHECK(known->empty());
}

TEST_CASE("a file with data that no source can deliver is rejected", "[context]") {
  const auto reads = [](const std::string &provider, const std::string &moco = "{}") {
    const auto document = kit::JsonDocument::parse(R"({"version":1,"providers":{"x":{)" + provider +
                                                   R"(}},"moco":)" + moco + "}");
    REQUIRE(document.ok());
    return parseFetchedData(document->root()).ok();
  };
  const auto absence = [](const std::string &extent, int minutes) {
    return R"("absences":{"rows":[{"date":"2026-07-08","kind":"vacation","effect":"time_off","extent":")" +
           extent + R"(","minutes":)" + std::to_string(minutes) + R"(,"id":"1"}]})";
  };
  CHECK(reads(absence("whole_day", 0)));
  CHECK(reads(absence("minutes", 1440)));
  CHECK_FALSE(reads(absence("minutes", 0)));
  CHECK_FALSE(reads(absence("minutes", 1441)));
  CHECK_FALSE(reads(absence("whole_day", 60)));
  CHECK(reads(R"("weeks":[{"minutes":[480,480,480,480,480,0,0]}])"));
  CHECK_FALSE(reads(R"("weeks":[{"minutes":[480,480,-480,480,480,0,0]}])"));
  CHECK_FALSE(reads(R"("weeks":[{"minutes":[480,480,1441,480,480,0,0]}])"));
  CHECK_FALSE(reads(R"("weeks":[{"minutes":[480]}])"));
  CHECK_FALSE(reads(R"("absences":{"ranges":[{"from":"2026-07-08","to":"2026-07-07"}]})"));
  CHECK_FALSE(reads("", R"({"entries":{"rows":[{"id":"1","date":"2026-07-08","seconds":99999999999}]}})"));
  CHECK_FALSE(reads("", R"({"holidays":{"rows":[{"date":"2026-07-08","extent":"minutes","name":"x"}]}})"));
}

TEST_CASE("dates of employment apply even while a provider has delivered no schedule", "[context]") {
  const CivilDays week_of_july = days("2026-07-13", "2026-07-19");
  HostSettings settings;
  for (const char *id : {"example.first", "example.second", "example.third"}) {
    settings.connections.emplace_back();
    settings.connections.back().plugin_id = id;
  }
  FetchedData context;
  context.providers["example.first"].account_id = "1";
  context.providers["example.second"].employed_until = day("2026-07-15");
  context.providers["example.third"].employed_until = day("2026-09-30");
  const DayFacts by_hand = factsFrom(settings, context, week_of_july);
  CHECK(by_hand.schedule_source == "manual");
  CHECK(by_hand.employed_until == day("2026-07-15"));
  CHECK(overviewOf(day("2026-07-15"), by_hand).target_minutes == 480);
  CHECK(overviewOf(day("2026-07-16"), by_hand).target_minutes == 0);
  // A provider that delivers the schedule also decides on employment.
  context.providers["example.third"].weeks = {ScheduledWeek{std::nullopt, {480, 480, 480, 480, 480, 0, 0}}};
  CHECK(factsFrom(settings, context, week_of_july).employed_until == day("2026-09-30"));
  context.providers["example.third"].employed_until.reset();
  CHECK(factsFrom(settings, context, week_of_july).employed_until == day("2026-07-15"));
}

TEST_CASE("absences entered by hand become rows only on the displayed days", "[context]") {
  HostSettings settings;
  settings.absences = {{"manual-1", Kind::vacation, kit::allDays(), Extent::whole_day, ""}};
  const DayFacts facts = factsFrom(settings, {}, days("9999-12-25", "9999-12-31"));
  CHECK(facts.manual_absences.size() == 7);
  CHECK(overviewOf(days("9999-12-25", "9999-12-31"), facts).back().target_minutes == 0);
}
