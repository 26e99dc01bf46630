// Errors in the command line: exit code 2 and one clear sentence.
#include "support/catch.h"
#include "typed.h"

#include <roots/kit/json.h>

using namespace roots;
using namespace roots::host;

namespace {

// The sentence on standard error; standard output is empty.
std::string complaint(const std::vector<std::string> &words) {
  const Typed typed = type(words);
  CHECK(typed.exit_code == 2);
  CHECK(typed.out.empty());
  return typed.err;
}

}  // namespace

TEST_CASE("the error for a misspelled command suggests a similar one", "[command-line]") {
  CHECK(complaint({"calender"}) == "There is no command \"calender\"; did you mean \"calendar\"?\n");
  CHECK(complaint({"--json=", "x"}) == "--json takes no value.\n");
  CHECK(complaint({"plugins", "enabel"}) ==
        "There is no command \"plugins enabel\"; did you mean \"plugins enable\"?\n");
  CHECK(complaint({"plugin", "list"}) == "There is no command \"plugin\"; did you mean \"plugins\"?\n");
  CHECK(complaint({"help", "statsu"}) == "There is no command \"statsu\"; did you mean \"status\"?\n");
  CHECK(complaint({"frobnicate"}) ==
        "There is no command \"frobnicate\". roots-host-stub --help lists all commands.\n");
  CHECK(complaint({""}) == "There is no command \"\". roots-host-stub --help lists all commands.\n");
  CHECK(complaint({"moco"}) == "\"moco\" needs a subcommand: moco connect, moco disconnect.\n");
}

TEST_CASE("the error for a misspelled option suggests a similar one", "[command-line]") {
  CHECK(complaint({"calendar", "--mnoth", "2026-07"}) ==
        "calendar has no option --mnoth; did you mean --month?\n");
  CHECK(complaint({"calendar", "--mnoth=2026-07"}) ==
        "calendar has no option --mnoth; did you mean --month?\n");
  CHECK(complaint({"--hoem", "x", "status"}) ==
        "roots-host-stub has no option --hoem; did you mean --home?\n");
  CHECK(complaint({"status", "--josn"}) == "status has no option --josn; did you mean --json?\n");
  CHECK(complaint({"status", "--frobnicate"}) ==
        "status has no option --frobnicate. roots-host-stub status --help lists its options.\n");
  CHECK(complaint({"status", "-x"}) ==
        "status has no option -x. roots-host-stub status --help lists its options.\n");
  CHECK(complaint({"plugins", "--isolated", "enable", "x"}) ==
        "plugins has no option --isolated. roots-host-stub plugins --help lists its options.\n");
}

TEST_CASE("missing and extra arguments are reported", "[command-line]") {
  CHECK(complaint({"disconnect"}) == "ID is missing. Usage: roots-host-stub disconnect ID\n");
  CHECK(complaint({"disconnect", "a", "b"}) ==
        "Too many arguments: 2 instead of 1. Usage: roots-host-stub disconnect ID\n");
  CHECK(complaint({"types", "set", "x"}) ==
        "EFFECT is missing. Usage: roots-host-stub types set NAME EFFECT [--provider ID]\n");
  CHECK(complaint({"status", "sync"}) ==
        "Too many arguments: 1 instead of 0. Usage: roots-host-stub status [--diagnostics]\n");
}

TEST_CASE("errors repeat arguments without control characters or invalid UTF-8", "[command-line]") {
  for (const auto &words :
       std::vector<std::vector<std::string>>{{"a\x1b[31m\xff\n"},
                                             {"status", "--a\x1b[31m\xff\n"},
                                             {"help", "a\x1b[31m\xff\n"},
                                             {"plugins", "a\x1b[31m\xff\n"},
                                             {"explain", "\x01\x1b[31m\xff\n"},
                                             {"--today", "\x02\x1b[31m\xff\n", "status"}}) {
    const std::string said = complaint(words);
    CHECK(said.find_first_of("\x01\x02\x1b\xff") == std::string::npos);
    CHECK(said.find('\n') == said.size() - 1);
    CHECK(said.find("[31m") != std::string::npos);
    auto as_json = words;
    as_json.insert(as_json.begin(), "--json");
    const Typed typed = type(as_json);
    CHECK(typed.exit_code == 2);
    CHECK(typed.err.empty());
    CHECK(typed.out.find_first_of("\x01\x02\x1b\xff") == std::string::npos);
    const auto document = kit::JsonDocument::parse(typed.out);
    REQUIRE(document.ok());
    CHECK(document->root()["error"]["status"].asText() == "wrong_use");
  }
}
