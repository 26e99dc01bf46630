// Plugins without faults.
#include "checker.h"
#include "sandbox/sandbox.h"
#include "support/catch.h"
#include "support/folders.h"

using namespace roots;
using namespace roots::test;

namespace {

std::string built(const std::string &folder) { return pluginBuild() + "/" + folder; }

std::string problemsOf(const Checked &checked) {
  std::string text = checked.process.err;
  for (const auto &[name, outcome] : checked.outcomes)
    if (outcome != "passed") text += outcome + " " + name + ": " + checked.reasons.at(name) + "\n";
  return text;
}

}  // namespace

TEST_CASE("the Personio plugin passes every check, none skipped", "[check][sound][slow]") {
  auto services = sandbox::Sandbox::start(sandbox::small());
  REQUIRE(services.ok());
  const auto checked = runChecks(
      built("plugins/roots.personio"),
      {"--setting", "base_url=" + (*services)->personioUrl(), "--setting",
       "client_id=papi-00000000-0000-4000-8000-000000000001", "--setting", "email=Nele.Muster@example.com",
       "--secrets-from-stdin", "--from", "2026-01-01", "--to", "2026-12-31"},
      "client_secret=papi-secret-of-the-sandbox\n");
  INFO(problemsOf(checked));
  CHECK(checked.process.exit_code == 0);
  CHECK(checked.count("passed") >= 52);
  CHECK(checked.count("passed") == static_cast<int>(checked.outcomes.size()));
  CHECK((*services)->complaints().empty());
}

TEST_CASE("the template passes every check with its recorded replies, none skipped", "[check][sound][slow]") {
  const auto checked = runChecks(built("template/plugins/example.larkspur"), withReplies());
  INFO(problemsOf(checked));
  CHECK(checked.process.exit_code == 0);
  CHECK(checked.count("passed") >= 52);
  CHECK(checked.count("passed") == static_cast<int>(checked.outcomes.size()));
}

TEST_CASE("the example in C passes, and checks of features that it lacks are skipped with a reason",
          "[check][sound][slow]") {
  const auto checked = runChecks(built("example/plugins/example.minimal"));
  INFO(problemsOf(checked));
  CHECK(checked.process.exit_code == 0);
  CHECK(checked.notPassed().empty());
  for (const auto &[name, outcome] : checked.outcomes) {
    INFO(name);
    if (outcome == "skipped") CHECK_FALSE(checked.reasons.at(name).empty());
  }
  CHECK(checked.reasons.at("connect-401-is-sign-in-failed") == "The plugin has no setting of the type url.");
}
