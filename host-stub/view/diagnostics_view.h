// The data that is safe to attach to a problem report, as JSON: an allow-list. No name, address, email, or
// ID of a person, no kind or label of an absence, no message (some quote a profile), no secret, no value of a
// setting. Pure.
#pragma once

#include "day/model.h"

#include <optional>
#include <string>
#include <vector>

namespace roots::host {

struct SystemFacts {
  std::string system;     // "Linux 6.1.0"
  std::string machine;    // "x86_64"
  std::string compiler;   // the one that built the host
  std::string interface;  // version of the provider interface
  std::string now;        // UTC
};

struct DiagnosticsView {
  struct Plugin {
    std::string id;
    std::string version;
    std::string interface;
    bool is_enabled = false;
    bool is_isolated = false;
    bool has_changed = false;
  };
  struct Data {
    std::string part;         // "absences"
    std::string last_sync;    // UTC; "": never fetched
    bool has_failed = false;  // the last attempt
  };
  struct Connection {
    std::string id;
    std::string state;
    std::vector<std::string> settings_given;  // keys from the manifest
    std::vector<std::string> locked_settings;
    std::vector<CivilDays> known_days;  // with known absences
    int schedules_seen = 0;
    std::vector<Data> data;
  };
  struct Moco {
    std::string state;
    std::vector<Data> data;
  };

  SystemFacts system;
  std::vector<Plugin> plugins;
  int refused_plugin_count = 0;
  std::vector<Connection> connections;
  std::optional<Moco> moco;
  bool has_rotation = false;
  int failed_connect_count = 0;
};
[[nodiscard]] std::string diagnosticsJson(const DiagnosticsView &view);

}  // namespace roots::host
