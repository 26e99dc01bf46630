#include "sandbox/sandbox_program.h"

#include "command_line/help.h"
#include "command_line/option_values.h"
#include "sandbox/sandbox_options.h"
#include "text/output.h"

#include <ostream>

namespace roots::sandbox {
namespace {

using host::TextLines;

Result<Scenario> scenarioFor(const ProgramOptions &options) {
  if (!options.scenario_file.empty()) return loadScenarioFile(options.scenario_file);
  return builtinScenario(options.today.value_or(host::clockToday()));
}

int serve(const ProgramOptions &options, const host::Output &out, const host::Output &err,
          const WaitForEnd &wait_for_end) {
  const auto fail = [&](const Error &error) {
    err.line(error.message);
    return kFailed;
  };
  auto scenario = scenarioFor(options);
  if (!scenario) return fail(scenario.error());
  const auto services = Sandbox::start(std::move(*scenario), options.servers);
  if (!services) return fail(services.error());
  if (options.json) {
    out.json((*services)->summaryJson());
  } else {
    out.lines(TextLines().addOwn((*services)->summaryText()));
  }
  if (!out.isWhole()) return kFailed;  // nobody learned the addresses
  wait_for_end(options.until_stdin_ends);
  const auto complaints = (*services)->complaints();
  if (complaints.empty()) return kNothingRejected;
  err.lines(TextLines().add("", complaints));
  err.line("The real services would have rejected " + std::to_string(complaints.size()) +
           (complaints.size() == 1 ? " request" : " requests") + "; see above.");
  return kFailed;
}

int run(const std::vector<std::string> &words, const host::Output &out, const host::Output &err,
        const WaitForEnd &wait_for_end) {
  const auto options = programOptions(words);
  if (!options) {
    err.line(options.error().message);
    return kWrongUse;
  }
  if (options->help) {
    out.lines(TextLines().addOwn(host::helpFor(sandboxSyntax(), {})));
    return kNothingRejected;
  }
  if (options->version) {
    out.line("roots-sandbox " ROOTS_HOST_VERSION);
    return kNothingRejected;
  }
  return serve(*options, out, err, wait_for_end);
}

}  // namespace

int runSandbox(const std::vector<std::string> &words, std::ostream &out, std::ostream &err,
               const WaitForEnd &wait_for_end) {
  const host::Output to_out(out);
  const int exit_code = run(words, to_out, host::Output(err), wait_for_end);
  if (to_out.isWhole()) return exit_code;
  host::Output(err).line(
      "Standard output cannot be written (its disk is full, or it is closed): what was printed there is "
      "incomplete.");
  return exit_code == kNothingRejected ? kFailed : exit_code;
}

}  // namespace roots::sandbox
