// The library's only export: the table of the provider interface, filled by PersonioProvider. Id and
// version come from manifest.json through CMake.
#include "personio_provider.h"

#include <roots/provider.hpp>

ROOTS_PROVIDER_PLUGIN(roots::personio::PersonioProvider, ROOTS_PLUGIN_ID, ROOTS_PLUGIN_VERSION);
