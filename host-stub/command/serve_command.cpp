#include "command/commands.h"
#include "command/page_commands.h"

#include "page/page_server.h"

#include <roots/kit/wipe.h>

#include <sstream>
#include <thread>

namespace roots::host {
namespace {

PageAnswer refusedCall(const std::string &why) { return {static_cast<int>(ExitCode::wrong_use), "", why}; }

// In the format of readSecretLines(), in one buffer, so that it can be wiped.
std::string secretLines(const std::map<std::string, std::string> &secrets) {
  std::size_t size = 0;
  for (const auto &[key, value] : secrets) size += key.size() + value.size() + 2;
  std::string lines;
  lines.reserve(size);
  for (const auto &[key, value] : secrets) lines.append(key).append("=").append(value).append("\n");
  return lines;
}

PageAnswer runForPage(const CommandContext &context, const PageCall &call, const PageWatcher &watcher,
                      const std::function<bool()> &is_cancelled) {
  const auto words = pageCommandLine(context, call);
  if (!words) return refusedCall("The page cannot do this. Use the command line.");
  std::istringstream in(secretLines(call.secrets));
  std::ostringstream out;
  std::ostringstream err;
  Console console{out, err, in};
  console.is_cancelled = [&] { return (is_cancelled && is_cancelled()) || watcher.is_gone(); };
  console.on_progress = watcher.on_progress;
  console.on_step = [&](const StepEvent &event) {
    watcher.on_step(event.source, event.part, event.has_ended, event.problem);
  };
  console.ask_secret = [](const std::string &label) -> Result<std::string> {
    return makeError(Status::invalid_setting, "\"" + label + "\" is missing.");
  };
  const int exit_code = runHost(*words, console, context.executable());
  std::string read = std::move(in).str();
  kit::wipe(read);
  return {exit_code, out.str(), err.str()};
}

CommandResult serve(CommandContext &context, const ParsedCommand &command) {
  const auto port = portArgument(command, "--port");
  if (!port) return wrongUse(port.error().message);
  const auto is_cancelled = context.console().is_cancelled;
  auto server = PageServer::start(*port, [&](const PageCall &call, const PageWatcher &watcher) {
    return runForPage(context, call, watcher, is_cancelled);
  });
  if (!server) return Failure(std::move(server).error());
  const std::string link = (*server)->link();
  if (context.json()) {
    context.printJson(pageLinkJson(link));
  } else {
    context.print(pageLinkText(link));
  }
  // A link that could not be printed is useless; runHost() reports the failure.
  if (!context.console().out.isWhole()) return {};
  while (!is_cancelled || !is_cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return {};
}

}  // namespace

std::vector<Command> serveCommands() {
  return {{{"serve",
            {},
            {{"--port", "N", "the port of the page, 0 (any free one, by default) to 65535"}},
            "shows your days in a browser, on this computer only",
            "Prints a link to a page that runs the commands of this program. The link contains a token for "
            "this run: anyone who has it can do what you can. Other computers cannot reach the page."},
           serve}};
}

}  // namespace roots::host
