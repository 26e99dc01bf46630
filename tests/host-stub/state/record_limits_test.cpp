// Values that the record checks accept survive writing and reading; values that they reject are rejected in
// a file, too. A failing test prints the seed.
#include "day/words.h"
#include "state/fetched_data_store.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <roots/provider_client.hpp>
#include <roots/record_limits.hpp>

#include <array>
#include <random>

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

constexpr const char *kFetchTime = "2026-11-24T09:00:00Z";

// Numbers and dates around every possible limit.
class Records {
 public:
  explicit Records(unsigned seed) : chance_(seed) {}

  int number() {
    constexpr std::array<int, 18> edges{INT32_MIN,
                                        INT32_MIN + 1,
                                        -2'000'000'001,
                                        -2'000'000'000,
                                        -1441,
                                        -1,
                                        0,
                                        1,
                                        480,
                                        1439,
                                        1440,
                                        1441,
                                        65'535,
                                        1'999'999'999,
                                        2'000'000'000,
                                        2'000'000'001,
                                        INT32_MAX - 1,
                                        INT32_MAX};
    return edges[chance_() % edges.size()];
  }

  roots_date date() {
    constexpr std::array<std::int16_t, 10> years{-1, 0, 1, 2, 1900, 2024, 2026, 9998, 9999, 10000};
    constexpr std::array<std::uint8_t, 6> months{0, 1, 2, 6, 12, 13};
    constexpr std::array<std::uint8_t, 7> days{0, 1, 28, 29, 30, 31, 32};
    return {years[chance_() % years.size()], months[chance_() % months.size()],
            days[chance_() % days.size()]};
  }

  roots_absence_day absence() {
    roots_absence_day day{};
    day.struct_size = sizeof day;
    day.date = date();
    day.kind = 1 + static_cast<int>(chance_() % 6);
    day.extent = 1 + static_cast<int>(chance_() % 5);
    day.minutes = chance_() % 2 == 0 ? 0 : number();
    day.effect = 1 + static_cast<int>(chance_() % 4);
    day.counted_hundredths = number();
    day.absence_id = text(true);
    day.label = text(chance_() % 8 == 0);
    return day;
  }

  roots_week week() {
    roots_week week{};
    week.struct_size = sizeof week;
    week.valid_from = date();
    for (int &minutes : week.minutes) minutes = chance_() % 12 == 0 ? number() : 1440 * (number() % 2 == 0);
    week.is_estimate = static_cast<int>(chance_() % 2);
    return week;
  }

  roots_balance balance() {
    roots_balance balance{};
    balance.struct_size = sizeof balance;
    balance.kind = 1 + static_cast<int>(chance_() % 6);
    balance.unit = 1 + static_cast<int>(chance_() % 2);
    balance.available_hundredths = number();
    balance.current_hundredths = number();
    balance.balance_id = text(true);
    balance.label = text(chance_() % 8 == 0);
    return balance;
  }

 private:
  roots_text text(bool may_be_odd) {
    static constexpr std::array<std::string_view, 7> texts{
        "1", "Urlaub", "Überstunden \"+\"\\", "𝟙\u202E", "\x1B[31m", "a\nb", ""};
    const std::string_view chosen = texts[chance_() % (may_be_odd ? texts.size() : 3)];
    return {chosen.data(), chosen.size()};
  }

  std::mt19937 chance_;
};

Absence rowOf(const AbsenceDay &day) {
  return {*kit::fromRecord(day.date),
          day.kind,
          day.extent,
          day.minutes,
          day.effect,
          day.absence_id,
          day.label,
          "roots.personio",
          false,
          day.counted_hundredths};
}

}  // namespace

