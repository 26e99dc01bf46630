// Connecting and reading a typical year: the real provider over real sockets against the sandbox in another
// process, through a relay with latency; compared with the required round trips and with a bare client that
// sends the same requests.
#include "benchmark/bare_client.h"
#include "benchmark/child_measurement.h"
#include "benchmark/delay_relay.h"
#include "benchmark/plan.h"
#include "benchmark/resident_memory.h"
#include "benchmark/sandbox_process.h"
#include "service/connected_provider.h"
#include "support/certificates.h"

#include <memory>
#include <stdexcept>
#include <thread>

namespace roots::benchmarks {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr Days kYear{{2026, 1, 1}, {2026, 12, 31}};

// cold: a first sign-in. restarted: a new process of the host with the stored token. warm: already
// connected.
enum class Start { cold, restarted, warm };

struct Way {
  Start start = Start::cold;
  std::string api = "v1";
  bool secure = false;
  int round_trip_ms = 0;
};

std::string nameOf(const Way &way) {
  const char *start = way.start == Start::cold        ? "cold"
                      : way.start == Start::restarted ? "with the token of an earlier start"
                                                      : "while connected";
  return std::string(start) + ", " + way.api + (way.secure ? ", TLS" : ", plain") + ", " +
         std::to_string(way.round_trip_ms) + " ms away";
}

// The sandbox, plain and over TLS.
struct Services {
  test::Authority authority;
  test::Certificate certificate = authority.issue({"sandbox", {}, {"127.0.0.1"}});
  SandboxProcess plain{SandboxPlan{}};
  SandboxProcess secure{SandboxPlan{1200, certificate.certificate_file, certificate.key_file}};

