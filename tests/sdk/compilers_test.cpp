// Plugins of another compiler in this host: C++ on both sides of a C interface.
#include "support/catch.h"
#include "support/folders.h"
#include "support/process.h"

#include <roots/provider_client.hpp>

#include <dlfcn.h>

#include <filesystem>

using namespace roots;
using namespace roots::test;

namespace {

// Built by each installed compiler, and on libc++; tests/run installs all.
std::string providerBy(const std::string &compiler) {
  return buildFolder() + "/compatibility/libacross-" + compiler + ".so";
}

}  // namespace

TEST_CASE(
    "a C++ provider of another compiler or standard library delivers, notifies, and fails like any other",
    "[sdk][compilers]") {
  const std::string compiler = GENERATE("gnu", "clang", "libcxx");
  CAPTURE(compiler);
  if (!std::filesystem::exists(providerBy(compiler))) {
    WARN("not built: there is no " << compiler);
    return;
  }
  void *const library = ::dlopen(providerBy(compiler).c_str(), RTLD_NOW | RTLD_LOCAL);
  REQUIRE(library != nullptr);
  auto *const entry = reinterpret_cast<roots_provider_entry_fn *>(::dlsym(library, ROOTS_PROVIDER_ENTRY));
  REQUIRE(entry != nullptr);
  const auto table = completeTable(entry());
  REQUIRE(table.ok());

  std::vector<std::string> said;
  HostServices services;
  services.log = [&](LogLevel, std::string_view line) { said.emplace_back(line); };
  auto client = ProviderClient::create(*table, std::move(services), {});
  REQUIRE(client.ok());
  CallOptions options;
  options.notice = [&](std::string_view notice) { said.emplace_back(notice); };
  const auto account = (*client)->connect({}, options);
  REQUIRE(account.ok());
  CHECK(account->display_name == std::string(200, 'x'));
  CHECK(said == std::vector<std::string>{"connecting", "compiled elsewhere"});
  const auto days = (*client)->fetchAbsences({{2026, 7, 14}, {2026, 7, 15}}, {});
  REQUIRE(days.ok());
  CHECK(days->front().label == "Übergabe von einem Übersetzer zum anderen");
  CHECK(days->front().counted_hundredths == 100);
  CHECK((*client)->fetchBalances({})->front().available_hundredths == 983);

  const auto thrown = (*client)->connect({{"throw", "1"}}, {});
  REQUIRE_FALSE(thrown.ok());
  CHECK(thrown.error().status == Status::internal);
  CHECK(thrown.error().message.find("never seen") == std::string::npos);
}
