// Installed programs are built with hardening against memory errors, as seen in the files.
#include "support/catch.h"
#include "support/folders.h"
#include "support/process.h"
#include "support/temporary_folder.h"
#include "support/text_search.h"

#include <filesystem>

using namespace roots::test;

namespace {

// A part of readelf's output for a file.
std::string facts(const char *option, const std::string &file) {
  const auto told = run({"/usr/bin/readelf", "--wide", option, file});
  INFO(told.err);
  REQUIRE(told.exit_code == 0);
  return told.out;
}

}  // namespace

TEST_CASE("programs and the plugin are built with hardening against memory errors", "[hardening]") {
  std::vector<std::string> files{hostBuild() + "/bin/roots-host-stub",
                                 hostBuild() + "/bin/roots-plugin-check", hostBuild() + "/bin/roots-sandbox",
                                 pluginBuild() + "/plugins/roots.personio/libroots-personio.so"};
  const std::string keyring = hostBuild() + "/bin/roots-keyring";
  if (std::filesystem::exists(keyring)) files.push_back(keyring);  // needs libsecret
  for (const auto &file : files) {
    INFO(file);
    const std::string head = facts("--file-header", file);
    CHECK(contains(head, "DYN (Position-Independent Executable") !=
          contains(head, "DYN (Shared object file)"));
    const std::string segments = facts("--program-headers", file);
    CHECK(contains(segments, "GNU_RELRO"));
    CHECK(segments.find("RWE") == std::string::npos);  // no segment is both writable and executable
    const std::string dynamic = facts("--dynamic", file);
    CHECK(contains(dynamic, "NOW"));
    CHECK_FALSE(contains(dynamic, "RPATH"));
    CHECK_FALSE(contains(dynamic, "TEXTREL"));
    const std::string symbols = facts("--dyn-syms", file);
    CHECK(contains(symbols, "__stack_chk_fail"));
  }
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  // The C library's functions check sizes that the compiler knows. If the compiler can prove them correct,
  // the file shows no trace of the checks, so this reads the compile commands.
  CHECK(contains(contentOf(hostBuild() + "/compile_commands.json"), "-D_FORTIFY_SOURCE=2"));
#endif
}
