// The list of checks itself, and the table of it in sdk/checks.md.
#include "check/check.h"
#include "check/report.h"
#include "support/catch.h"
#include "support/generated_table.h"

#include <regex>
#include <set>

using namespace roots::check;

TEST_CASE("every check has a unique name, a sentence, and a rule of the contract", "[check]") {
  const std::string contract = roots::test::textOf("sdk/README.md");
  std::set<std::string> names;
  for (const auto &check : allChecks()) {
    INFO(check.name);
    CHECK(std::regex_match(check.name, std::regex("[a-z0-9]+(-[a-z0-9]+)*")));
    CHECK(names.insert(check.name).second);
    CHECK(check.sentence.back() == '.');
    CHECK(contract.find("| " + check.rule + " |") != std::string::npos);
  }
  CHECK(names.size() >= 52);
}

TEST_CASE("every check comes after the one that it requires", "[check]") {
  std::set<std::string> before;
  for (const auto &check : allChecks()) {
    INFO(check.name);
    CHECK((check.after.empty() || before.count(check.after) == 1));
    before.insert(check.name);
  }
  std::size_t listed = 0;
  for (const auto group :
       {manifestChecks, libraryChecks, entryChecks, lifecycleChecks, connectChecks, fetchChecks, recordChecks,
        lockChecks, callChecks, errorChecks, secretChecks, compatibilityChecks, processChecks})
    listed += group().size();
  CHECK(allChecks().size() == listed);
}

TEST_CASE("the table of checks in sdk/checks.md is current", "[check]") {
  roots::test::compareWithTable("sdk/checks.md", listMarkdown());
}
