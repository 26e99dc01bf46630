// The age of the data of each day after successful and failed fetches in any order, compared with a list of
// days.
#include "state/freshness.h"
#include "support/catch.h"

#include <algorithm>
#include <array>
#include <random>

using namespace roots;
using namespace roots::host;

namespace {

constexpr int kDays = 40;

CivilDate juneDay(int number) { return kit::addDays(*kit::parseDate("2026-06-01"), number); }

CivilDays days(int first, int last) { return {juneDay(first), juneDay(last)}; }

// The expected result, recorded day by day.
using Diary = std::array<Freshness, kDays>;

Freshness in(const FreshnessByDay &fetches, int number) {
  const auto found = fetches.on(days(number, number));
  REQUIRE(found.size() <= 1);
  return found.empty() ? Freshness() : found.front();
}

}  // namespace

TEST_CASE("after fetches in any order, each day has the state of its own last fetch",
          "[freshness][property]") {
  for (unsigned seed = 1; seed <= 1000; ++seed) {
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    FreshnessByDay fetches;
    Diary diary;
    for (int count = 0; count < 12; ++count) {
      const int first = static_cast<int>(chance() % kDays);
      const int last = first + static_cast<int>(chance() % static_cast<unsigned>(kDays - first));
      const bool is_good = chance() % 3 != 0;
      const std::string text = std::to_string(chance() % 3);
      if (is_good)
        fetches.markGood(days(first, last), text);
      else
        fetches.markFailed(days(first, last), text);
      for (int number = first; number <= last; ++number) {
        Freshness &freshness = diary[static_cast<std::size_t>(number)];
        if (is_good)
          freshness.markGood(text);
        else
          freshness.markFailed(text);
      }
    }
    for (int number = 0; number < kDays; ++number)
      REQUIRE(in(fetches, number) == diary[static_cast<std::size_t>(number)]);
    const auto &ranges = fetches.ranges();
    for (std::size_t index = 1; index < ranges.size(); ++index) {
      REQUIRE(ranges[index - 1].days.last < ranges[index].days.first);
      const bool follows = kit::addDays(ranges[index - 1].days.last, 1) == ranges[index].days.first;
      REQUIRE_FALSE((follows && ranges[index - 1].freshness == ranges[index].freshness));
    }
    const auto fetched = fetches.fetchedDays();
    for (int number = 0; number < kDays; ++number) {
      const bool is_fetched = std::any_of(fetched.begin(), fetched.end(), [&](const CivilDays &range) {
        return kit::contains(range, juneDay(number));
      });
      REQUIRE(is_fetched == !diary[static_cast<std::size_t>(number)].last_good.empty());
    }
  }
}

TEST_CASE("the age of days is that of the oldest data, or of the failed days if any failed", "[freshness]") {
  FreshnessByDay fetches;
  CHECK(fetches.summary(days(0, 9)) == Freshness());
  fetches.markGood(days(0, 4), "2026-06-01T08:00:00Z");
  fetches.markGood(days(5, 9), "2026-06-20T08:00:00Z");
  CHECK(fetches.summary(days(0, 9)).last_good == "2026-06-01T08:00:00Z");
  CHECK(fetches.summary(days(6, 9)).last_good == "2026-06-20T08:00:00Z");
  CHECK_FALSE(fetches.summary(days(0, 9)).staleSince());

  fetches.markFailed(days(7, 12), "Nobody answers.");
  CHECK(fetches.summary(days(0, 9)).staleSince() == "2026-06-20T08:00:00Z");
  CHECK(fetches.summary(days(0, 9)).problem == "Nobody answers.");
  CHECK_FALSE(fetches.summary(days(0, 6)).staleSince());
  // Days 10 to 12 were never fetched.
  CHECK(fetches.summary(days(10, 12)).last_good.empty());
  CHECK_FALSE(fetches.summary(days(10, 12)).staleSince());
  CHECK(fetches.fetchedDays() == std::vector<CivilDays>{days(0, 9)});
}

TEST_CASE("the first and the last supported day can be fetched", "[freshness]") {
  FreshnessByDay fetches;
  fetches.markGood({kit::allDays().last, kit::allDays().last}, "1");
  fetches.markGood({kit::allDays().first, kit::allDays().first}, "1");
  fetches.markFailed(kit::allDays(), "x");
  CHECK(fetches.ranges().front().days.first == kit::allDays().first);
  CHECK(fetches.ranges().back().days.last == kit::allDays().last);
  fetches.markGood(kit::allDays(), "2");
  CHECK(fetches.fetchedDays() == std::vector<CivilDays>{kit::allDays()});
  CHECK(missingDays(fetches.fetchedDays(), kit::allDays()).empty());
}
