// Reads what settings_json.cpp writes, row by row: an unreadable row does not affect the others. Strict
// where a guess could remove a lock, or treat secrets in effect as leftovers: the host is the only writer,
// so a member that it does not write, or always writes and is missing, is damage.
#include "day/words.h"
#include "state/lost_connections.h"
#include "state/part_reader.h"
#include "state/settings.h"

#include <roots/record_limits.hpp>

#include <algorithm>
#include <initializer_list>

namespace roots::host {
namespace {

using kit::JsonView;
using Names = std::initializer_list<std::string_view>;

bool hasOnly(JsonView view, Names names) {
  for (std::size_t index = 0; index < view.size(); ++index)
    if (std::find(names.begin(), names.end(), view.memberName(index)) == names.end()) return false;
  return true;
}

// A row of the file. Anything unreadable in it sets `fine` to false.
class Row : public PartReader {
 public:
  void allow(JsonView view, Names names) { fine = fine && hasOnly(view, names); }

  // Missing text is empty.
  std::string text(JsonView view) {
    if (view.exists() && !view.isText()) fine = false;
    return view.textOrEmpty();
  }

  // A name of a plugin or a set of secrets.
  std::string id(JsonView view) {
    std::string id = text(view);
    if (id.empty() || id.find('\0') != std::string::npos) fine = false;
    return id;
  }

  bool flag(JsonView view) {
    const auto value = view.asFlag();
    if (view.exists() && !value) fine = false;
    return value.value_or(false);
  }

  // The name of a set of secrets; "": that of former versions.
  std::string secretSet(JsonView view, const std::string &owner) {
    if (!view.exists()) return "";
    std::string name = text(view);
    if (!name.empty() && SecretStore::ownerOf(id(view)) != owner) fine = false;
    return name;
  }

  std::string lockedSetting(JsonView view) {
    std::string setting = id(view);
    if (!isLockable(setting)) fine = false;
    return setting;
  }

  void read(JsonView view, std::array<int, 7> &week) {
    if (!view.isArray() || view.size() != week.size()) fine = false;
    for (std::size_t day = 0; day < week.size(); ++day) {
      const auto value = view.at(day).asInteger();
      if (value && limits::weekday_minutes.allow(*value)) {
        week[day] = static_cast<int>(*value);
      } else {
        fine = false;
      }
    }
  }

  void read(JsonView view, Rotation &rotation) {
    allow(view, {"from", "weeks"});
    rotation.from = date(view["from"]);
    if (fine && kit::weekdayIndex(rotation.from) != 0) fine = false;
    const JsonView weeks = view["weeks"];
    if (weeks.size() < Rotation::kMinWeeks || weeks.size() > Rotation::kMaxWeeks) fine = false;
    for (std::size_t index = 0; fine && index < weeks.size(); ++index)
      read(weeks.at(index), rotation.weeks.emplace_back());
  }

  void read(JsonView view, ManualAbsence &absence) {
    allow(view, {"id", "type", "from", "to", "extent", "note"});
    absence.id = id(view["id"]);
    absence.kind = need(readKind(view["type"].textOrEmpty()));
    absence.extent = need(readExtent(view["extent"].textOrEmpty()));
    absence.days = {date(view["from"]), date(view["to"])};
    if (absence.days.last < absence.days.first) fine = false;
    absence.note = text(view["note"]);
  }

  void read(JsonView view, TypeAnswer &answer) {
    allow(view, {"plugin", "name", "effect"});
    answer.plugin_id = text(view["plugin"]);
    answer.type_name = text(view["name"]);
    answer.effect = need(readEffect(view["effect"].textOrEmpty()));
  }

  void read(JsonView view, EnabledPlugin &plugin) {
    allow(view, {"id", "sha256", "isolated"});
    plugin.id = id(view["id"]);
    plugin.hash = text(view["sha256"]);
    plugin.isolated = flag(view["isolated"]);
  }

  void read(JsonView view, FailedConnect &failed) {
    allow(view, {"plugin", "name", "time", "problem"});
    failed.plugin_id = text(view["plugin"]);
    failed.plugin_name = text(view["name"]);
    failed.time = text(view["time"]);
    failed.problem = text(view["problem"]);
  }

  void read(JsonView view, Connection &connection) {
    allow(view, {"plugin", "name", "account_id", "account_name", "state", "problem", "secret_set", "settings",
                 "locks", "is_lost"});
    connection.plugin_id = id(view["plugin"]);
    connection.plugin_name = text(view["name"]);
    connection.account_id = text(view["account_id"]);
    connection.account_name = text(view["account_name"]);
    connection.problem = text(view["problem"]);
    connection.secret_set = secretSet(view["secret_set"], connection.plugin_id);
    connection.is_lost = flag(view["is_lost"]);
    const std::string state = text(view["state"]);
    for (const auto candidate : {Connection::State::needs_sign_in, Connection::State::failing})
      if (state == stateWord(candidate)) connection.state = candidate;
    const JsonView settings = view["settings"];
    if (!settings.isObject()) fine = false;
    for (std::size_t index = 0; index < settings.size(); ++index)
      connection.settings[std::string(settings.memberName(index))] = text(settings.memberValue(index));
    read(view["locks"], connection.locks);
  }

