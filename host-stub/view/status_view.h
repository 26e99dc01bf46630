// Connections, locks, the age of the data, and what is wrong with files and plugins, as text and as JSON.
// Pure functions.
#pragma once

#include "day/model.h"
#include "text/text_lines.h"
#include "view/connection_view.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roots::host {

// A kind of data, with its state on the days that a sync fetches. Times are UTC; local_time is for people.
struct FreshnessView {
  std::string part;         // a word for programs: "time_entries"
  std::string last_sync;    // "": never fetched
  std::string local_time;   // of last_sync
  bool has_failed = false;  // the last attempt
  std::string problem;      // why it failed
};

// A connection to a provider or to Moco.
struct ConnectionView {
  std::string id;
  std::string name;
  std::string state;  // "connected", "needs_sign_in", or "failing"
  std::string problem;
  AccountView account;
  std::vector<LockView> locks;
  std::map<std::string, std::string> settings;  // without secrets
  std::vector<FreshnessView> data;
  std::vector<std::string> notices;
};

struct FailedConnectView {
  std::string id;
  std::string name;
  std::string time;        // UTC
  std::string local_time;  // the same
  std::string problem;
};

struct StatusView {
  CivilDate today;
  std::vector<ConnectionView> connections;
  std::optional<ConnectionView> moco;  // with the setting "domain"
  std::vector<FailedConnectView> failed_connects;
  bool secrets_are_in_keyring = false;
  bool keyring_has_leftovers = false;
  std::vector<RefusedView> refused_plugins;
  std::vector<std::string> data_copies;      // files with fetched data that were damaged
  std::vector<std::string> settings_copies;  // the same with settings
  std::vector<std::string> reports;          // what is wrong with the files
};
[[nodiscard]] TextLines statusText(const StatusView &view);
[[nodiscard]] std::string statusJson(const StatusView &view);

}  // namespace roots::host
