// Where API v2 denies the days or hours of absences: what the answer of API v1 decides, and what its
// failure does not.
#include "plugin/world_v2.h"
#include "support/text_search.h"

#include <algorithm>

using namespace roots;
using namespace roots::personio::tests;
using namespace roots::test;

namespace {

bool isLocked(Harness &world) {
  const auto locks = world.locks();
  return std::find(locks.begin(), locks.end(), "absences") != locks.end();
}

Result<std::vector<AbsenceDay>> readJuly(Harness &world) {
  return world.absences("2026-07-01", "2026-07-31");
}

// The days of this absence are refused, and it still exists.
HttpScript &expectRefusedDays(HttpScript &script, const std::string &id, const std::string &row,
                              int status = 404) {
  script.expect(breakdownsOf(id), status, kDenied);
  if (status == 403) script.expect(kAuth, 200, token("papi-token-2")).expect(breakdownsOf(id), 403, kDenied);
  return script.expect(kPeriodsV2, 200, listV2({row}));
}

// A failure that says nothing about what the credentials may read, and is not retried within the call.
HttpScript &expectTemporaryFailure(HttpScript &script, const std::string &request, int status) {
  return script.expect(request, status, "", {{"Retry-After", "120"}});
}

void checkTryLater(const Result<std::vector<AbsenceDay>> &days) {
  REQUIRE_FALSE(days.ok());
  CHECK(days.error().status == Status::try_later);
  CHECK(days.error().retry_after == std::chrono::seconds(120));
}

// API v1 was chosen because API v2 denies the days of an absence.
void chooseV1(WorldV2 &world) {
  world.tell({kAbsenceA});
  expectV1(expectRefusedDays(world.script, "a", kAbsenceA));
  REQUIRE(words(world.july()) == kAsInV1);
  world.notices.clear();
}

}  // namespace

TEST_CASE("if API v1 fails temporarily, its failure is reported instead of ambiguous last days",
          "[absences-fallback]") {
  WorldV2 world("auto");
  const int status = GENERATE(429, 503);
  CAPTURE(status);
  world.tell({kAbsenceA});
  expectTemporaryFailure(expectRefusedDays(world.script, "a", kAbsenceA), kDayBased, status);
  checkTryLater(readJuly(world));
  CHECK(world.notices.empty());
  CHECK(isLocked(world));

  world.waiter.pass(std::chrono::minutes(3));
  world.script.expect(kPeriodsV2, 200, listV2({kAbsenceA}));
  expectV1(expectRefusedDays(world.script, "a", kAbsenceA));
  CHECK(words(world.july()) == kAsInV1);
}

TEST_CASE("if API v1 sends a malformed reply, ambiguous last days do not replace its absences",
          "[absences-fallback]") {
  WorldV2 world("auto");
  world.tell({kAbsenceA});
  expectRefusedDays(world.script, "a", kAbsenceA).expect(kDayBased, 200, "{}");
  const auto days = readJuly(world);
  REQUIRE_FALSE(days.ok());
  CHECK(days.error().status == Status::unexpected_reply);
  CHECK(world.notices.empty());
}

TEST_CASE("if API v1, chosen for denied days, is refused later, API v2 is read in the same call",
          "[absences-fallback]") {
  WorldV2 world("auto");
  const int status = GENERATE(403, 404, 410);
  const bool in_next_process = GENERATE(false, true);
  CAPTURE(status, in_next_process);
  chooseV1(world);
  if (in_next_process) {
    world.restart();
    world.script.expect(kPeople, 200, list({erika()}));
    REQUIRE(world.connect().ok());
  }
  world.script.expect(kDayBased, status, failure(status));
  if (status == 403)
    world.script.expect(kAuth, 200, token("papi-token-3")).expect(kDayBased, status, failure(status));
  world.script.expect(kPeriodsV2, 200, listV2({kAbsenceA}));
  if (in_next_process) world.script.expect(kTypesV2, 200, typesV2());
  expectRefusedDays(world.script, "a", kAbsenceA);
  CHECK(words(world.july()) == kInDoubt);
  REQUIRE(world.notices.size() == 1);
  CHECK(contains(world.notices.front(), "last day"));
  CHECK(isLocked(world));

  // Remembered: API v1 is not requested again with this token.
  world.script.expect(kPeriodsV2, 200, listV2({kAbsenceA}));
  expectRefusedDays(world.script, "a", kAbsenceA);
  CHECK(words(world.july()) == kInDoubt);
}