  void read(JsonView view, std::vector<Lock> &locks) {
    if (!view.isArray()) fine = false;
    for (std::size_t index = 0; index < view.size(); ++index) {
      const JsonView lock = view.at(index);
      allow(lock, {"setting", "reason"});
      locks.push_back({lockedSetting(lock["setting"]), text(lock["reason"])});
    }
  }

  void read(JsonView view, MocoConnection &moco) {
    allow(view,
          {"domain", "base_url", "ca_file", "user_id", "user_name", "problem", "secret_set", "is_lost"});
    moco.is_lost = flag(view["is_lost"]);
    moco.domain = moco.is_lost ? text(view["domain"]) : id(view["domain"]);
    moco.base_url = text(view["base_url"]);
    moco.ca_file = text(view["ca_file"]);
    moco.user_id = text(view["user_id"]);
    moco.user_name = text(view["user_name"]);
    moco.problem = text(view["problem"]);
    const std::string owner = moco.secret_set;
    if (view["secret_set"].exists()) moco.secret_set = id(view["secret_set"]);
    if (SecretStore::ownerOf(moco.secret_set) != owner) fine = false;
  }
};

// Reads the file and records which parts are lost.
class SettingsReader {
 public:
  explicit SettingsReader(JsonView root) {
    HostSettings &settings = read_.settings;
    if (const auto week = whole<std::array<int, 7>>(root["weekday_minutes"], "weekly hours by hand"))
      settings.weekday_minutes = *week;
    if (root["rotation"].exists()) settings.rotation = whole<Rotation>(root["rotation"], "weeks in rotation");
    settings.hours_are_unreadable = !read_.lost.empty();
    const std::size_t lost_before = read_.lost.size();
    settings.absences = needRows<ManualAbsence>(root["absences"], "absences by hand");
    settings.absences_are_incomplete = read_.lost.size() > lost_before;
    settings.type_answers = rows<TypeAnswer>(root["types"], "decisions on types of absence");
    settings.plugins = needRows<EnabledPlugin>(root["plugins"], "enabled plugins");
    readConnections(root["connections"]);
    settings.failed_connects = rows<FailedConnect>(root["failed_connects"], "failed attempts to connect");
    readMoco(root["moco"]);
    if (!hasOnly(root, {"version", "weekday_minutes", "rotation", "absences", "types", "plugins",
                        "connections", "failed_connects", "moco"}))
      read_.lost.emplace_back("an unknown part");
  }

  [[nodiscard]] ReadSettings take() && { return std::move(read_); }

 private:
  template <class Value>
  std::optional<Value> whole(JsonView view, const char *name) {
    Row row;
    Value value{};
    row.read(view, value);
    if (row.fine) return value;
    read_.lost.emplace_back(name);
    return std::nullopt;
  }

  // Every version wrote the list, so a missing list is lost.
  template <class Value>
  std::vector<Value> needRows(JsonView view, const std::string &name) {
    if (!view.exists()) read_.lost.push_back(name);
    return rows<Value>(view, name);
  }

  // A missing list is empty: former versions did not write it. A value of another type is unreadable.
  template <class Value>
  std::vector<Value> rows(JsonView view, const std::string &name) {
    std::vector<Value> result;
    std::size_t unreadable = view.exists() && !view.isArray() ? 1 : 0;
    for (std::size_t index = 0; index < view.size(); ++index) {
      Row row;
      Value value;
      row.read(view.at(index), value);
      if (row.fine) {
        result.push_back(std::move(value));
      } else {
        ++unreadable;
      }
    }
    if (unreadable > 0) read_.lost.push_back((result.empty() ? "" : "some ") + name);
    return result;
  }

  // Every version wrote the list, so a missing list is lost.
  void readConnections(JsonView view) {
    if (!view.isArray()) read_.lost.emplace_back("connections");
    for (std::size_t index = 0; index < view.size(); ++index) {
      Row row;
      Connection connection;
      row.read(view.at(index), connection);
      if (row.fine) {
        read_.settings.connections.push_back(std::move(connection));
      } else {
        loseConnection(view.at(index));
      }
    }
  }

  // The id and the position can still be read: the order decides whose schedule is in effect.
  void loseConnection(JsonView view) {
    Row row;
    const std::string id = row.id(view["plugin"]);
    if (!row.fine) {
      read_.lost.emplace_back("a connection");
      return;
    }
    const std::string name = row.text(view["name"]);
    read_.lost.push_back("connection of " + id);
    read_.settings.connections.push_back(lostConnection(id, row.fine ? name : ""));
  }

  void readMoco(JsonView view) {
    if (!view.exists()) return;
    read_.settings.moco = whole<MocoConnection>(view, "connection to Moco");
    if (!read_.settings.moco) read_.settings.moco = lostMoco();
  }

  ReadSettings read_;
};

}  // namespace

ReadSettings readSettings(JsonView root) { return SettingsReader(root).take(); }

Result<HostSettings> parseSettings(JsonView root) {
  ReadSettings read = readSettings(root);
  if (read.lost.empty()) return std::move(read.settings);
  return makeError(Status::internal, "The settings file is damaged (" + read.lost.front() + ").");
}

}  // namespace roots::host
