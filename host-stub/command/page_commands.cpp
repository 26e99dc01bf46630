#include "command/page_commands.h"

#include "command/commands.h"

#include <algorithm>
#include <array>

namespace roots::host {
namespace {

// Commands that serve, or that act outside the user's own home, are not in the list.
constexpr std::array kForThePage{
    "plugins list", "plugins enable",  "plugins disable", "connect",       "disconnect",   "sync",
    "moco connect", "moco disconnect", "status",          "timeline",      "calendar",     "explain",
    "balance",      "settings show",   "settings set",    "absences list", "absences add", "absences remove",
    "types list",   "types set",       "rotation set",    "rotation off",
};

bool isPermittedForPage(const ParsedCommand &parsed, const GlobalOptions &own) {
  const GlobalOptions &global = parsed.global;
  const bool is_here = global.home == own.home && global.plugins == own.plugins && global.today == own.today;
  return is_here && global.json && !global.help && !global.version &&
         std::find(kForThePage.begin(), kForThePage.end(), parsed.name) != kForThePage.end();
}

}  // namespace

std::optional<std::vector<std::string>> pageCommandLine(const CommandContext &context, const PageCall &call) {
  // The host's own options come first: an option at the end of the call has no value after it.
  std::vector<std::string> words = context.globalWords();
  words.emplace_back("--json");
  if (!call.secrets.empty()) words.emplace_back("--secrets-from-stdin");
  words.insert(words.end(), call.words.begin(), call.words.end());
  const auto parsed = parseCommandLine(words, hostSyntax());
  // A line that the parser refuses runs nothing; the host reports what is wrong with it.
  if (parsed && !isPermittedForPage(*parsed, context.options())) return std::nullopt;
  return words;
}

}  // namespace roots::host
