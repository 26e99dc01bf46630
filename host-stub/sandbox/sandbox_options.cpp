#include "sandbox/sandbox_options.h"

#include "command_line/option_values.h"
#include "command_line/parser.h"

namespace roots::sandbox {

host::ProgramSyntax sandboxSyntax() {
  host::ProgramSyntax program;
  program.self.name = "roots-sandbox";
  program.self.summary =
      "Runs an invented Personio and an invented Moco on this computer, to try out the host and plugins. "
      "Runs "
      "until Ctrl-C, and then reports requests that the real services would have rejected.";
  program.self.options = {
      {"--personio-port", "N", "the port of the invented Personio, 0 (any free one) to 65535"},
      {"--moco-port", "N", "the port of the invented Moco, 0 (any free one) to 65535"},
      {"--scenario", "FILE", "people and data; host-stub/sandbox/README.md describes the file"},
      {"--certificate", "FILE", "a certificate for 127.0.0.1 (PEM), to speak TLS; needs --key"},
      {"--key", "FILE", "the key of the certificate (PEM)"},
      {"--today", "YYYY-MM-DD", "the day for which the built-in company has its absences (default: today)"},
      {"--json", "", "prints the addresses and credentials as one JSON document"},
      {"--until-stdin-ends", "", "also stops when standard input ends, for a program that starts this one"},
  };
  for (auto &option : host::commonOptions()) program.self.options.push_back(std::move(option));
  program.ending =
      "Exit codes: 0 no request was rejected, 1 a request was rejected or the services could not start, 2 "
      "wrong use.";
  return program;
}

Result<ProgramOptions> programOptions(const std::vector<std::string> &arguments) {
  const auto line = host::parseArguments(sandboxSyntax(), arguments);
  if (!line) return line.error();
  ProgramOptions options;
  options.help = line->has(host::kHelpOption);
  options.version = line->has(host::kVersionOption);
  if (options.help || options.version) return options;
  options.json = line->has("--json");
  options.until_stdin_ends = line->has("--until-stdin-ends");
  options.scenario_file = line->value("--scenario").value_or("");
  const auto personio_port = host::portArgument(*line, "--personio-port");
  if (!personio_port) return personio_port.error();
  const auto moco_port = host::portArgument(*line, "--moco-port");
  if (!moco_port) return moco_port.error();
  options.servers = {*personio_port, *moco_port, line->value("--certificate").value_or(""),
                     line->value("--key").value_or("")};
  if (options.servers.certificate_file.empty() != options.servers.private_key_file.empty())
    return host::commandLineError("--certificate and --key belong together: name both, or neither.");
  if (const auto today = line->value("--today")) {
    const auto date = host::dateArgument("--today", *today);
    if (!date) return date.error();
    options.today = *date;
  }
  return options;
}

}  // namespace roots::sandbox
