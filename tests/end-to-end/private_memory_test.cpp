// What a crashed host leaves behind, and the plugin's log lines.
#include "canaries.h"
#include "plugins/plugin_loader.h"
#include "plugins/plugin_session.h"
#include "support/folders.h"
#include "support/host_user.h"

#include <sys/resource.h>

#include <csignal>

using namespace roots;
using namespace roots::test;

namespace fs = std::filesystem;

TEST_CASE("a host that crashes leaves no core file with secrets", "[end-to-end][secrets][canary]") {
  rlimit before{};
  ::getrlimit(RLIMIT_CORE, &before);
  const rlimit all{before.rlim_max, before.rlim_max};  // which the host would inherit
  ::setrlimit(RLIMIT_CORE, &all);
  HostUser user(canaries());
  user.enable();
  REQUIRE(user.connect({{"email", kEmail}}, kSecret).exit_code == 0);
  auto late = faultOf("GET /v2/absence-periods");
  late.delay = std::chrono::seconds(20);
  user.fault(late);
  user.services().forgetRequests();
  RunningProcess host(user.command({"sync"}));
  CHECK(host.letRunUntil([&] { return user.asked("GET /v2/absence-periods") > 0; }));
  const std::string limits = contentOf("/proc/" + std::to_string(host.id()) + "/limits");
  host.signal(SIGABRT);
  const auto result = host.end();
  ::setrlimit(RLIMIT_CORE, &before);
  CHECK(result.signal == SIGABRT);
  CHECK_FALSE(result.core_dumped);
  const std::string line = limits.substr(limits.find("Max core file size"));
  CHECK(contains(line.substr(0, line.find('\n')), " 0                    0 "));
  requireNoneIn(result.out + result.err, "a crash prints");
}

TEST_CASE("log lines of the plugin contain no personal data", "[end-to-end][secrets][canary]") {
  HostUser user(canaries());
  const auto plugin = host::readPluginFolder(fs::path(pluginBuild()) / "plugins" / "roots.personio");
  REQUIRE(plugin.ok());
  const auto table = host::loadPlugin(*plugin, *host::fileHash(plugin->library));
  REQUIRE(table.ok());
  std::vector<std::string> lines;
  HostServices services;
  services.log = [&](LogLevel, std::string_view text) { lines.emplace_back(text); };
  const auto session =
      host::sessionsInThisProcess(*table, plugin->manifest.declared_locks)(std::move(services));
  REQUIRE(session.ok());
  CallOptions options;
  options.timeout = std::chrono::seconds(1);
  Settings settings{{"base_url", user.services().personioUrl()},
                    {"client_id", "papi-00000000-0000-4000-8000-000000000001"},
                    {"client_secret", kWrongSecret},
                    {"email", kEmail}};
  CHECK_FALSE((*session)->connect(settings, options).ok());
  settings["client_secret"] = kSecret;
  for (auto &fault : mishaps("GET /v1/company/employees")) {
    user.services().change([](sandbox::Scenario &scenario) { scenario.faults.clear(); });
    user.fault(fault);
    (void)(*session)->connect(settings, options);
  }
  user.services().change([](sandbox::Scenario &scenario) { scenario.faults.clear(); });
  REQUIRE((*session)->connect(settings, options).ok());
  for (auto &fault : mishaps("GET /v2/absence-periods")) {
    user.services().change([](sandbox::Scenario &scenario) { scenario.faults.clear(); });
    user.fault(fault);
    (void)(*session)->fetchAbsences({{2026, 7, 1}, {2026, 7, 31}}, options);
  }
  CHECK_FALSE(lines.empty());
  for (const auto &line : lines) requireNoneIn(line, "log");
}
