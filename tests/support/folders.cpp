#include "support/folders.h"

#include <cstdlib>

namespace roots::test {
namespace {

std::string folderFrom(const char *variable) {
  const char *other = std::getenv(variable);
  return other == nullptr ? buildFolder() : other;
}

}  // namespace

std::string sourceFolder() { return ROOTS_SOURCE_DIR; }

std::string buildFolder() { return ROOTS_BINARY_DIR; }

std::string hostBuild() { return folderFrom("ROOTS_TEST_HOST_BUILD"); }

std::string pluginBuild() { return folderFrom("ROOTS_TEST_PLUGIN_BUILD"); }

}  // namespace roots::test
