// What may be attached to a report of a problem: an allow-list. No name, address, email or id of a person, no
// kind or label of an absence, no message (some quote a profile), no secret, no value of a setting. Pure.
#pragma once

#include "plugins/plugin_folder.h"
#include "sync/context.h"
#include "sync/settings.h"

#include <string>

namespace roots::host {

struct SystemFacts {
  std::string system;    // "Linux 6.1.0"
  std::string machine;   // "x86_64"
  std::string compiler;  // that built the host
  std::string now;       // UTC
};

[[nodiscard]] SystemFacts systemFacts(const std::string &now);

[[nodiscard]] std::string diagnosticsJson(const HostSettings &settings, const Context &context,
                                          const PluginFolder &folder, const SystemFacts &system);

}  // namespace roots::host
