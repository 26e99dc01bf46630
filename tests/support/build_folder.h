// Where the programs and the plugins under test were built: in the same folder as the tests, unless tests/run
// holds the work of two compilers against each other.
#pragma once

#include <cstdlib>
#include <string>

namespace roots::test {

inline std::string folderFrom(const char *variable) {
  const char *other = std::getenv(variable);
  return other == nullptr ? ROOTS_BINARY_DIR : other;
}

// Holds bin/.
inline std::string hostBuild() { return folderFrom("ROOTS_TEST_HOST_BUILD"); }
// Holds plugins/, template/plugins/ and example/plugins/.
inline std::string pluginBuild() { return folderFrom("ROOTS_TEST_PLUGIN_BUILD"); }

}  // namespace roots::test
