// roots-plugin-check as a program: options, output, exit codes.
#include "checker.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <roots/kit/json.h>

using namespace roots;
using namespace roots::test;

namespace {

const std::string kTemplate = std::string(ROOTS_BINARY_DIR) + "/template/plugins/example.larkspur";

bool holds(const std::string &text, const std::string &part) { return text.find(part) != std::string::npos; }

// The template's words and some more.
std::vector<std::string> templateWith(std::vector<std::string> more) {
  std::vector<std::string> words{kTemplate};
  for (const auto &word : withReplies()) words.push_back(word);
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

}  // namespace

TEST_CASE("the list names every check without a plugin", "[check]") {
  const auto listed = runChecker({"--list"});
  CHECK(listed.exit_code == 0);
  CHECK(holds(listed.out, "receiver-can-stop-the-call"));
  const auto document = kit::JsonDocument::parse(runChecker({"--list", "--json"}).out);
  REQUIRE(document.ok());
  CHECK(document->root().size() >= 52);
  CHECK(document->root().at(0)["name"].textOrEmpty() == "manifest-is-valid-json");
}

TEST_CASE("only the checks that --only names are run", "[check]") {
  const auto ran = runChecker(templateWith({"--only", "weeks-are-sorted-and-within-24-hours"}));
  CHECK(ran.exit_code == 0);
  CHECK(ran.out == "passed     weeks-are-sorted-and-within-24-hours\n1 check: 1 passed.\n");
  const auto unknown = runChecker(templateWith({"--only", "everything-is-fine"}));
  CHECK(unknown.exit_code == 2);
  CHECK(unknown.err == "There is no check \"everything-is-fine\". --list names all.\n");
}

TEST_CASE("checks run without children where a debugger looks", "[check]") {
  const auto ran = runChecker(templateWith(
      {"--in-process", "--only", "text-is-utf8-without-nul", "--only", "two-providers-are-independent"}));
  CHECK(ran.exit_code == 0);
  CHECK(holds(ran.out, "2 checks: 2 passed."));
}

TEST_CASE("a check that runs too long is ended and says so", "[check]") {
  const TemporaryFolder folder;
  const auto plugin = folder.path() / "example.broken";
  std::filesystem::create_directory(plugin);
  std::string manifest = contentOf(std::string(ROOTS_SOURCE_DIR) + "/sdk/template/manifest.json");
  manifest.replace(manifest.find("example.larkspur"), 16, "example.broken");
  folder.write("example.broken/manifest.json", manifest);
  std::filesystem::copy(std::string(ROOTS_BINARY_DIR) + "/broken-plugins/hang_at_load.so",
                        plugin / "liblarkspur.so");
  const auto ran =
      runChecker({plugin.string(), "--only", "library-loads-with-all-symbols-now", "--time-limit", "1"});
  CHECK(ran.exit_code == 1);
  CHECK(ran.out ==
        "timed out  library-loads-with-all-symbols-now\n"
        "           It was still running after 1 seconds and was ended. (P2)\n"
        "1 check: 1 timed out.\n");
}

TEST_CASE("a secret on the command line is refused", "[check]") {
  const auto ran = runChecker({kTemplate, "--setting", "api_key=abcdef"});
  CHECK(ran.exit_code == 2);
  CHECK(holds(ran.err, "--secrets-from-stdin"));
  CHECK_FALSE(holds(ran.out + ran.err, "abcdef"));
}

TEST_CASE("wrong use is said in one sentence", "[check]") {
  const auto complaint = [](std::vector<std::string> words) {
    const auto ran = runChecker(std::move(words));
    CHECK(ran.exit_code == 2);
    CHECK(ran.out.empty());
    return ran.err;
  };
  CHECK(complaint({}) == "Which plugin? Name its folder; --help tells more.\n");
  CHECK(complaint({"a", "b"}) == "One folder at a time, please.\n");
  CHECK(complaint({"a", "--fast"}) == "There is no option --fast. --help lists all.\n");
  CHECK(complaint({"a", "--from"}) == "--from needs a value.\n");
  CHECK(complaint({"a", "--from", "today"}) == "A day is written as in 2026-07-14.\n");
  CHECK(complaint({"a", "--from", "2026-02-01", "--to", "2026-01-01"}) == "--to is before --from.\n");
  CHECK(complaint({"a", "--setting", "x"}) == "A setting is written KEY=VALUE.\n");
  CHECK(complaint({"a", "--time-limit", "0"}) == "--time-limit takes 1 to 600 seconds.\n");
  CHECK(holds(complaint({kTemplate, "--replies", "/nowhere"}),
              "holds no recorded replies: it cannot be read."));
  CHECK(runChecker({"--help"}).exit_code == 0);
}

TEST_CASE("a folder that is no plugin fails the first check", "[check]") {
  const TemporaryFolder folder;
  const auto checked = check(folder.path().string());
  CHECK(checked.process.exit_code == 1);
  CHECK(checked.notPassed() == std::vector<std::string>{"manifest-is-valid-json"});
  CHECK(checked.count("skipped") == static_cast<int>(checked.outcomes.size()) - 1);
}

TEST_CASE("without a service, what needs one is skipped and says how to give it", "[check][slow]") {
  const auto checked = check(kTemplate);
  CHECK(checked.process.exit_code == 0);
  CHECK(checked.outcomes.at("dates-are-real-and-inside-the-range") == "skipped");
  CHECK(holds(checked.reasons.at("dates-are-real-and-inside-the-range"), "--replies"));
}
