// What users run is built so that a mistake in memory is hard to use against them: seen at the files
// themselves.
#include "support/build_folder.h"
#include "support/catch.h"
#include "support/process.h"
#include "support/temporary_folder.h"

using namespace roots::test;

namespace {

// A part of what readelf says of a file.
std::string facts(const char *option, const std::string &file) {
  const auto told = run({"/usr/bin/readelf", "--wide", option, file});
  INFO(told.err);
  REQUIRE(told.exit_code == 0);
  return told.out;
}

bool holds(const std::string &text, const std::string &part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("programs and the plugin are built against misuse of memory", "[hardening]") {
  const std::vector<std::string> files{hostBuild() + "/bin/roots-host-stub",
                                       hostBuild() + "/bin/roots-plugin-check",
                                       pluginBuild() + "/plugins/roots.personio/libroots-personio.so"};
  for (const auto &file : files) {
    INFO(file);
    const std::string head = facts("--file-header", file);
    CHECK(holds(head, "DYN (Position-Independent Executable") != holds(head, "DYN (Shared object file)"));
    const std::string segments = facts("--program-headers", file);
    CHECK(holds(segments, "GNU_RELRO"));
    CHECK(segments.find("RWE") == std::string::npos);  // nothing is both written and run
    const std::string dynamic = facts("--dynamic", file);
    CHECK(holds(dynamic, "NOW"));
    CHECK_FALSE(holds(dynamic, "RPATH"));
    CHECK_FALSE(holds(dynamic, "TEXTREL"));
    const std::string symbols = facts("--dyn-syms", file);
    CHECK(holds(symbols, "__stack_chk_fail"));
  }
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  // The C library's functions check the sizes that the compiler knows. Where it can prove them right, nothing
  // of it is left in the file; so the commands are looked at.
  CHECK(holds(contentOf(hostBuild() + "/compile_commands.json"), "-D_FORTIFY_SOURCE=2"));
#endif
}
