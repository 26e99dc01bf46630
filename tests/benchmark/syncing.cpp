// Connecting and reading a usual year: the real provider over real sockets against the sandbox in another
// process, through a relay that makes it far away; beside the round trips that it had to wait for, and beside
// a bare client that sends the same requests.
#include "benchmark/bare_client.h"
#include "benchmark/delay_relay.h"
#include "benchmark/plan.h"
#include "benchmark/sandbox_process.h"
#include "service/connected_provider.h"
#include "support/certificates.h"

#include <memory>
#include <stdexcept>

namespace roots::benchmarks {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr Days kYear{{2026, 1, 1}, {2026, 12, 31}};

// cold: a first sign-in. restarted: a new process of the host, which has kept the token. warm: connected
// already.
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

// The provider in a world whose time is real.
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

// Ready for what is to be measured.
void prepare(test::ConnectedProvider &world, Start start) {
  if (start == Start::cold) return;
  connect(world);
  if (start == Start::warm) readYear(world);
  if (start == Start::restarted) world.restart();
}

double secondsOf(const std::function<void()> &work) {
  const auto start = steady_clock::now();
  work();
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

// ---- far away ----

void timeSync(const Plan &plan, const SharedServices &services, const Way &way) {
  const int repetitions = way.round_trip_ms == 0 ? 15 : 5;
  plan.timeSeldom("sync: " + nameOf(way), repetitions, [services, way](benchmark::State &state) {
    DelayRelay relay(services->port(way.secure), milliseconds(way.round_trip_ms));
    const auto world = newProvider(relay.port(), way.api, services->authorityFile(way.secure));
    prepare(*world, way.start);
    relay.forget();
    for (auto _ : state) state.SetIterationTime(secondsOf([&] { sync(*world, way.start); }));
    state.counters["round trips"] = relay.roundTripsInARow();
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

// ---- the processor ----

// What the provider asks for in one cold sync.
std::vector<BareRequest> recordedRequests(const SharedServices &services, const std::string &api) {
  DelayRelay relay(services->port(false), milliseconds(0));
  const auto world = newProvider(relay.port(), api, "");
  sync(*world, Start::cold);
  return bareRequests(relay.said());
}

void planProcessor(Plan &plan, const SharedServices &services, const std::string &api, bool secure) {
  const Way way{Start::cold, api, secure, 0};
  const std::string ours = "direct: " + nameOf(way);
  const std::string bare = "bare: " + nameOf(way);
  plan.timeSeldom(ours, 15, [services, way](benchmark::State &state) {
    const auto world = newProvider(services->port(way.secure), way.api, services->authorityFile(way.secure));
    for (auto _ : state) state.SetIterationTime(secondsOf([&] { sync(*world, way.start); }));
  });
  plan.timeSeldom(bare, 15,
                  [services, way, requests = recordedRequests(services, api)](benchmark::State &state) {
                    const auto ask = [&] {
                      askBarely(requests, services->port(way.secure), services->authorityFile(way.secure));
                    };
                    for (auto _ : state) state.SetIterationTime(secondsOf(ask));
                  });
  const std::string beside = "the same requests by Poco and RapidJSON, nothing done";
  plan.rows.push_back(
      {"Syncing a year, not far away", "cold, " + api + (secure ? ", TLS" : ", plain"), ours, beside, bare});
  plan.rows.push_back({"Syncing a year, the processor's time",
                       "cold, " + api + (secure ? ", TLS" : ", plain"), processorTimeOf(ours), beside,
                       processorTimeOf(bare), Unit::time,
                       secure ? Budget{} : Budget{Budget::Kind::at_most, 5e-3}});
}

// ---- companies of any size ----

void planCompany(Plan &plan, int employees, const std::string &smallest) {
  const std::string company = std::to_string(employees) + (employees == 1 ? " employee" : " employees");
  const std::string name = "connect: " + company;
  const auto services = std::make_shared<const SandboxProcess>(SandboxPlan{employees, "", ""});
  plan.timeSeldom(name, 15, [services](benchmark::State &state) {
    const auto world = newProvider(services->port(), "v1", "");
    for (auto _ : state) state.SetIterationTime(secondsOf([&] { connect(*world); }));
  });
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
  row("the processor's time", processorTimeOf(""), Unit::time, {Budget::Kind::ratio_at_most, 1.25});
  row("time (the sandbox looks at all of them)", "", Unit::time, {});
}

void planCompanies(Plan &plan) {
  Curve time{"Connecting", "employees", Unit::time, {}};
  for (const int employees : {1, 1000, 100000}) {
    planCompany(plan, employees, "connect: 1 employee");
    time.points.emplace_back(employees, processorTimeOf(plan.rows.back().measured));
  }
  plan.curves.push_back(std::move(time));
}

}  // namespace

void planSyncing(Plan &plan) {
  const auto services = std::make_shared<const Services>();
  for (const bool secure : {false, true}) {
    for (const Start start : {Start::cold, Start::restarted, Start::warm}) {
      for (const char *api : {"v1", "v2"}) planFarAway(plan, services, {start, api, secure, 100});
    }
  }
  for (const Start start : {Start::cold, Start::warm}) {
    for (const char *api : {"v1", "v2"}) planFarAway(plan, services, {start, api, true, 20});
  }
  for (const bool secure : {false, true}) {
    for (const char *api : {"v1", "v2"}) planProcessor(plan, services, api, secure);
  }
  planCompanies(plan);
}

}  // namespace roots::benchmarks
