// The real provider with its real transport and the sandbox over real sockets: only the network is between
// them. Pauses between attempts take no time.
#pragma once

#include "personio_provider.h"
#include "sandbox/sandbox.h"
#include "support/catch.h"
#include "support/fake_transport.h"

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace roots::test {

inline constexpr Days kJulyDays{{2026, 7, 1}, {2026, 7, 31}};
inline constexpr Days kYearDays{{2026, 1, 1}, {2026, 12, 31}};
inline const std::string kBreakdowns = "GET /v2/absence-periods/{id}/breakdowns";

class ConnectedProvider {
 public:
  explicit ConnectedProvider(sandbox::Scenario scenario, Settings changed = {})
      : changed_(std::move(changed)) {
    auto started = sandbox::Sandbox::start(std::move(scenario));
    if (!started) throw std::runtime_error(started.error().message);
    services = std::move(*started);
    restart();
  }

  // A new process: the host's store survives, the provider does not.
  void restart() {
    Host::Functions host;
    host.log = [this](LogLevel, std::string_view line) { log.emplace_back(line); };
    host.load_secret = [this](std::string_view key) -> std::optional<std::string> {
      const auto found = store.find(std::string(key));
      return found == store.end() ? std::nullopt : std::optional(found->second);
    };
    host.save_secret = [this](std::string_view key, std::string_view value) {
      store[std::string(key)] = std::string(value);
      return true;
    };
    personio::Environment environment;
    if (!in_real_time) environment.waiter = &waiter;
    provider = std::make_unique<personio::PersonioProvider>(Host(std::move(host)), std::move(environment));
  }

  [[nodiscard]] Settings settings() const {
    Settings settings{{"client_id", "papi-00000000-0000-4000-8000-000000000001"},
                      {"client_secret", "papi-secret-of-the-sandbox"},
                      {"email", "Nele.Muster@example.com"},
                      {"base_url", services ? services->personioUrl() : address_}};
    for (const auto &[key, value] : changed_) settings[key] = value;
    return settings;
  }

  [[nodiscard]] Call call(std::chrono::milliseconds limit) {
    Call::Functions functions;
    functions.is_cancelled = [this] { return is_cancelled && is_cancelled(); };
    functions.notice = [this](std::string_view message) { notices.emplace_back(message); };
    return Call(std::chrono::steady_clock::now() + limit, std::move(functions));
  }

  Result<Account> connect() { return provider->connect(settings(), call(time)); }

  Result<std::vector<AbsenceDay>> absences(Days days) {
    Collected<AbsenceDay> collected;
    const auto done = provider->fetchAbsences(days, call(time), collected);
    if (!done) return done.error();
    return collected.records;
  }

  Result<std::vector<Week>> schedule(Days days) {
    Collected<Week> collected;
    const auto done = provider->fetchSchedule(days, call(time), collected);
    if (!done) return done.error();
    return collected.records;
  }

  Result<std::vector<Balance>> balances() {
    Collected<Balance> collected;
    const auto done = provider->fetchBalances(call(time), collected);
    if (!done) return done.error();
    return collected.records;
  }

  std::unique_ptr<sandbox::Sandbox> services;
  std::unique_ptr<personio::PersonioProvider> provider;
  std::map<std::string, std::string> store;
  std::vector<std::string> log;
  std::vector<std::string> notices;
  std::function<bool()> is_cancelled;
  std::chrono::milliseconds time = std::chrono::seconds(20);  // for each call
  roots::test::FakeWaiter waiter;
  bool in_real_time = false;  // from the next restart on

  // From now on, connections to the address are refused.
  void leaveAlone() {
    address_ = services->personioUrl();
    services.reset();
  }

  [[nodiscard]] int asked(const std::string &endpoint) const {
    int count = 0;
    for (const auto &request : services->requests()) count += request.endpoint == endpoint ? 1 : 0;
    return count;
  }

 private:
  Settings changed_;
  std::string address_;
};

}  // namespace roots::test
