// The commands that the page can run, for any words of a call.
#include "command/page_commands.h"
#include "command/commands.h"
#include "support/catch.h"

#include <algorithm>
#include <random>
#include <set>
#include <sstream>

using namespace roots;
using namespace roots::host;

namespace {

const std::set<std::string> kNotForThePage{"serve", "demo", "completion", ""};

class Here {
 public:
  Here() {
    GlobalOptions options;
    options.home = "/home/of/the/page";
    options.plugins = "/plugins/of/the/page";
    options.today = *kit::parseDate("2026-07-15");
    context_ = std::make_unique<CommandContext>(console_, options, "/bin/host");
  }

  // Whether this call runs a command; it must be a command for the page, in the page's own folder.
  bool runs(const std::vector<std::string> &words, bool with_secrets = false) {
    PageCall call;
    call.words = words;
    if (with_secrets) call.secrets["key"] = "value";
    const auto line = pageCommandLine(*context_, call);
    if (!line) return false;
    const auto parsed = parseCommandLine(*line, program_);
    if (!parsed) return false;  // the host reports the error, and runs nothing
    std::string all;
    for (const auto &word : words) all += word + " | ";
    INFO(all);
    CHECK(kNotForThePage.count(parsed->name) == 0);
    CHECK(parsed->global.home == "/home/of/the/page");
    CHECK(parsed->global.plugins == "/plugins/of/the/page");
    CHECK(parsed->global.today == kit::parseDate("2026-07-15"));
    CHECK(parsed->global.json);
    CHECK_FALSE(parsed->global.help);
    CHECK_FALSE(parsed->global.version);
    return true;
  }

  [[nodiscard]] const std::vector<CommandSyntax> &syntaxes() const { return program_.commands; }

 private:
  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
  Console console_{out_, err_, in_};
  ProgramSyntax program_ = hostSyntax();
  std::unique_ptr<CommandContext> context_;
};

std::vector<std::string> wordsOf(const std::string &name) {
  std::istringstream stream(name);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

}  // namespace

TEST_CASE("the page runs only the listed commands", "[page]") {
  Here here;
  int run = 0;
  for (const auto &syntax : here.syntaxes()) {
    auto words = wordsOf(syntax.name);
    for (std::size_t count = 0; count < syntax.arguments.size(); ++count) words.emplace_back("x");
    INFO(syntax.name);
    const bool runs = here.runs(words);
    CHECK(runs == (kNotForThePage.count(syntax.name) == 0));
    run += runs ? 1 : 0;
  }
  CHECK(run >= 22);
  CHECK(here.runs({"connect", "x"}, true));
  CHECK_FALSE(here.runs({"status"}, true));  // it reads no secrets
}

TEST_CASE("a truncated option runs nothing", "[page]") {
  Here here;
  std::vector<std::string> options{
      "--home",   "--plugins",          "--today",   "--json", "--help", "--version", "--home=", "--home=/x",
      "--json=x", "--plugins=",         "--plugins", "--port", "--from", "--",        "-h",      "help",
      "--today=", "--today=2026-01-01", "--setting"};
  for (const auto &syntax : here.syntaxes()) {
    for (const auto &option : options) {
      const auto name = wordsOf(syntax.name);
      for (std::size_t place = 0; place <= name.size(); ++place) {
        auto words = name;
        words.insert(words.begin() + static_cast<std::ptrdiff_t>(place), option);
        (void)here.runs(words);
        (void)here.runs(words, true);
        words.emplace_back("/elsewhere");
        (void)here.runs(words);
      }
    }
  }
  for (const char *command : {"serve", "demo", "completion"}) {
    CHECK_FALSE(here.runs({command}));
    CHECK_FALSE(here.runs({command, "--home"}));
    CHECK_FALSE(here.runs({"--home", command}));
    CHECK_FALSE(here.runs({"status", "--home", command}));
  }
}

TEST_CASE("random words never pass the page's list", "[page]") {
  Here here;
  std::vector<std::string> vocabulary{
      "--home",    "--plugins", "--today",   "--json",   "--help",
      "--version", "help",      "x",         "--home=x", "2026-07-01",
      "--port",    "0",         "--setting", "a=b",      "--secrets-from-stdin",
      ""};
  for (const auto &syntax : here.syntaxes())
    for (const auto &word : wordsOf(syntax.name)) vocabulary.push_back(word);
  std::mt19937 chance(20260715);  // NOLINT(*-msc51-cpp): the same words each time
  int run = 0;
  for (int round = 0; round < 5000; ++round) {
    std::vector<std::string> words;
    const std::size_t length = 1 + chance() % 5;
    for (std::size_t count = 0; count < length; ++count)
      words.push_back(vocabulary.at(chance() % vocabulary.size()));
    run += here.runs(words, chance() % 2 == 0) ? 1 : 0;
  }
  CHECK(run > 0);
}
