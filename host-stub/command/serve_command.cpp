#include "command/commands.h"

#include "page/page_server.h"

#include <roots/kit/wipe.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <thread>

namespace roots::host {
namespace {

// What the page may run. Commands that serve, or that act outside the user's own home, are on no list.
constexpr std::array kForThePage{
    "plugins list", "plugins enable",  "plugins disable", "connect",       "disconnect",   "sync",
    "moco connect", "moco disconnect", "status",          "timeline",      "calendar",     "explain",
    "balance",      "settings show",   "settings set",    "absences list", "absences add", "absences remove",
    "types list",   "types set",       "rotation set",    "rotation off",
};

PageAnswer refusedCall(const std::string &why) { return {static_cast<int>(ExitCode::wrong_use), "", why}; }

// The command as the page gave it; nothing: it is not for the page.
bool isForThePage(const std::vector<std::string> &words) {
  std::vector<CommandSyntax> syntaxes;
  for (const auto &command : allCommands()) syntaxes.push_back(command.syntax);
  const auto parsed = parseCommandLine(words, syntaxes);
  if (!parsed) return true;  // the command itself says what is wrong
  const GlobalOptions &global = parsed->global;
  const bool elsewhere = !global.home.empty() || !global.plugins.empty() || global.today || global.help;
  return !elsewhere && std::find(kForThePage.begin(), kForThePage.end(), parsed->name) != kForThePage.end();
}

// As readSecretLines() reads them; one piece of memory, so that it can be wiped.
std::string secretLines(const std::map<std::string, std::string> &secrets) {
  std::size_t size = 0;
  for (const auto &[key, value] : secrets) size += key.size() + value.size() + 2;
  std::string lines;
  lines.reserve(size);
  for (const auto &[key, value] : secrets) lines.append(key).append("=").append(value).append("\n");
  return lines;
}

PageAnswer runForPage(const Workplace &workplace, const PageCall &call, const PageWatcher &watcher,
                      const std::function<bool()> &is_cancelled) {
  if (!isForThePage(call.words)) return refusedCall("The page cannot do this. Use the command line.");
  std::vector<std::string> words = workplace.globalWords();
  words.insert(words.end(), call.words.begin(), call.words.end());
  words.emplace_back("--json");
  if (!call.secrets.empty()) words.emplace_back("--secrets-from-stdin");
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
    return Error{Status::invalid_setting, "\"" + label + "\" is missing.", "", 0, {}};
  };
  const int exit_code = runHost(words, console, workplace.executable());
  std::string read = std::move(in).str();
  kit::wipe(read);
  return {exit_code, out.str(), err.str()};
}

Outcome serve(Workplace &workplace, const ParsedCommand &command) {
  const auto port = portArgument(command, "--port");
  if (!port) return wrongUse(port.error().message);
  const auto is_cancelled = workplace.console().is_cancelled;
  auto server = PageServer::start(*port, [&](const PageCall &call, const PageWatcher &watcher) {
    return runForPage(workplace, call, watcher, is_cancelled);
  });
  if (!server) return Failure(std::move(server).error());
  const std::string link = (*server)->link();
  workplace.print(workplace.json()
                      ? kit::JsonWriter().beginObject().text("link", link).endObject().finish()
                      : "Open this in a browser on this computer; it works until you press Ctrl-C:\n\n  " +
                            link);
  while (!is_cancelled || !is_cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return {};
}

}  // namespace

std::vector<Command> serveCommands() {
  return {{{"serve",
            {},
            {{"--port", "N"}},
            "your days in a browser, on this computer only",
            "Prints a link to a page that runs the commands of this program. The link holds a token of this "
            "start:\n"
            "whoever has it can do what you can. Nobody on other computers can reach the page."},
           serve}};
}

}  // namespace roots::host
