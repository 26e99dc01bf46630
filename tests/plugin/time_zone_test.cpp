// Local clocks against those of the C library, which reads the same files in its own way.
#include "replies/time_zone.h"
#include "replies/posix_zone_rule.h"
#include "support/catch.h"

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

using namespace roots::personio;
using std::chrono::seconds;
using std::chrono::sys_seconds;

namespace {

// The C library's time zone, as long as this lives.
class SystemZone {
 public:
  explicit SystemZone(const std::string &zone) {
    if (const char *former = std::getenv("TZ")) former_ = former;
    ::setenv("TZ", zone.c_str(), 1);
    ::tzset();
  }
  ~SystemZone() {
    former_.empty() ? ::unsetenv("TZ") : ::setenv("TZ", former_.c_str(), 1);
    ::tzset();
  }
  SystemZone(const SystemZone &) = delete;
  SystemZone &operator=(const SystemZone &) = delete;

  [[nodiscard]] static seconds offsetAt(sys_seconds moment) {
    const std::time_t time = moment.time_since_epoch().count();
    std::tm local{};
    ::localtime_r(&time, &local);
    return seconds(local.tm_gmtoff);
  }

 private:
  std::string former_;
};

// Moments of 1970 to 2100, by chance but the same each time, and the hours around the changes of Central
// Europe.
std::vector<sys_seconds> moments() {
  std::vector<sys_seconds> all;
  std::mt19937 chance(4711);
  std::uniform_int_distribution<std::int64_t> any(0, 4'102'444'800);
  for (int count = 0; count < 4000; ++count) all.emplace_back(seconds(any(chance)));
  for (int year = 1985; year < 2095; ++year) {
    using namespace std::chrono;
    for (const month in : {March, April, October, November}) {
      const sys_days sunday(std::chrono::year(year) / in / Sunday[last]);
      for (int quarter = -8; quarter < 24; ++quarter) all.push_back(sunday + minutes(15) * quarter);
    }
  }
  return all;
}

std::string bytesOf(const std::string &zone) {
  std::ifstream file("/usr/share/zoneinfo/" + zone, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("local clocks are those of the C library, in every kind of zone", "[time_zone]") {
  for (const char *name : {"Europe/Berlin",       "Europe/London",
                           "Europe/Dublin",       "Europe/Lisbon",
                           "Europe/Moscow",       "Europe/Istanbul",
                           "America/New_York",    "America/St_Johns",
                           "America/Sao_Paulo",   "America/Santiago",
                           "Africa/Casablanca",   "Africa/Cairo",
                           "Asia/Kathmandu",      "Asia/Kolkata",
                           "Asia/Tehran",         "Asia/Gaza",
                           "Australia/Lord_Howe", "Pacific/Auckland",
                           "Pacific/Chatham",     "Pacific/Apia",
                           "Antarctica/Troll",    "UTC",
                           "Etc/GMT+12"}) {
    CAPTURE(name);
    const auto zone = TimeZone::named(name);
    REQUIRE(zone.has_value());
    const SystemZone system(name);
    int differences = 0;
    for (const sys_seconds moment : moments())
      differences += zone->offsetAt(moment) == SystemZone::offsetAt(moment) ? 0 : 1;
    CHECK(differences == 0);
  }
}

TEST_CASE("the rule of a zone is read as the C library reads it", "[time_zone]") {
  for (const char *rule :
       {"CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0", "NZST-12NZDT,M9.5.0,M4.1.0/3",
        "<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45", "<-03>3", "IST-5:30", "UTC0",
        "<-04>4<-03>,M9.1.6/24,M4.1.6/24", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
        "IST-1GMT0,M10.5.0,M3.5.0/1", "AAA3BBB,J60/1,J300/4", "AAA-3BBB,59/0,300/23"}) {
    CAPTURE(rule);
    const SystemZone system(rule);
    int differences = 0;
    for (const sys_seconds moment : moments())
      differences += offsetByRule(rule, moment) == SystemZone::offsetAt(moment) ? 0 : 1;
    CHECK(differences == 0);
  }
}

TEST_CASE("a malformed rule yields no offset", "[time_zone]") {
  for (const char *rule :
       {"", "CET", "CE-1", "CET-", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M0.5.0,M10.5.0", "CET-168",
        "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-1CEST,J0,J300", "CET-1CEST,J366,J300", "CET--1", "<+1-1",
        "CET-1:60"}) {
    CAPTURE(rule);
    CHECK_FALSE(offsetByRule(rule, sys_seconds(seconds(1'780'000'000))).has_value());
  }
}

TEST_CASE("an invalid zone name opens no file", "[time_zone]") {
  for (const char *name : {"", "Europe", "Europe/Atlantis", "/usr/share/zoneinfo/Europe/Berlin",
                           "../zoneinfo/UTC", "Europe/../UTC", "Europe/Berlin ", "zone.tab", "tzdata.zi"}) {
    CAPTURE(name);
    CHECK_FALSE(TimeZone::named(name).has_value());
  }
  CHECK_FALSE(TimeZone::named("UTC", "/nowhere").has_value());
}

TEST_CASE("a truncated or damaged file yields no zone, or a safe one", "[time_zone]") {
  const std::string whole = bytesOf("Europe/Berlin");
  REQUIRE(TimeZone::parse(whole).has_value());
  for (std::size_t length = 0; length < whole.size(); ++length)
    CHECK_FALSE(TimeZone::parse(std::string_view(whole).substr(0, length)).has_value());
  std::mt19937 chance(815);
  for (int count = 0; count < 3000; ++count) {
    std::string damaged = whole;
    for (int byte = 0; byte < 3; ++byte)
      damaged[chance() % damaged.size()] = static_cast<char>(chance() & 0xFFU);
    const auto zone = TimeZone::parse(damaged);
    if (!zone) continue;
    const auto offset = zone->offsetAt(sys_seconds(seconds(1'780'000'000)));
    CHECK((!offset || std::chrono::abs(*offset) <= std::chrono::hours(168)));
  }
}
