// The cost of starting: a plugin, the host, their memory, the library on disk.
#include "benchmark/child_measurement.h"
#include "benchmark/plan.h"
#include "benchmark/started_program.h"
#include "plugins/plugin_loader.h"
#include "sandbox/sandbox.h"
#include "support/folders.h"
#include "support/process.h"
#include "support/temporary_folder.h"

#include <dlfcn.h>

#include <chrono>
#include <memory>
#include <stdexcept>

namespace roots::benchmarks {
namespace {

using std::chrono::steady_clock;

const std::string kPlugin = test::buildFolder() + "/plugins/roots.personio";
const std::string kHost = test::buildFolder() + "/bin/roots-host-stub";
constexpr double kMebibyte = 1024.0 * 1024.0;

double secondsSince(steady_clock::time_point start) {
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

host::PluginCandidate plugin() {
  auto candidate = host::readPluginFolder(kPlugin);
  if (!candidate) throw std::runtime_error(candidate.error().message);
  return std::move(*candidate);
}

// ---- in a child, because a loaded library stays loaded ----

// Like the host: manifest and folder, hash, library, table, identity.
double secondsToLoadPlugin(const Words &words) {
  const auto start = steady_clock::now();
  const auto table = host::loadPlugin(plugin(), words.at(0));
  if (!table) throw std::runtime_error(table.error().message);
  return secondsSince(start);
}

double secondsToOpenLibrary(const Words &words) {
  const auto start = steady_clock::now();
  void *library = ::dlopen(words.at(0).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr || ::dlsym(library, ROOTS_PROVIDER_ENTRY) == nullptr)
    throw std::runtime_error("the library cannot be opened");
  return secondsSince(start);
}

void timeInChild(const Plan &plan, const std::string &name, const Words &words) {
  plan.timeSeldom(name, {}, [words](benchmark::State &state) {
    for (auto _ : state) state.SetIterationTime(measuredInChild(words));
  });
}

void planLoading(Plan &plan) {
  const host::PluginCandidate candidate = plugin();
  const auto hash = host::fileHash(candidate.library);
  if (!hash) throw std::runtime_error(hash.error().message);
  timeInChild(plan, "load: plugin", {"load-plugin", *hash});
  timeInChild(plan, "load: library", {"open-library", candidate.library.string()});
  plan.rows.push_back({"Starting",
                       "plugin loaded and described: manifest, hash, library, table",
                       "load: plugin",
                       "dlopen and dlsym alone",
                       "load: library",
                       Unit::time,
                       {Budget::Kind::at_most, 5e-3}});
}

// ---- the host with its last known data ----

// A home with a typical year that was fetched once. The services no longer reply.
class FilledHome {
 public:
  FilledHome() {
    const kit::CivilDate today = std::chrono::year(2026) / 7 / 15;
    auto services = sandbox::Sandbox::start(sandbox::builtinScenario(today));
    if (!services) throw std::runtime_error(services.error().message);
    type({"plugins", "enable", "roots.personio"});
    type({"connect", "roots.personio", "--setting", "base_url=" + (*services)->personioUrl(), "--setting",
          "client_id=papi-00000000-0000-4000-8000-000000000001", "--setting", "email=Nele.Muster@example.com",
          "--secrets-from-stdin"},
         "client_secret=papi-secret-of-the-sandbox\n");
    type({"moco", "connect", "--domain", "example", "--base-url", (*services)->mocoUrl(),
          "--secrets-from-stdin"},
         "api_key=moco-key-of-the-sandbox\n");
    type({"sync", "--from", "2026-01-01", "--to", "2026-12-31"});
  }

  [[nodiscard]] std::vector<std::string> command(const std::vector<std::string> &words) const {
    std::vector<std::string> all{kHost,          "--home",  home_.path().string(), "--plugins",
                                 plugins_path(), "--today", "2026-07-15"};
    all.insert(all.end(), words.begin(), words.end());
    return all;
  }

 private:
  static std::string plugins_path() { return test::buildFolder() + "/plugins"; }

  void type(const std::vector<std::string> &words, const std::string &input = "") const {
    test::ProcessOptions options;
    options.input = input;
    const auto result = test::run(command(words), options);
    if (result.exit_code != 0) throw std::runtime_error(words.front() + ": " + result.err);
  }

  test::TemporaryFolder home_;
};

void timeFirstOutput(const Plan &plan, const std::string &name, const std::vector<std::string> &command) {
  plan.timeSeldom(name, {}, [command](benchmark::State &state) {
    for (auto _ : state) {
      StartedProgram program(command);
      state.SetIterationTime(program.secondsToFirstOutput());
      program.awaitEnd();
    }
  });
}

void planHost(Plan &plan) {
  const auto home = std::make_shared<const FilledHome>();
  timeFirstOutput(plan, "start: timeline", home->command({"timeline"}));
  timeFirstOutput(plan, "start: help", home->command({"--help"}));
  plan.rows.push_back({"Starting",
                       "host from its start to the first byte of `timeline`, from what it last knew",
                       "start: timeline",
                       "to the first byte of `--help`",
                       "start: help",
                       Unit::time,
                       {Budget::Kind::at_most, 50e-3}});

  plan.measurements.emplace_back([home](Figures &figures) {
    figures["memory: status"] = {StartedProgram(home->command({"status"})).peakResidentAtEnd()};
    StartedProgram serving(home->command({"serve"}));
    (void)serving.secondsToFirstOutput();
    figures["memory: serve"] = {serving.peakResident()};
  });
  const Budget resident{Budget::Kind::at_most, 20 * kMebibyte};
  plan.rows.push_back(
      {"Starting", "resident memory of `status`, at most", "memory: status", "", "", Unit::bytes, resident});
  plan.rows.push_back({"Starting", "resident memory of `serve` when its link is there", "memory: serve", "",
                       "", Unit::bytes, resident});
}

// ---- the library on disk ----

void planSize(Plan &plan) {
  plan.measurements.emplace_back([](Figures &figures) {
    const test::TemporaryFolder folder;
    const auto stripped = folder.path() / "stripped";
    const std::filesystem::path library = plugin().library;
    const auto result = test::run({"/usr/bin/strip", "-o", stripped.string(), library.string()});
    if (result.exit_code != 0) throw std::runtime_error("strip: " + result.err);
    figures["size: plugin"] = {static_cast<double>(std::filesystem::file_size(stripped))};
  });
  plan.rows.push_back({"Starting",
                       "plugin's library on disk, stripped",
                       "size: plugin",
                       "",
                       "",
                       Unit::bytes,
                       {Budget::Kind::at_most, 600e3}});
}

}  // namespace

std::map<std::string, ChildMeasurement> processMeasurements() {
  return {{"load-plugin", secondsToLoadPlugin}, {"open-library", secondsToOpenLibrary}};
}

void planProcesses(Plan &plan) {
  planLoading(plan);
  planHost(plan);
  planSize(plan);
}

}  // namespace roots::benchmarks
