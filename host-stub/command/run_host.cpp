#include "command/commands.h"

#include <roots/provider_abi.h>

#include <exception>

namespace roots::host {
namespace {

std::string errorJson(const Failure &failure) {
  kit::JsonWriter writer;
  writer.beginObject()
      .name("error")
      .beginObject()
      .text("status", failure.status)
      .text("message", failure.error.message);
  if (failure.error.setting.empty())
    writer.null("setting");
  else
    writer.text("setting", failure.error.setting);
  if (failure.error.retry_after)
    writer.integer("retry_after_ms", failure.error.retry_after->count());
  else
    writer.null("retry_after_ms");
  writer.endObject().endObject();
  return writer.finish() + "\n";
}

int report(const Failure &failure, bool json, Console &console) {
  if (json)
    console.out << errorJson(failure) << std::flush;
  else
    console.err << failure.error.message << std::endl;
  return static_cast<int>(failure.exit_code);
}

bool asksForJson(const std::vector<std::string> &arguments) {
  for (const auto &argument : arguments) {
    if (argument == "--json") return true;
  }
  return false;
}

int run(const std::vector<std::string> &arguments, Console &console,
        const std::filesystem::path &executable) {
  const auto commands = allCommands();
  std::vector<CommandSyntax> syntaxes;
  for (const auto &command : commands) syntaxes.push_back(command.syntax);
  auto parsed = parseCommandLine(arguments, syntaxes);
  if (!parsed) return report(wrongUse(parsed.error().message), asksForJson(arguments), console);
  const bool json = parsed->global.json;
  if (parsed->global.version) {
    console.out << "roots-host-stub " ROOTS_HOST_VERSION ", provider interface " << ROOTS_PROVIDER_ABI_MAJOR
                << "." << ROOTS_PROVIDER_ABI_MINOR << std::endl;
    return 0;
  }
  if (parsed->name.empty()) {
    if (!parsed->global.help)
      return report(wrongUse("Name a command.\n\n" + helpText(syntaxes)), json, console);
    console.out << (parsed->group.empty() ? helpText(syntaxes) : helpText(syntaxes, parsed->group))
                << std::flush;
    return 0;
  }
  for (const auto &command : commands) {
    if (command.syntax.name != parsed->name) continue;
    if (parsed->global.help) {
      console.out << helpText(command.syntax) << std::flush;
      return 0;
    }
    Workplace workplace(console, parsed->global, executable);
    const Outcome outcome = command.run(workplace, *parsed);
    return outcome ? 0 : report(outcome.error(), json, console);
  }
  return report(wrongUse("There is no such command."), json, console);
}

}  // namespace

std::vector<Command> allCommands() {
  std::vector<Command> all;
  for (auto group : {pluginCommands, connectionCommands, mocoCommands, statusCommands, viewCommands,
                     settingsCommands, rotationCommands, typeCommands, sandboxCommands, serveCommands}) {
    for (auto &command : group()) all.push_back(std::move(command));
  }
  return all;
}

int runHost(const std::vector<std::string> &arguments, Console &console,
            const std::filesystem::path &executable) {
  try {
    return run(arguments, console, executable);
  } catch (const std::exception &problem) {
    const std::string what = problem.what();
    return report(
        Failure(Error{Status::internal, "The program failed (" + what + "). Please report this.", "", 0, {}}),
        asksForJson(arguments), console);
  }
}

}  // namespace roots::host
