// The library's only export.
#include "larkspur_provider.h"

ROOTS_PROVIDER_PLUGIN(larkspur::LarkspurProvider, ROOTS_PLUGIN_ID, ROOTS_PLUGIN_VERSION);
