// roots-plugin-check as a program: options, output, exit codes.
#include "checker.h"
#include "support/catch.h"
#include "support/folders.h"
#include "support/temporary_folder.h"
#include "support/text_search.h"

#include <roots/kit/json.h>

using namespace roots;
using namespace roots::test;

namespace {

const std::string kTemplate = buildFolder() + "/template/plugins/example.larkspur";

// The template's arguments and these.
std::vector<std::string> templateWith(std::vector<std::string> more) {
  std::vector<std::string> words{kTemplate};
  for (const auto &word : withReplies()) words.push_back(word);
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

}  // namespace

TEST_CASE("the option --list prints every check without a plugin", "[check]") {
  const auto listed = runChecker({"--list"});
  CHECK(listed.exit_code == 0);
  CHECK(contains(listed.out, "receiver-can-stop-the-call"));
  const auto document = kit::JsonDocument::parse(runChecker({"--list", "--json"}).out);
  REQUIRE(document.ok());
  CHECK(document->root().size() >= 52);
  CHECK(document->root().at(0)["name"].textOrEmpty() == "manifest-is-valid-json");
}

TEST_CASE("a report that cannot be written is an error", "[check]") {
  const std::string program = hostBuild() + "/bin/roots-plugin-check";
  for (const char *redirection : {">/dev/full", ">&-"}) {
    for (const char *option : {"--list", "--help"}) {
      const auto result =
          run({"/bin/sh", "-c", std::string("exec \"$@\" ") + redirection, "sh", program, option});
      CHECK(result.exit_code == 1);
      CHECK(contains(result.err, "Standard output cannot be written"));
    }
  }
}

TEST_CASE("only the checks that --only names run", "[check]") {
  const auto ran = runChecker(templateWith({"--only", "weeks-are-sorted-and-within-24-hours"}));
  CHECK(ran.exit_code == 0);
  CHECK(ran.out == "passed     weeks-are-sorted-and-within-24-hours\n1 check: 1 passed.\n");
  const auto unknown = runChecker(templateWith({"--only", "everything-is-fine"}));
  CHECK(unknown.exit_code == 2);
  CHECK(unknown.err == "There is no check \"everything-is-fine\". --list lists all checks.\n");
}

TEST_CASE("the option --in-process runs checks without child processes, for a debugger", "[check]") {
  const auto ran = runChecker(templateWith(
      {"--in-process", "--only", "text-is-utf8-without-nul", "--only", "two-providers-are-independent"}));
  CHECK(ran.exit_code == 0);
  CHECK(contains(ran.out, "2 checks: 2 passed."));
}

TEST_CASE("a check that exceeds its time limit is terminated and reported", "[check]") {
  const TemporaryFolder folder;
  const auto plugin = folder.path() / "example.broken";
  std::filesystem::create_directory(plugin);
  std::string manifest = contentOf(sourceFolder() + "/sdk/template/manifest.json");
  manifest.replace(manifest.find("example.larkspur"), 16, "example.broken");
  folder.write("example.broken/manifest.json", manifest);
  std::filesystem::copy(buildFolder() + "/broken-plugins/hang_at_load.so", plugin / "liblarkspur.so");
  const auto ran =
      runChecker({plugin.string(), "--only", "library-loads-with-all-symbols-now", "--time-limit", "1"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out ==
        "timed out  library-loads-with-all-symbols-now\n"
        "           It was still running after 1 seconds and was terminated. (P2)\n"
        "1 check: 1 timed out.\n");
}

TEST_CASE("a secret on the command line is refused", "[check]") {
  const auto ran = runChecker({kTemplate, "--setting", "api_key=abcdef"});
  CHECK(ran.exit_code == 2);
  CHECK(contains(ran.err, "--secrets-from-stdin"));
  CHECK_FALSE(contains(ran.out + ran.err, "abcdef"));
}

TEST_CASE("wrong use is reported in one sentence", "[check]") {
  const auto complaint = [](std::vector<std::string> words) {
    const auto ran = runChecker(std::move(words));
    CHECK(ran.exit_code == 2);
    CHECK(ran.out.empty());
    return ran.err;
  };
  CHECK(complaint({}) == "FOLDER is missing. Specify the plugin's folder; see --help.\n");
  CHECK(complaint({"a", "b"}) ==
        "Too many arguments: 2 instead of 1. Usage: roots-plugin-check [FOLDER] [--list] [--only NAME] "
        "[--setting KEY=VALUE] [--secrets-from-stdin] [--replies FILE] [--from YYYY-MM-DD] [--to YYYY-MM-DD] "
        "[--time-limit SECONDS] [--json] [--in-process] [--help] [--version]\n");
  CHECK(complaint({"a", "--fast"}) ==
        "roots-plugin-check has no option --fast. roots-plugin-check --help lists its options.\n");
  CHECK(complaint({"a", "--from"}) == "--from needs a value: --from YYYY-MM-DD.\n");
  CHECK(complaint({"a", "--from", "today"}) ==
        "A date must have the form YYYY-MM-DD, for example 2026-07-14.\n");
  CHECK(complaint({"a", "--from", "2026-02-01", "--to", "2026-01-01"}) == "--to is before --from.\n");
  CHECK(complaint({"a", "--setting", "x"}) == "A setting must have the form KEY=VALUE.\n");
  CHECK(complaint({"a", "--time-limit", "0"}) == "--time-limit takes 1 to 600 seconds.\n");
  CHECK(contains(complaint({kTemplate, "--replies", "/nowhere"}),
                 "contains no valid recorded replies: it cannot be read."));
  CHECK(complaint({"a", "--tiem-limit", "5"}) ==
        "roots-plugin-check has no option --tiem-limit; did you mean --time-limit?\n");
  CHECK(complaint({"-x"}) ==
        "roots-plugin-check has no option -x. roots-plugin-check --help lists its options.\n");
  CHECK(complaint({"a", "--list=1"}) == "--list takes no value.\n");
}

TEST_CASE("help explains each option on a line of 100 columns at most", "[check]") {
  const auto help = runChecker({"--help"});
  CHECK(help.exit_code == 0);
  CHECK(runChecker({"-h"}).out == help.out);
  CHECK(runChecker({"a", "--list", "-h"}).out == help.out);
  for (const char *option :
       {"--list", "--only NAME", "--setting KEY=VALUE", "--secrets-from-stdin", "--replies FILE",
        "--from YYYY-MM-DD", "--to YYYY-MM-DD", "--time-limit SECONDS", "--json", "--in-process"})
    CHECK(contains(help.out, "\n  " + std::string(option) + "  "));
  for (std::size_t begin = 0; begin < help.out.size();) {
    const std::size_t end = help.out.find('\n', begin);
    CHECK(end - begin <= 100);
    begin = end + 1;
  }
  CHECK(runChecker({"--version"}).exit_code == 0);
  CHECK(contains(runChecker({"--version"}).out, ", provider interface 1."));
}

TEST_CASE("an option and its value can be one word, before the folder", "[check]") {
  const auto ran =
      runChecker({"--only=weeks-are-sorted-and-within-24-hours", "--time-limit=30", "--", kTemplate});
  CHECK(ran.exit_code == 0);
  CHECK(contains(ran.out, "weeks-are-sorted-and-within-24-hours"));
}

TEST_CASE("a folder that is no plugin fails the first check", "[check]") {
  const TemporaryFolder folder;
  const auto checked = runChecks(folder.path().string());
  CHECK(checked.process.exit_code == 1);
  CHECK(checked.notPassed() == std::vector<std::string>{"manifest-is-valid-json"});
  CHECK(checked.count("skipped") == static_cast<int>(checked.outcomes.size()) - 1);
}

TEST_CASE("without a service, checks that need one are skipped and say how to specify it", "[check][slow]") {
  const auto checked = runChecks(kTemplate);
  CHECK(checked.process.exit_code == 0);
  CHECK(checked.outcomes.at("dates-are-real-and-inside-the-range") == "skipped");
  CHECK(contains(checked.reasons.at("dates-are-real-and-inside-the-range"), "--replies"));
}
