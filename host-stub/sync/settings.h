// What the user decided: weekly hours and absences by hand, enabled plugins, connections. Secrets are not
// here (secret_store.h), fetched data neither (context.h). A plain value; settings_store.h keeps it.
#pragma once

#include "day/model.h"

#include <roots/kit/json.h>
#include <roots/records.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace roots::host {

struct ManualAbsence {
  std::string id;
  Kind kind = Kind::vacation;
  CivilDays days;
  Extent extent = Extent::whole_day;  // whole_day, first_half or second_half; halves only for one day
  std::string note;
  friend bool operator==(const ManualAbsence &, const ManualAbsence &) = default;
};

// What a type of absence does to the target hours, in the user's own opinion.
struct TypeAnswer {
  std::string plugin_id;
  std::string type_name;  // as the service calls it
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
  std::string plugin_name;  // for people, from the manifest
  Settings settings;        // without secrets
  std::string account_id;
  std::string account_name;
  std::vector<Lock> locks;  // in force until disconnect, whatever happens to the connection
  State state = State::connected;
  std::string problem;  // of the last attempt, if it failed
};

// The last attempt to connect, if it failed: what status has to say afterwards.
struct FailedConnect {
  std::string plugin_id;
  std::string plugin_name;
  std::string time;     // UTC
  std::string problem;  // which right, which tick, which request
};

struct MocoConnection {
  std::string domain;
  std::string base_url;  // "": https://DOMAIN.mocoapp.com
  std::string ca_file;
  std::string user_id;
  std::string user_name;
  std::string problem;
};

struct HostSettings {
  std::array<int, 7> weekday_minutes{480, 480, 480, 480, 480, 0, 0};  // by hand, Monday first
  std::optional<Rotation> rotation;
  std::vector<ManualAbsence> absences;
  std::vector<TypeAnswer> type_answers;  // of connected providers; a disconnect forgets them
  std::vector<EnabledPlugin> plugins;
  std::vector<Connection> connections;
  std::vector<FailedConnect> failed_connects;  // one for each plugin at most
  std::optional<MocoConnection> moco;

  [[nodiscard]] const Connection *connection(const std::string &plugin_id) const;  // nullptr: none
  [[nodiscard]] Connection *connection(const std::string &plugin_id);
  [[nodiscard]] const TypeAnswer *typeAnswer(const std::string &plugin_id,
                                             const std::string &type_name) const;
  [[nodiscard]] const EnabledPlugin *enabled(const std::string &plugin_id) const;
};

void writeManualAbsence(kit::JsonWriter &writer, const ManualAbsence &absence);
// The members "account" and "locks" of the open object, as commands print them.
void writeAccount(kit::JsonWriter &writer, const std::string &id, const std::string &name);
void writeLocks(kit::JsonWriter &writer, const std::vector<Lock> &locks);
// Values: seven minutes; {"from", "weeks"}.
void writeWeek(kit::JsonWriter &writer, const std::array<int, 7> &minutes);
void writeRotation(kit::JsonWriter &writer, const Rotation &rotation);

[[nodiscard]] std::string settingsJson(const HostSettings &settings);
[[nodiscard]] Result<HostSettings> settingsFrom(kit::JsonView root);

[[nodiscard]] std::string_view stateWord(Connection::State state);  // "connected", "needs_sign_in", "failing"

}  // namespace roots::host
