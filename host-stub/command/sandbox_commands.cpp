#include "command/commands.h"
#include "command/demo.h"

#include "sandbox/sandbox.h"

#include <thread>

namespace roots::host {
namespace {

Outcome runSandbox(Workplace &workplace, const ParsedCommand &command) {
  sandbox::SandboxOptions options;
  const auto personio_port = portArgument(command, "--personio-port");
  if (!personio_port) return wrongUse(personio_port.error().message);
  const auto moco_port = portArgument(command, "--moco-port");
  if (!moco_port) return wrongUse(moco_port.error().message);
  options.personio_port = *personio_port;
  options.moco_port = *moco_port;
  options.certificate_file = command.value("--certificate").value_or("");
  options.private_key_file = command.value("--key").value_or("");
  const auto file = command.value("--scenario");
  auto scenario = file ? sandbox::loadScenarioFile(*file)
                       : Result<sandbox::Scenario>(sandbox::builtinScenario(workplace.today()));
  if (!scenario) return Failure(std::move(scenario).error());
  auto servers = sandbox::Sandbox::start(std::move(*scenario), options);
  if (!servers) return Failure(std::move(servers).error());

  workplace.print(workplace.json() ? (*servers)->summaryJson() : (*servers)->summaryText());
  while (!workplace.console().is_cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  const auto complaints = (*servers)->complaints();
  for (const auto &complaint : complaints) workplace.console().err << complaint << "\n";
  if (complaints.empty()) return {};
  return Failure(Error{Status::internal,
                       "The servers were misused " + std::to_string(complaints.size()) + " times; see above.",
                       "",
                       0,
                       {}});
}

Outcome runDemoCommand(Workplace &workplace, const ParsedCommand &) { return runDemo(workplace); }

}  // namespace

std::vector<Command> sandboxCommands() {
  return {
      {{"sandbox",
        {},
        {{"--personio-port", "N"},
         {"--moco-port", "N"},
         {"--scenario", "FILE"},
         {"--certificate", "FILE"},
         {"--key", "FILE"}},
        "an invented Personio and Moco on this computer",
        "Runs until Ctrl-C and then reports requests that the real services would not have understood.\n"
        "host-stub/sandbox/README.md describes the scenario file. With --certificate and --key (PEM, for "
        "127.0.0.1) the servers speak TLS."},
       runSandbox},
      {{"demo", {}, {}, "shows everything against the sandbox, in a home that is thrown away", ""},
       runDemoCommand},
  };
}

}  // namespace roots::host
