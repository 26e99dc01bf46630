// Compatibility in both directions: plugins built with the frozen header of 1.0, with the current one, and
// with an invented later version, in the current host and in a host built with 1.0.
#include "support/catch.h"
#include "support/folders.h"
#include "support/process.h"

#include <roots/provider_client.hpp>

#include <dlfcn.h>

using namespace roots;
using namespace roots::test;
using roots::test::run;

namespace {

std::string libraryOf(const std::string &version) {
  return buildFolder() + "/compatibility/libversioned-" + version + ".so";
}

std::unique_ptr<ProviderClient> clientOf(const std::string &version) {
  void *const library = ::dlopen(libraryOf(version).c_str(), RTLD_NOW | RTLD_LOCAL);
  REQUIRE(library != nullptr);
  auto *const entry = reinterpret_cast<roots_provider_entry_fn *>(::dlsym(library, ROOTS_PROVIDER_ENTRY));
  REQUIRE(entry != nullptr);
  const auto table = completeTable(entry());
  REQUIRE(table.ok());
  auto client = ProviderClient::create(*table, {}, {});
  REQUIRE(client.ok());
  REQUIRE((*client)->connect({}, {})->id == "4711");
  return std::move(*client);
}

std::vector<std::string> inHostOf10(const std::string &library) {
  const auto result = run({buildFolder() + "/compatibility/host_of_1_0", library}, {});
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  std::vector<std::string> lines;
  std::istringstream text(result.out);
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("the current host gets no count from a plugin of 1.0, but from current and later ones",
          "[sdk][compatibility]") {
  const std::string version = GENERATE("1.0", "today", "later");
  CAPTURE(version);
  const auto client = clientOf(version);
  const auto days = client->fetchAbsences({{2026, 7, 14}, {2026, 7, 14}}, {});
  REQUIRE(days.ok());
  REQUIRE(days->size() == 1);
  CHECK(days->front().label == "Urlaub");
  CHECK(days->front().counted_hundredths == (version == "1.0" ? 0 : 450));
  CHECK(days->front().kind == (version == "later" ? Kind::other : Kind::vacation));
  CHECK(days->front().effect == Effect::time_off);
  CHECK(client->fetchSchedule({{2026, 7, 14}, {2026, 7, 14}}, {})->size() == 1);
}

TEST_CASE("a status of a later version counts as an internal error of the plugin", "[sdk][compatibility]") {
  const auto balances = clientOf("later")->fetchBalances({});
  REQUIRE_FALSE(balances.ok());
  CHECK(balances.error().status == Status::internal);
  CHECK(balances.error().message == "Something of the future.");
}

TEST_CASE("a host of 1.0 reads the fields that it knows, and nothing is written beyond its records",
          "[sdk][compatibility]") {
  const Lines expected{"connect 0 4711", "absence 2026-07-14 kind 1 effect 1 Urlaub", "absences 0",
                       "balances 0", "nothing written beyond"};
  CHECK(inHostOf10(libraryOf("1.0")) == expected);
  CHECK(inHostOf10(libraryOf("today")) == expected);
  const Lines from_later{"connect 0 4711", "absence 2026-07-14 kind 5 effect 1 Urlaub", "absences 0",
                         "balances 8", "nothing written beyond"};
  CHECK(inHostOf10(libraryOf("later")) == from_later);
}

TEST_CASE("the current Personio plugin works in a host of 1.0", "[sdk][compatibility]") {
  CHECK(inHostOf10(buildFolder() + "/plugins/roots.personio/libroots-personio.so") ==
        Lines{"connect 2 client_id", "nothing written beyond"});
}
