// The user's settings: weekly hours and absences entered by hand, enabled plugins, connections. Contains
// neither secrets (secret_store.h) nor fetched data (fetched_data.h). A plain value; settings_store.h stores
// it.
#pragma once

#include "day/model.h"

#include <roots/kit/json.h>
#include <roots/records.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace roots::host {

// The settings that a provider can lock (permissions.settings_locks in the schema of the manifest).
inline constexpr std::array<const char *, 2> kLockableSettings{"weekday_hours", "absences"};
[[nodiscard]] bool isLockable(const std::string &setting);

// The user's decision on how a type of absence affects the target hours.
struct TypeAnswer {
  std::string plugin_id;
  std::string type_name;  // as the service names it
  Effect effect = Effect::time_off;
  friend bool operator==(const TypeAnswer &, const TypeAnswer &) = default;
};

struct EnabledPlugin {
  std::string id;
  std::string hash;       // SHA-256 of the library when it was enabled
  bool isolated = false;  // runs in a process of its own
};

struct Connection {
  enum class State { connected, needs_sign_in, failing };
  std::string plugin_id;
  std::string plugin_name;  // for users, from the manifest
  Settings settings;        // without secrets
  std::string secret_set;   // the name of the set in effect in the secret store; "": that of former versions
  std::string account_id;
  std::string account_name;
  std::vector<Lock> locks;  // in effect until disconnect, regardless of the state of the connection
  State state = State::connected;
  std::string problem;  // of the last attempt, if it failed
  // A damaged file, or the files beside it, still names the connection, but its settings, the secrets in
  // effect, and its locks are unknown (lost_connections.h).
  bool is_lost = false;

  [[nodiscard]] const std::string &secretSet() const { return secret_set.empty() ? plugin_id : secret_set; }
};

// The last attempt to connect, if it failed, for status.
struct FailedConnect {
  std::string plugin_id;
  std::string plugin_name;
  std::string time;     // UTC
  std::string problem;  // which permission, setting, or request
};

struct MocoConnection {
  std::string domain;
  std::string base_url;  // "": https://DOMAIN.mocoapp.com
  std::string ca_file;
  std::string user_id;
  std::string user_name;
  std::string problem;
  std::string secret_set = "moco";  // the name of the set in effect in the secret store
  bool is_lost = false;             // like that of a Connection

  // The account that the data belongs to: another account means other data.
  [[nodiscard]] std::string account() const { return domain + "/" + user_id; }
};

// The version of their file.
inline constexpr int kSettingsVersion = 1;

struct HostSettings {
  std::array<int, 7> weekday_minutes{480, 480, 480, 480, 480, 0, 0};  // entered by hand, Monday first
  std::optional<Rotation> rotation;
  std::vector<ManualAbsence> absences;
  // A damaged file that is still in place contains some that could not be read. Not stored.
  bool absences_are_incomplete = false;
  // Weekly hours or the rotation in such a file could not be read. Not stored.
  bool hours_are_unreadable = false;
  std::vector<TypeAnswer> type_answers;  // for connected providers; disconnecting removes them
  std::vector<EnabledPlugin> plugins;
  std::vector<Connection> connections;
  std::vector<FailedConnect> failed_connects;  // at most one for each plugin
  std::optional<MocoConnection> moco;

  [[nodiscard]] const Connection *connection(const std::string &plugin_id) const;  // nullptr: none
  [[nodiscard]] Connection *connection(const std::string &plugin_id);
  [[nodiscard]] const TypeAnswer *typeAnswer(const std::string &plugin_id,
                                             const std::string &type_name) const;
  [[nodiscard]] const EnabledPlugin *enabled(const std::string &plugin_id) const;
};

[[nodiscard]] std::string settingsJson(const HostSettings &settings);

// The readable parts of a file of this version. Each row of a list is read separately; an unreadable part
// has its default and is named. A file with lost parts may have contained more connections.
struct ReadSettings {
  HostSettings settings;
  std::vector<std::string> lost;  // "some absences by hand"
};
[[nodiscard]] ReadSettings readSettings(kit::JsonView root);

// The whole file, or an error that names what cannot be read.
[[nodiscard]] Result<HostSettings> parseSettings(kit::JsonView root);

// "connected", "needs_sign_in", "failing"
[[nodiscard]] std::string_view stateWord(Connection::State state);
[[nodiscard]] std::string_view stateWord(const MocoConnection &moco);

}  // namespace roots::host
