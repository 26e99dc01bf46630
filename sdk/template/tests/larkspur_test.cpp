// The rules of the template, without a network: a transport that replies from a table.
#include "larkspur_provider.h"
#include "larkspur_replies.h"

#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_test_macros.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <map>

using namespace roots;

namespace {

constexpr const char *kAbsence =
    R"({"absences":[{"id":"1","type":"holiday","from":"2026-07-06","to":"2026-07-08","ends":"noon","state":"approved","days":2.5}]})";

kit::CivilDays july() { return {*kit::parseDate("2026-07-01"), *kit::parseDate("2026-07-31")}; }

class TableTransport final : public kit::HttpTransport {
 public:
  explicit TableTransport(std::map<std::string, kit::HttpReply> replies) : replies_(std::move(replies)) {}
  Result<kit::HttpReply, kit::TransportError> send(const kit::HttpRequest &request,
                                                   const kit::CallLimits &) override {
    const auto found = replies_.find(request.target.substr(0, request.target.find('?')));
    if (found == replies_.end()) return kit::HttpReply{404, {}, "{}"};
    return found->second;
  }

 private:
  std::map<std::string, kit::HttpReply> replies_;
};

larkspur::LarkspurProvider providerFor(std::map<std::string, kit::HttpReply> replies) {
  return {Host({}), [replies = std::move(replies)](const std::string &) {
            return Result<std::unique_ptr<kit::HttpTransport>>(std::make_unique<TableTransport>(replies));
          }};
}

Call patientCall() { return {std::chrono::steady_clock::now() + std::chrono::seconds(5), {}}; }

}  // namespace

TEST_CASE("an absence that ends at noon leaves the last afternoon as working time") {
  const auto days = larkspur::readAbsences(kAbsence, july());
  REQUIRE(days.ok());
  REQUIRE(days->size() == 3);
  CHECK(days->front().extent == Extent::whole_day);
  CHECK(days->back().extent == Extent::first_half);
  CHECK(days->back().counted_hundredths == 250);
}

TEST_CASE("only the requested days are delivered") {
  const auto day = *kit::parseDate("2026-07-07");
  const auto days = larkspur::readAbsences(kAbsence, {day, day});
  REQUIRE(days.ok());
  CHECK(days->size() == 1);
}

TEST_CASE("a requested absence is not delivered") {
  const auto days = larkspur::readAbsences(R"({"absences":[{"state":"requested"}]})", july());
  REQUIRE(days.ok());
  CHECK(days->empty());
}

TEST_CASE("a reply that is not understood names the member") {
  const auto days = larkspur::readAbsences(R"({"absences":[{"id":"1","state":"approved"}]})", july());
  REQUIRE_FALSE(days.ok());
  CHECK(days.error().status == Status::unexpected_reply);
  CHECK(days.error().message.find("absences.type") != std::string::npos);
}

TEST_CASE("a working week is delivered in minutes") {
  const auto week = larkspur::readWorkingWeek(R"({"since":"2024-01-01","hours":[8,8,8,8,6.5,0,0]})");
  REQUIRE(week.ok());
  CHECK(week->minutes == std::array<int, 7>{480, 480, 480, 480, 390, 0, 0});
}

TEST_CASE("a refused key requests another one") {
  auto provider = providerFor({{"/v1/session", {401, {}, "{}"}}});
  const auto account = provider.connect({{"api_key", "x"}}, patientCall());
  REQUIRE_FALSE(account.ok());
  CHECK(account.error().status == Status::sign_in_failed);
  CHECK(account.error().setting == "api_key");
}

TEST_CASE("a stored token avoids signing in, but never with another key") {
  std::string kept;
  int sessions = 0;
  Host::Functions host;
  host.load_secret = [&](std::string_view) { return kept.empty() ? std::nullopt : std::optional(kept); };
  host.save_secret = [&](std::string_view, std::string_view value) {
    kept = std::string(value);
    ++sessions;
    return true;
  };
  larkspur::LarkspurProvider provider(Host(host), [](const std::string &) {
    return Result<std::unique_ptr<kit::HttpTransport>>(
        std::make_unique<TableTransport>(std::map<std::string, kit::HttpReply>{
            {"/v1/session", {200, {}, R"({"token":"t"})"}}, {"/v1/me", {200, {}, R"({"id":"1"})"}}}));
  });
  REQUIRE(provider.connect({{"api_key", "x"}}, patientCall()).ok());
  REQUIRE(provider.connect({{"api_key", "x"}}, patientCall()).ok());
  CHECK(sessions == 1);
  REQUIRE(provider.connect({{"api_key", "y"}}, patientCall()).ok());
  CHECK(sessions == 2);
}

TEST_CASE("weekly hours are locked after a schedule was delivered") {
  auto provider =
      providerFor({{"/v1/session", {200, {}, R"({"token":"t"})"}},
                   {"/v1/me", {200, {}, R"({"id":"1"})"}},
                   {"/v1/me/working-week", {200, {}, R"({"since":"2024-01-01","hours":[8,8,8,8,8,0,0]})"}}});
  REQUIRE(provider.connect({{"api_key", "x"}}, patientCall()).ok());
  Collected<Lock> before;
  REQUIRE(provider.settingsLocks(before).ok());
  CHECK(before.records.size() == 1);
  Collected<Week> weeks;
  REQUIRE(provider.fetchSchedule({}, patientCall(), weeks).ok());
  Collected<Lock> after;
  REQUIRE(provider.settingsLocks(after).ok());
  CHECK(after.records.size() == 2);
}