  [[nodiscard]] std::uint16_t port(bool is_secure) const { return is_secure ? secure.port() : plain.port(); }
  [[nodiscard]] std::string authorityFile(bool is_secure) const { return is_secure ? authority.file() : ""; }
};
using SharedServices = std::shared_ptr<const Services>;

// The provider with a real clock.
std::unique_ptr<test::ConnectedProvider> newProvider(std::uint16_t port, const std::string &api,
                                                     const std::string &authority_file) {
  const std::string scheme = authority_file.empty() ? "http" : "https";
  Settings settings{{"base_url", scheme + "://127.0.0.1:" + std::to_string(port)}, {"absence_api", api}};
  if (!authority_file.empty()) settings["ca_file"] = authority_file;
  auto world = std::make_unique<test::ConnectedProvider>(sandbox::small(), std::move(settings));
  world->services.reset();
  world->in_real_time = true;
  world->restart();
  return world;
}

template <class Outcome>
void require(const Outcome &outcome) {
  if (!outcome) throw std::runtime_error(outcome.error().message);
}

void connect(test::ConnectedProvider &world) { require(world.connect()); }

void readYear(test::ConnectedProvider &world) {
  require(world.schedule(kYear));
  require(world.absences(kYear));
  require(world.balances());
}

void sync(test::ConnectedProvider &world, Start start) {
  if (start != Start::warm) connect(world);
  readYear(world);
}

// The provider limits its request rate; the next sync starts only after the limit no longer remembers the
// last one.
constexpr milliseconds kPaceForgets{1100};

// Prepares the measurement.
void prepare(test::ConnectedProvider &world, Start start) {
  if (start == Start::cold) return;
  connect(world);
  if (start == Start::warm) {
    readYear(world);
    std::this_thread::sleep_for(kPaceForgets);
  }
  if (start == Start::restarted) world.restart();
}

double secondsOf(const std::function<void()> &work) {
  const auto start = steady_clock::now();
  work();
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

// ---- with latency ----

// Dependencies between requests: a connection, TLS's keys, a token, the person, the absences and the hours
// of hourly ones (v2), the balances, which the interface requests last.
int neededRoundTrips(const Way &way) {
  const int absences = way.api == "v2" ? 2 : 1;
  constexpr int person_and_balances = 2;
  const int to_connect = way.start == Start::warm ? 0 : way.secure ? 2 : 1;
  return to_connect + (way.start == Start::cold ? 1 : 0) + person_and_balances + absences;
}

void timeSync(const Plan &plan, const SharedServices &services, const Way &way) {
  plan.timeSeldom("sync: " + nameOf(way), {5, 1}, [services, way](benchmark::State &state) {
    DelayRelay relay(services->port(way.secure), milliseconds(way.round_trip_ms));
    const auto world = newProvider(relay.port(), way.api, services->authorityFile(way.secure));
    prepare(*world, way.start);
    relay.forget();
    for (auto _ : state) state.SetIterationTime(secondsOf([&] { sync(*world, way.start); }));
    state.counters["round trips"] = relay.roundTripsInARow();
    state.counters["needed"] = neededRoundTrips(way);
    state.counters["critical path"] = relay.roundTripsInARow() * way.round_trip_ms / 1e3;
  });
}

void planFarAway(Plan &plan, const SharedServices &services, const Way &way) {
  timeSync(plan, services, way);
  const std::string name = "sync: " + nameOf(way);
  const bool has_budget = way.round_trip_ms == 100;
  plan.rows.push_back({"Syncing a year", nameOf(way), name, "critical path", name + " (critical path)",
                       Unit::time, has_budget ? Budget{Budget::Kind::ratio_at_most, 1.15} : Budget{}});
}

void planRoundTrips(Plan &plan, const Way &way) {
  const std::string name = "sync: " + nameOf(way);
  plan.rows.push_back({"Round trips in a row", nameOf(way), name + " (round trips)", "needed",
                       name + " (needed)", Unit::count});
}

// ---- processor time ----

// The requests of the provider in one cold sync.
std::vector<BareRequest> recordedRequests(const SharedServices &services, const std::string &api) {
  DelayRelay relay(services->port(false), milliseconds(0));
  const auto world = newProvider(relay.port(), api, "");
  sync(*world, Start::cold);
  return bareRequests(relay.said());
}

// As many as are measured at the same time, connected directly to the sandbox.
std::vector<std::unique_ptr<test::ConnectedProvider>> newProviders(int count, std::uint16_t port,
                                                                   const std::string &api,
                                                                   const std::string &authority_file) {
  std::vector<std::unique_ptr<test::ConnectedProvider>> worlds;
  for (int number = 0; number < count; ++number) worlds.push_back(newProvider(port, api, authority_file));
  return worlds;
}

constexpr Plan::Often kTenEach{15, 10};

void timeBesideBare(const Plan &plan, const SharedServices &services, const Way &way) {
  plan.timeSeldom("direct: " + nameOf(way), kTenEach, [services, way](benchmark::State &state) {
    const auto worlds = newProviders(kTenEach.rounds, services->port(way.secure), way.api,
                                     services->authorityFile(way.secure));
    auto next = worlds.begin();
    for (auto _ : state) state.SetIterationTime(secondsOf([&] { sync(**next++, way.start); }));
  });
  plan.timeSeldom("bare: " + nameOf(way), kTenEach,
                  [services, way, requests = recordedRequests(services, way.api)](benchmark::State &state) {
                    const auto ask = [&] {
                      askBarely(requests, services->port(way.secure), services->authorityFile(way.secure));
                    };
                    for (auto _ : state) state.SetIterationTime(secondsOf(ask));
                  });
}

void planNear(Plan &plan, const SharedServices &services) {
  std::vector<Way> ways;
  for (const bool secure : {false, true})
    for (const char *api : {"v1", "v2"}) ways.push_back({Start::cold, api, secure, 0});
  const std::string beside = "the same requests by Poco and RapidJSON, nothing done";
  for (const Way &way : ways) {
    timeBesideBare(plan, services, way);
    plan.rows.push_back({"Syncing a year, on this computer", nameOf(way), "direct: " + nameOf(way), beside,
                         "bare: " + nameOf(way)});
  }
  for (const Way &way : ways) {
    plan.rows.push_back({"Syncing a year, the processor's time", nameOf(way),
                         processorTimeOf("direct: " + nameOf(way)), beside,
                         processorTimeOf("bare: " + nameOf(way)), Unit::time,
                         way.secure ? Budget{} : Budget{Budget::Kind::at_most, 5e-3}});
  }
}

// ---- companies of any size ----

void planCompany(Plan &plan, int employees, const std::string &smallest) {
  const std::string company = std::to_string(employees) + (employees == 1 ? " employee" : " employees");
  const std::string name = "connect: " + company;
  const auto services = std::make_shared<const SandboxProcess>(SandboxPlan{employees, "", ""});
  plan.timeSeldom(name, kTenEach, [services](benchmark::State &state) {
    const auto worlds = newProviders(kTenEach.rounds, services->port(), "v1", "");
    auto next = worlds.begin();
    for (auto _ : state) state.SetIterationTime(secondsOf([&] { connect(**next++); }));
  });
  plan.measure(name + " (memory)", {"connect", std::to_string(services->port())});
  plan.measurements.emplace_back([services, name](Figures &figures) {
    DelayRelay relay(services->port(), milliseconds(0));
    connect(*newProvider(relay.port(), "v1", ""));
    figures[name + " (bytes)"] = {static_cast<double>(relay.bytesToClients())};
  });
  const auto row = [&](const std::string &what, const std::string &suffix, Unit unit, Budget budget) {
    plan.rows.push_back(
        {"Connecting", company + ": " + what, name + suffix, "1 employee", smallest + suffix, unit, budget});
  };
  row("bytes received", " (bytes)", Unit::bytes, {Budget::Kind::ratio_at_most, 1.01});
  row("the processor's time", processorTimeOf(""), Unit::time, {Budget::Kind::ratio_at_most, 1.5});
  row("time (the sandbox looks at all of them)", "", Unit::time, {});
}

void planCompanies(Plan &plan) {
  Curve time{"Connecting", "employees", Unit::time, {}};
  Curve memory{"Connecting", "employees", Unit::bytes, {}};
  for (const int employees : {1, 1000, 100000}) {
    planCompany(plan, employees, "connect: 1 employee");
    const std::string &name = plan.rows.back().measured;
    time.points.emplace_back(employees, processorTimeOf(name));
    memory.points.emplace_back(employees, name + " (memory)");
  }
  plan.curves.push_back(std::move(time));
  plan.curves.push_back(std::move(memory));
}

// PORT: memory of a process for connecting.
double growthByConnecting(const Words &words) {
  const auto world = newProvider(static_cast<std::uint16_t>(std::stoi(words.at(0))), "v1", "");
  return peakGrowth([&] { connect(*world); });
}

}  // namespace

std::map<std::string, ChildMeasurement> connectMeasurements() { return {{"connect", growthByConnecting}}; }

void planSyncing(Plan &plan) {
  const auto services = std::make_shared<const Services>();
  for (const bool secure : {false, true}) {
    for (const Start start : {Start::cold, Start::restarted, Start::warm})
      for (const char *api : {"v1", "v2"}) planFarAway(plan, services, {start, api, secure, 100});
  }
  for (const Start start : {Start::cold, Start::warm})
    for (const char *api : {"v1", "v2"}) planFarAway(plan, services, {start, api, true, 20});
  for (const Start start : {Start::cold, Start::restarted, Start::warm})
    for (const char *api : {"v1", "v2"}) planRoundTrips(plan, {start, api, true, 100});
  planNear(plan, services);
  planCompanies(plan);
}

}  // namespace roots::benchmarks
