// The folder with the programs and plugins under test: the build folder of the tests, unless tests/run
// combines the results of two compilers.
#pragma once

#include <cstdlib>
#include <string>

namespace roots::test {

inline std::string folderFrom(const char *variable) {
  const char *other = std::getenv(variable);
  return other == nullptr ? ROOTS_BINARY_DIR : other;
}

// Contains bin/.
inline std::string hostBuild() { return folderFrom("ROOTS_TEST_HOST_BUILD"); }
// Contains plugins/, template/plugins/, and example/plugins/.
inline std::string pluginBuild() { return folderFrom("ROOTS_TEST_PLUGIN_BUILD"); }

}  // namespace roots::test
