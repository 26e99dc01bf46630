// Independent requests are under way at the same time: a service that answers none of two before it has
// both gets both.
#include "plugin/harness.h"

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

using namespace roots;
using namespace roots::personio::tests;

namespace {

// Answers the requests of a pair only when both have arrived; others at once.
class PairingTransport final : public kit::HttpTransport {
 public:
  struct Answers {
    std::map<std::string, std::string> by_path;
    std::set<std::string> pair;
  };
  explicit PairingTransport(Answers answers) : answers_(std::move(answers)) {}

  Result<kit::HttpReply, kit::TransportError> send(const kit::HttpRequest &request,
                                                   const kit::CallLimits &) override {
    const std::string path = request.target.substr(0, request.target.find('?'));
    std::unique_lock lock(mutex_);
    if (answers_.pair.contains(path)) {
      arrived_.insert(path);
      both_.notify_all();
      const bool met = both_.wait_for(lock, std::chrono::seconds(10),
                                      [&] { return arrived_.size() == answers_.pair.size(); });
      if (!met) return kit::TransportError{kit::TransportFault::timed_out, "the other never came"};
    }
    return kit::HttpReply{200, {}, answers_.by_path.at(path)};
  }

 private:
  Answers answers_;
  std::mutex mutex_;
  std::condition_variable both_;
  std::set<std::string> arrived_;
};

// Does not answer the sign-in before a connection was opened ahead.
class PatientTransport final : public kit::HttpTransport {
 public:
  Result<kit::HttpReply, kit::TransportError> send(const kit::HttpRequest &request,
                                                   const kit::CallLimits &) override {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, std::chrono::seconds(10), [&] { return opened_ahead_; }))
      return kit::TransportError{kit::TransportFault::timed_out, "nothing was opened ahead"};
    return kit::HttpReply{200, {}, request.method == "POST" ? token() : list({erika()})};
  }

  void connectAhead(const kit::CallLimits &) override {
    const std::lock_guard lock(mutex_);
    opened_ahead_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool opened_ahead_ = false;
};

// The network does not answer; only the call's end ends it.
class SilentAheadTransport final : public kit::HttpTransport {
 public:
  Result<kit::HttpReply, kit::TransportError> send(const kit::HttpRequest &request,
                                                   const kit::CallLimits &) override {
    return kit::HttpReply{200, {}, request.method == "POST" ? token() : list({erika()})};
  }
  void connectAhead(const kit::CallLimits &limits) override {
    while (!limits.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
};

template <class Transport, class... Arguments>
personio::Environment environmentWith(Arguments... arguments) {
  personio::Environment environment;
  environment.make_transport = [=](const kit::TransportOptions &) {
    return Result<std::unique_ptr<kit::HttpTransport>>(std::make_unique<Transport>(arguments...));
  };
  return environment;
}

Settings settingsFor(const std::string &api) {
  return {{"client_id", "papi-client"},
          {"client_secret", "very-secret"},
          {"email", kEmail},
          {"absence_api", api}};
}

Call callOf20Seconds() {
  return Call(std::chrono::steady_clock::now() + std::chrono::seconds(20), Call::Functions{});
}

}  // namespace

TEST_CASE("the connection for the second of two requests is opened while signing in", "[parallel]") {
  personio::PersonioProvider provider(Host(Host::Functions{}), environmentWith<PatientTransport>());
  CHECK(provider.connect(settingsFor("auto"), callOf20Seconds()).ok());
}

TEST_CASE("a connection ahead that is not established delays nothing", "[parallel]") {
  personio::PersonioProvider provider(Host(Host::Functions{}), environmentWith<SilentAheadTransport>());
  CHECK(provider.connect(settingsFor("auto"), callOf20Seconds()).ok());
}

TEST_CASE("independent lists are requested in parallel", "[parallel]") {
  const std::string api = GENERATE("v1", "v2");
  const bool balances = GENERATE(false, true);
  const std::string balance = "/v1/company/employees/4711/absences/balance";
  PairingTransport::Answers answers;
  answers.by_path = {{"/v2/auth/token", token()},
                     {"/v1/company/employees", list({erika()})},
                     {"/v1/company/time-offs", kNoAbsences},
                     {"/v1/company/absence-periods", kNoAbsences},
                     {"/v1/company/time-off-types", list({})},
                     {"/v2/absence-periods", listV2({})},
                     {"/v2/absence-types", typesV2()},
                     {balance, list({})}};
  if (balances)
    answers.pair = {balance, "/v1/company/time-off-types"};
  else if (api == "v1")
    answers.pair = {"/v1/company/time-offs", "/v1/company/absence-periods"};
  else
    answers.pair = {"/v2/absence-periods", "/v2/absence-types"};
  personio::PersonioProvider provider(Host(Host::Functions{}), environmentWith<PairingTransport>(answers));
  const Call call = callOf20Seconds();
  REQUIRE(provider.connect(settingsFor(api), call).ok());
  Collected<AbsenceDay> days;
  Collected<Balance> accounts;
  const auto done = balances ? provider.fetchBalances(call, accounts)
                             : provider.fetchAbsences({day("2026-07-01"), day("2026-07-31")}, call, days);
  CHECK(done.ok());
}

TEST_CASE("the hours of absences are requested two at a time", "[parallel]") {
  const auto periodV2 = [](const std::string &id) {
    return json("{'id':'" + id +
                "','person':{'id':'4711'},'starts_from':{'date_time':'2026-07-02T12:00:00'}," +
                "'ends_at':{'date_time':'2026-07-02T14:00:00'},'absence_type':{'id':'hours'}," +
                "'approval':{'status':'APPROVED'}}");
  };
  const auto hoursOn = [](const std::string &date) {
    return listV2({json("{'date':'" + date + "','effective_duration':{'unit':'HOUR','value':2}}")});
  };
  PairingTransport::Answers answers;
  answers.by_path = {{"/v2/auth/token", token()},
                     {"/v1/company/employees", list({erika()})},
                     {"/v2/absence-periods", listV2({periodV2("a"), periodV2("b"), periodV2("c")})},
                     {"/v2/absence-types", listV2({json("{'id':'hours','name':'Ausgleich','unit':'HOUR'}")})},
                     {"/v2/absence-periods/a/breakdowns", hoursOn("2026-07-02")},
                     {"/v2/absence-periods/b/breakdowns", hoursOn("2026-07-03")},
                     {"/v2/absence-periods/c/breakdowns", hoursOn("2026-07-06")}};
  answers.pair = {"/v2/absence-periods/a/breakdowns", "/v2/absence-periods/b/breakdowns"};
  personio::PersonioProvider provider(Host(Host::Functions{}), environmentWith<PairingTransport>(answers));
  const Call call = callOf20Seconds();
  REQUIRE(provider.connect(settingsFor("v2"), call).ok());
  Collected<AbsenceDay> days;
  REQUIRE(provider.fetchAbsences({day("2026-07-01"), day("2026-07-31")}, call, days).ok());
  std::set<std::string> told;
  for (const AbsenceDay &record : days.records)
    told.insert(record.absence_id + " " + kit::formatDate(*kit::fromRecord(record.date)) + " " +
                std::to_string(record.minutes));
  CHECK(told == std::set<std::string>{"a 2026-07-02 120", "b 2026-07-03 120", "c 2026-07-06 120"});
}
