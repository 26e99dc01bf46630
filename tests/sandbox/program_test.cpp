// roots-sandbox as a program: options, output, signals, exit codes.
#include "support/catch.h"
#include "support/folders.h"
#include "support/loopback_client.h"
#include "support/process.h"
#include "support/temporary_folder.h"
#include "support/text_search.h"

#include <roots/kit/json.h>
#include <roots/kit/url.h>

#include <csignal>

using namespace roots;
using namespace roots::test;

namespace {

const std::string kProgram = hostBuild() + "/bin/roots-sandbox";

std::vector<std::string> commandOf(std::vector<std::string> words) {
  words.insert(words.begin(), kProgram);
  return words;
}

ProcessResult runSandbox(std::vector<std::string> words) { return run(commandOf(std::move(words))); }

// The program with --json, once it has printed its document.
class RunningSandbox {
 public:
  explicit RunningSandbox(std::vector<std::string> words = {}) : process_(withJson(std::move(words))) {
    REQUIRE(process_.letRunUntil([&] { return contains(process_.out(), "\n"); }));
  }

  [[nodiscard]] std::string value(const char *member) const {
    const auto document = kit::JsonDocument::parse(process_.out());
    REQUIRE(document.ok());
    return document->root()[member].textOrEmpty();
  }
  [[nodiscard]] std::uint16_t personioPort() const { return kit::parseBaseUrl(value("personio_url"))->port; }
  RunningProcess &process() { return process_; }

 private:
  static std::vector<std::string> withJson(std::vector<std::string> words) {
    words.emplace_back("--json");
    return commandOf(std::move(words));
  }

  RunningProcess process_;
};

}  // namespace

TEST_CASE("the sandbox runs until a signal stops it", "[sandbox]") {
  for (const int signal : {SIGINT, SIGTERM}) {
    RunningSandbox sandbox;
    CHECK(contains(sandbox.value("personio_url"), "http://127.0.0.1:"));
    CHECK(contains(sandbox.value("moco_url"), "http://127.0.0.1:"));
    for (const char *member : {"client_id", "client_secret", "email", "moco_domain", "moco_api_key"})
      CHECK_FALSE(sandbox.value(member).empty());
    sandbox.process().signal(signal);
    const auto result = sandbox.process().end();
    CHECK(result.exit_code == 0);
    CHECK(result.err.empty());
  }
}

TEST_CASE("the end of standard input stops the sandbox only with --until-stdin-ends", "[sandbox]") {
  // Standard input has ended from the start.
  CHECK(runSandbox({"--until-stdin-ends"}).exit_code == 0);
  RunningSandbox sandbox;
  CHECK(ask(sandbox.personioPort(), {"GET", "/v1/company/employees", {}, ""}).status == 401);
  sandbox.process().signal(SIGTERM);
  CHECK_FALSE(sandbox.process().end().timed_out);
}

TEST_CASE("at its end, the sandbox reports the requests that it rejected", "[sandbox]") {
  RunningSandbox sandbox;
  CHECK(ask(sandbox.personioPort(), {"GET", "/v1/nonsense", {}, ""}).status == 404);
  sandbox.process().signal(SIGINT);
  const auto result = sandbox.process().end();
  CHECK(result.exit_code == 1);
  CHECK(result.err ==
        "personio, GET /v1/nonsense: there is no such endpoint\n"
        "The real services would have rejected 1 request; see above.\n");
}

TEST_CASE("the text names the addresses and the commands that connect to them", "[sandbox]") {
  const auto result = runSandbox({"--until-stdin-ends"});
  CHECK(contains(result.out, "\nPersonio  http://127.0.0.1:"));
  CHECK(contains(result.out,
                 "\n  roots-host-stub connect roots.personio --setting base_url=http://127.0.0.1:"));
}

TEST_CASE("the sandbox serves the people of a scenario file at the given ports", "[sandbox]") {
  const TemporaryFolder folder;
  const auto file =
      folder.write("scenario.json", R"({"personio": {"employees": [{"id": 7, "email": "x@example.com"}]}})");
  RunningSandbox first({"--scenario", file.string()});
  CHECK(first.value("email") == "x@example.com");
  // A port in use is not taken away from its owner.
  const auto second = runSandbox({"--personio-port", std::to_string(first.personioPort())});
  CHECK(second.exit_code == 1);
  CHECK(second.out.empty());
  CHECK(contains(second.err, std::to_string(first.personioPort())));
  const auto broken = runSandbox({"--scenario", folder.write("broken.json", "{").string()});
  CHECK(broken.exit_code == 1);
  CHECK(contains(broken.err, "broken.json: The scenario cannot be used: "));
}

TEST_CASE("wrong use of roots-sandbox is reported in one sentence", "[sandbox]") {
  const auto complaint = [](std::vector<std::string> words) {
    const auto result = runSandbox(std::move(words));
    CHECK(result.exit_code == 2);
    CHECK(result.out.empty());
    return result.err;
  };
  CHECK(complaint({"--senario", "x"}) == "roots-sandbox has no option --senario; did you mean --scenario?\n");
  CHECK(complaint({"--scenario", ""}) == "--scenario needs a value: --scenario FILE.\n");
  CHECK(complaint({"--personio-port", "65536"}) ==
        "--personio-port needs a port number from 0 (any free one) to 65535.\n");
  CHECK(complaint({"--moco-port=x"}) == "--moco-port needs a port number from 0 (any free one) to 65535.\n");
  CHECK(complaint({"--today", "today"}) ==
        "--today needs a day as YYYY-MM-DD, e.g. 2026-07-14; \"today\" is not a date.\n");
  CHECK(complaint({"--certificate", "a.pem"}) ==
        "--certificate and --key belong together: name both, or neither.\n");
  CHECK(contains(complaint({"company"}), "Too many arguments: 1 instead of 0."));
}

TEST_CASE("roots-sandbox describes itself", "[sandbox]") {
  const auto help = runSandbox({"--help"});
  CHECK(help.exit_code == 0);
  CHECK(runSandbox({"-h"}).out == help.out);
  for (const char *option : {"--personio-port N", "--moco-port N", "--scenario FILE", "--certificate FILE",
                             "--key FILE", "--today YYYY-MM-DD", "--json", "--until-stdin-ends"})
    CHECK(contains(help.out, "\n  " + std::string(option) + "  "));
  for (std::size_t begin = 0; begin < help.out.size();) {
    const std::size_t end = help.out.find('\n', begin);
    CHECK(end - begin <= 100);
    begin = end + 1;
  }
  const auto version = runSandbox({"--version"});
  CHECK(version.exit_code == 0);
  CHECK(version.out.rfind("roots-sandbox ", 0) == 0);
}

TEST_CASE("a sandbox that cannot print its addresses stops with an error", "[sandbox]") {
  for (const char *redirection : {">/dev/full", ">&-"}) {
    for (const char *option : {"--json", "--help", "--version"}) {
      INFO(option << redirection);
      const auto result =
          run({"/bin/sh", "-c", std::string("exec \"$@\" ") + redirection, "sh", kProgram, option});
      CHECK(result.exit_code == 1);
      CHECK_FALSE(result.timed_out);
      CHECK(contains(result.err, "Standard output cannot be written"));
    }
  }
}
