// A PersonioProvider in a scripted environment: HTTP, clocks, the host's secret store and log.
#pragma once

#include "personio_provider.h"
#include "plugin/personio_replies.h"
#include "support/catch.h"
#include "support/fake_transport.h"

#include <roots/kit/civil_date.h>
#include <roots/provider.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace roots::personio::tests {

using roots::test::FakeTransport;
using roots::test::FakeWaiter;
using roots::test::headerOf;
using roots::test::HttpScript;

inline const std::string kAuth = "POST /v2/auth/token";
inline const std::string kAuthV1 = "POST /v1/auth";
inline const std::string kPeople = "GET /v1/company/employees";
inline const std::string kDayBased = "GET /v1/company/time-offs";
inline const std::string kHourBased = "GET /v1/company/absence-periods";
inline const std::string kTypes = "GET /v1/company/time-off-types";
inline const std::string kPeriodsV2 = "GET /v2/absence-periods";
inline const std::string kTypesV2 = "GET /v2/absence-types";
inline const std::string kBalance = "GET /v1/company/employees/4711/absences/balance";

inline Date day(const std::string &text) { return kit::toRecord(kit::parseDate(text).value()); }

class Harness {
 public:
  Harness() { restart(); }

  // A new process: the host's store survives, the provider does not.
  void restart() {
    Environment environment;
    environment.make_transport = [this](const kit::TransportOptions &asked) {
      options = asked;
      return Result<std::unique_ptr<kit::HttpTransport>>(std::make_unique<FakeTransport>(script));
    };
    environment.waiter = &waiter;
    environment.run_tasks = kit::runInSequence;  // a script has one order
    environment.clock = [this] { return wall_time; };
    Host::Functions host;
    host.log = [this](LogLevel, std::string_view line) { log.emplace_back(line); };
    host.load_secret = [this](std::string_view key) -> std::optional<std::string> {
      const auto found = store.find(std::string(key));
      return found == store.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
    host.save_secret = [this](std::string_view key, std::string_view value) {
      if (value.empty())
        store.erase(std::string(key));
      else
        store[std::string(key)] = std::string(value);
      return true;
    };
    provider = std::make_unique<PersonioProvider>(Host(std::move(host)), std::move(environment));
  }

  [[nodiscard]] Call call() {
    Call::Functions functions;
    functions.is_cancelled = [this] { return cancelled; };
    functions.progress = [this](int, std::string_view doing) { progress.emplace_back(doing); };
    functions.notice = [this](std::string_view message) { notices.emplace_back(message); };
    return Call(waiter.now() + std::chrono::seconds(30), std::move(functions));
  }

  [[nodiscard]] Settings settings() const {
    return {{"client_id", "papi-client"},
            {"client_secret", "very-secret"},
            {"email", kEmail},
            {"absence_api", absence_api}};
  }

  Result<Account> connect() { return provider->connect(settings(), call()); }

  // Signs in and finds Erika.
  void beConnected() {
    script.expect(kAuth, 200, token()).expect(kPeople, 200, list({erika()}));
    REQUIRE(connect().ok());
  }

  Result<std::vector<AbsenceDay>> absences(const std::string &first, const std::string &last) {
    Collected<AbsenceDay> collected;
    const auto done = provider->fetchAbsences({day(first), day(last)}, call(), collected);
    if (!done) return done.error();
    return collected.records;
  }

  Result<std::vector<Week>> schedule() {
    Collected<Week> collected;
    const auto done = provider->fetchSchedule({day("2026-07-01"), day("2026-07-31")}, call(), collected);
    if (!done) return done.error();
    return collected.records;
  }

  Result<std::vector<Balance>> balances() {
    Collected<Balance> collected;
    const auto done = provider->fetchBalances(call(), collected);
    if (!done) return done.error();
    return collected.records;
  }

  [[nodiscard]] std::vector<std::string> locks() {
    Collected<Lock> collected;
    REQUIRE(provider->settingsLocks(collected).ok());
    std::vector<std::string> settings;
    for (const Lock &lock : collected.records) settings.push_back(lock.setting);
    return settings;
  }

  // Everything that the host got to see as text, in one.
  [[nodiscard]] std::string said() const {
    std::string text;
    for (const auto *lines : {&log, &notices, &progress})
      for (const std::string &line : *lines) text += line + "\n";
    return text;
  }

  HttpScript script;
  FakeWaiter waiter;
  std::chrono::system_clock::time_point wall_time = std::chrono::system_clock::from_time_t(1780000000);
  std::map<std::string, std::string> store;
  std::vector<std::string> log;
  std::vector<std::string> notices;
  std::vector<std::string> progress;
  bool cancelled = false;
  std::string absence_api = "v1";
  kit::TransportOptions options;
  std::unique_ptr<PersonioProvider> provider;
};

inline const std::string kNoAbsences =
    R"({"success":true,"metadata":{"total_elements":0,"current_page":1,"total_pages":0},"data":[]})";

}  // namespace roots::personio::tests