TEST_CASE("values that pass the record checks are read back unchanged", "[context][property]") {
  const Days all{kit::toRecord(kit::allDays().first), kit::toRecord(kit::allDays().last)};
  int kept_absences = 0;
  int kept_weeks = 0;
  int kept_balances = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    INFO("seed " << seed);
    Records records(seed);
    FetchedData context;
    ProviderData &provider = context.providers["roots.personio"];
    for (int count = 0; count < 2000; ++count) {
      if (const auto day = detail::checked(records.absence(), all)) {
        provider.absences.rows.push_back(rowOf(*day));
        provider.absences.fetches.markGood({provider.absences.rows.back().date, kit::allDays().last},
                                           kFetchTime);
      }
      if (const auto week = detail::checked(records.week()))
        provider.weeks.push_back({kit::fromRecord(week->valid_from), week->minutes, week->is_estimate});
      if (const auto balance = detail::checked(records.balance())) provider.balances.push_back(*balance);
    }
    kept_absences += static_cast<int>(provider.absences.rows.size());
    kept_weeks += static_cast<int>(provider.weeks.size());
    kept_balances += static_cast<int>(provider.balances.size());

    const TemporaryFolder home;
    auto store = FetchedDataStore::open(home.path());
    REQUIRE(store.ok());
    const auto written = store->change([&](FetchedData &changed) { changed = context; });
    INFO((written ? "" : written.error().message));
    REQUIRE(written.ok());
    const auto again = FetchedDataStore::open(home.path());
    REQUIRE(again.ok());
    REQUIRE(again->damage().empty());
    const ProviderData &read = again->get().providers.at("roots.personio");
    REQUIRE(read.absences.rows == provider.absences.rows);
    REQUIRE(read.absences.fetches == provider.absences.fetches);
    REQUIRE(read.weeks == provider.weeks);
    REQUIRE(fetchedDataJson(again->get()) == fetchedDataJson(context));
  }
  CHECK(kept_absences > 100);
  CHECK(kept_weeks > 100);
  CHECK(kept_balances > 100);
}

TEST_CASE("values that the record checks reject are rejected in a file, too", "[context][property]") {
  const Days all{kit::toRecord(kit::allDays().first), kit::toRecord(kit::allDays().last)};
  const auto isRead = [](const ProviderData &provider) {
    FetchedData context;
    context.providers["x"] = provider;
    const auto document = kit::JsonDocument::parse(fetchedDataJson(context));
    return document.ok() && parseFetchedData(document->root()).ok();
  };
  const roots_date date{2026, 7, 15};
  for (const int number : {INT32_MIN, -1, 0, 1, 1439, 1440, 1441, INT32_MAX}) {
    INFO(number);
    for (const int extent : {ROOTS_WHOLE_DAY, ROOTS_HALF_DAY, ROOTS_MINUTES}) {
      INFO(extent);
      roots_absence_day day{};
      day.struct_size = sizeof day;
      day.date = date;
      day.kind = ROOTS_VACATION;
      day.extent = extent;
      day.effect = ROOTS_TIME_OFF;
      day.absence_id = {"1", 1};
      day.minutes = number;
      ProviderData provider;
      provider.absences.rows = {Absence{*kit::parseDate("2026-07-15"), Kind::vacation,
                                        static_cast<Extent>(extent), number, Effect::time_off, "1", "", "x"}};
      CHECK(isRead(provider) == detail::checked(day, all).ok());
      day.minutes = extent == ROOTS_MINUTES ? 1 : 0;
      day.counted_hundredths = number;
      provider.absences.rows[0].minutes = day.minutes;
      provider.absences.rows[0].counted_hundredths = number;
      CHECK(isRead(provider) == detail::checked(day, all).ok());
    }
    roots_week week{};
    week.struct_size = sizeof week;
    week.minutes[3] = number;
    ProviderData provider;
    provider.weeks = {ScheduledWeek{std::nullopt, {0, 0, 0, number, 0, 0, 0}}};
    CHECK(isRead(provider) == detail::checked(week).ok());
  }
}

TEST_CASE("a context that could not be read back is not written", "[context]") {
  const TemporaryFolder home;
  auto store = FetchedDataStore::open(home.path());
  REQUIRE(store.ok());
  REQUIRE(store->change([](FetchedData &context) { context.providers["x"].account_id = "1"; }).ok());
  const CivilDate beyond = kit::addDays(kit::allDays().last, 1);
  const auto written = store->change([&](FetchedData &context) {
    replaceDays(context.moco.holidays, {beyond, beyond}, {Holiday{beyond, Extent::whole_day, "x"}},
                kFetchTime);
  });
  REQUIRE_FALSE(written.ok());
  CHECK(written.error().message.find("public holidays of Moco") != std::string::npos);
  CHECK_FALSE(store->get().moco.isKnown());
  const auto again = FetchedDataStore::open(home.path());
  REQUIRE(again.ok());
  CHECK(again->damage().empty());
  CHECK(again->get().providers.at("x").account_id == "1");
}