TEST_CASE("if API v1, chosen for denied days, fails temporarily, API v2 is not read", "[absences-fallback]") {
  WorldV2 world("auto");
  chooseV1(world);
  expectTemporaryFailure(world.script, kDayBased, GENERATE(429, 503));
  checkTryLater(readJuly(world));
  CHECK(world.notices.empty());

  world.waiter.pass(std::chrono::minutes(3));
  expectV1(world.script);
  CHECK(words(world.july()) == kAsInV1);
}

TEST_CASE("if API v1, chosen for denied lists, is refused later, API v2 is not read", "[absences-fallback]") {
  WorldV2 world("auto");
  world.script.expect(kPeriodsV2, 404, kNoSuchEndpoint);
  expectV1(world.script);
  REQUIRE(words(world.july()) == kAsInV1);
  world.script.expect(kDayBased, 410, failure(410));
  CHECK(readJuly(world).error().http_status == 410);
}

TEST_CASE("denied days of a type that is not listed make API v1 take over", "[absences-fallback]") {
  WorldV2 world("auto");
  const std::string unlisted = periodV2("u", momentV2("2026-07-14"), momentV2("2026-07-16"), "7c-999");
  world.tell({unlisted});
  expectRefusedDays(world.script, "u", unlisted, GENERATE(403, 404, 410))
      .expect(kHourBased, 200, kNoAbsences);
  SECTION("its answer is used, and that is remembered") {
    for (int sync = 1; sync <= 2; ++sync) {
      expectV1(world.script);
      CHECK(words(world.july()) == kAsInV1);
      CHECK(contains(world.notices.back(), "API v1"));
    }
  }
  SECTION("its temporary failure is the failure of the call") {
    expectTemporaryFailure(world.script, kDayBased, 503);
    checkTryLater(readJuly(world));
    CHECK(isLocked(world));
  }
  SECTION("if it is refused, the refusal by API v2 is reported, and v1 is not requested again") {
    world.script.expect(kDayBased, 410, failure(410));
    for (int sync = 1; sync <= 2; ++sync) {
      const auto days = readJuly(world);
      REQUIRE_FALSE(days.ok());
      CHECK(contains(days.error().message, "/breakdowns"));
      if (sync == 2) break;
      world.script.expect(kPeriodsV2, 200, listV2({unlisted})).expect(kTypesV2, 200, typesV2());
      expectRefusedDays(world.script, "u", unlisted).expect(kHourBased, 200, kNoAbsences);
    }
  }
}

TEST_CASE("denied hours that the hourly list of API v1 lacks make API v1 take over", "[absences-fallback]") {
  WorldV2 world("auto");
  const std::string hourly = twoHours("h", "2026-07-02");
  world.tell({hourly});
  expectRefusedDays(world.script, "h", hourly).expect(kHourBased, 200, kNoAbsences);
  expectV1(world.script);
  CHECK(words(world.july()) == kAsInV1);
  REQUIRE(world.notices.size() == 1);
  CHECK(contains(world.notices.front(), "API v1"));
}

TEST_CASE("with API v2 selected, denied days of a type that is not listed are an error",
          "[absences-fallback]") {
  WorldV2 world("v2");
  const std::string row =
      periodV2("u", momentV2("2026-07-14"), momentV2("2026-07-16"), GENERATE("7c-302", "7c-999"));
  world.tell({row});
  expectRefusedDays(world.script, "u", row).expect(kHourBased, 200, kNoAbsences);
  const auto days = readJuly(world);
  REQUIRE_FALSE(days.ok());
  CHECK(contains(days.error().message, "/breakdowns"));
}

TEST_CASE("if hours are denied and API v1 fails temporarily, no right is reported as missing",
          "[absences-fallback]") {
  const std::string api = GENERATE("auto", "v2");
  const int denial = GENERATE(403, 404);
  const int status = GENERATE(429, 503);
  CAPTURE(api, denial, status);
  WorldV2 world(api);
  const std::string hourly = twoHours("h", "2026-07-02");
  world.tell({hourly});
  expectTemporaryFailure(expectRefusedDays(world.script, "h", hourly, denial), kHourBased, status);
  checkTryLater(readJuly(world));
  CHECK(isLocked(world));
}

TEST_CASE("many hourly absences are read from API v2 if the list of API v1 fails temporarily",
          "[absences-fallback]") {
  WorldV2 world("v2");
  std::vector<std::string> rows;
  for (int number = 10; number < 31; ++number)
    rows.push_back(twoHours("h" + std::to_string(number), "2026-07-02"));
  world.tell(rows);
  expectTemporaryFailure(world.script, kHourBased, 503);
  world.script.afterwards([](const kit::HttpRequest &) {
    return kit::HttpReply{200, {}, listV2({breakdownV2("2026-07-02", "HOUR", "0.1")})};
  });
  CHECK(world.july().size() == 21);
}
