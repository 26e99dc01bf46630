// The folders that tests read from. Their paths are compiled into folders.cpp alone, so that all other tests
// are the same in every checkout for the compiler cache.
#pragma once

#include <string>

namespace roots::test {

// The checkout.
std::string sourceFolder();
// The build folder of the tests.
std::string buildFolder();

// The build folders with the programs and plugins under test: that of the tests, unless tests/run combines
// the results of two compilers.

// Contains bin/.
std::string hostBuild();
// Contains plugins/, template/plugins/, and example/plugins/.
std::string pluginBuild();

}  // namespace roots::test
