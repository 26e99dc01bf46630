// Installed programs are built with hardening against memory errors, as seen in the files.
#include "support/build_folder.h"
#include "support/catch.h"
#include "support/process.h"
#include "support/temporary_folder.h"

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

bool holds(const std::string &text, const std::string &part) { return text.find(part) != std::string::npos; }

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
    CHECK(holds(head, "DYN (Position-Independent Executable") != holds(head, "DYN (Shared object file)"));
    const std::string segments = facts("--program-headers", file);
    CHECK(holds(segments, "GNU_RELRO"));
    CHECK(segments.find("RWE") == std::string::npos);  // no segment is both writable and executable
    const std::string dynamic = facts("--dynamic", file);
    CHECK(holds(dynamic, "NOW"));
    CHECK_FALSE(holds(dynamic, "RPATH"));
    CHECK_FALSE(holds(dynamic, "TEXTREL"));
    const std::string symbols = facts("--dyn-syms", file);
    CHECK(holds(symbols, "__stack_chk_fail"));
  }
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  // The C library's functions check sizes that the compiler knows. If the compiler can prove them correct,
  // the file shows no trace of the checks, so this reads the compile commands.
  CHECK(holds(contentOf(hostBuild() + "/compile_commands.json"), "-D_FORTIFY_SOURCE=2"));
#endif
}
