#include "day/words.h"
#include "sync/settings.h"

#include <algorithm>

namespace roots::host {
namespace {

using kit::JsonView;
using kit::JsonWriter;

constexpr int kVersion = 1;

std::string textOf(JsonView view) { return std::string(view.asText().value_or("")); }

Error broken(const std::string &what) {
  return Error{Status::internal,
               "The settings file is damaged (" + what +
                   ") and was left as it is. Restore it from a backup, or move it away to start anew.",
               "",
               0,
               {}};
}

void write(JsonWriter &writer, const Connection &connection) {
  writer.beginObject()
      .text("plugin", connection.plugin_id)
      .text("name", connection.plugin_name)
      .text("account_id", connection.account_id)
      .text("account_name", connection.account_name)
      .text("state", stateWord(connection.state))
      .text("problem", connection.problem);
  writer.name("settings").beginObject();
  for (const auto &[key, value] : connection.settings) writer.text(key, value);
  writer.endObject();
  writeLocks(writer, connection.locks);
  writer.endObject();
}

std::optional<ManualAbsence> absenceFrom(JsonView view) {
  const auto kind = kindFrom(textOf(view["type"]));
  const auto extent = extentFrom(textOf(view["extent"]));
  const auto first = kit::parseDate(textOf(view["from"]));
  const auto last = kit::parseDate(textOf(view["to"]));
  if (!kind || !extent || !first || !last || *last < *first || textOf(view["id"]).empty())
    return std::nullopt;
  return ManualAbsence{textOf(view["id"]), *kind, {*first, *last}, *extent, textOf(view["note"])};
}

std::optional<Connection> connectionFrom(JsonView view) {
  Connection connection;
  connection.plugin_id = textOf(view["plugin"]);
  connection.plugin_name = textOf(view["name"]);
  connection.account_id = textOf(view["account_id"]);
  connection.account_name = textOf(view["account_name"]);
  connection.problem = textOf(view["problem"]);
  const std::string state = textOf(view["state"]);
  for (const auto candidate : {Connection::State::needs_sign_in, Connection::State::failing}) {
    if (state == stateWord(candidate)) connection.state = candidate;
  }
  const JsonView settings = view["settings"];
  for (std::size_t index = 0; index < settings.size(); ++index) {
    connection.settings[std::string(settings.memberName(index))] = textOf(settings.memberValue(index));
  }
  for (std::size_t index = 0; index < view["locks"].size(); ++index) {
    const JsonView lock = view["locks"].at(index);
    connection.locks.push_back({textOf(lock["setting"]), textOf(lock["reason"])});
  }
  if (connection.plugin_id.empty()) return std::nullopt;
  return connection;
}

}  // namespace

std::string_view stateWord(Connection::State state) {
  switch (state) {
    case Connection::State::connected:
      return "connected";
    case Connection::State::needs_sign_in:
      return "needs_sign_in";
    case Connection::State::failing:
      return "failing";
  }
  return "";
}

const Connection *HostSettings::connection(const std::string &plugin_id) const {
  const auto found = std::find_if(connections.begin(), connections.end(), [&](const Connection &connection) {
    return connection.plugin_id == plugin_id;
  });
  return found == connections.end() ? nullptr : &*found;
}

Connection *HostSettings::connection(const std::string &plugin_id) {
  const auto found = std::find_if(connections.begin(), connections.end(), [&](const Connection &candidate) {
    return candidate.plugin_id == plugin_id;
  });
  return found == connections.end() ? nullptr : &*found;
}

const EnabledPlugin *HostSettings::enabled(const std::string &plugin_id) const {
  const auto found = std::find_if(plugins.begin(), plugins.end(),
                                  [&](const EnabledPlugin &plugin) { return plugin.id == plugin_id; });
  return found == plugins.end() ? nullptr : &*found;
}

void writeManualAbsence(kit::JsonWriter &writer, const ManualAbsence &absence) {
  writer.beginObject()
      .text("id", absence.id)
      .text("type", wordOf(absence.kind))
      .text("from", kit::formatDate(absence.days.first))
      .text("to", kit::formatDate(absence.days.last))
      .text("extent", wordOf(absence.extent))
      .text("note", absence.note)
      .endObject();
}

void writeLocks(kit::JsonWriter &writer, const std::vector<Lock> &locks) {
  writer.name("locks").beginArray();
  for (const auto &lock : locks) {
    writer.beginObject().text("setting", lock.setting).text("reason", lock.reason).endObject();
  }
  writer.endArray();
}

std::string settingsJson(const HostSettings &settings) {
  JsonWriter writer(JsonWriter::Style::indented);
  writer.beginObject().integer("version", kVersion).name("weekday_minutes").beginArray();
  for (const int minutes : settings.weekday_minutes) writer.integer(minutes);
  writer.endArray().name("absences").beginArray();
  for (const auto &absence : settings.absences) writeManualAbsence(writer, absence);
  writer.endArray().name("plugins").beginArray();
  for (const auto &plugin : settings.plugins) {
    writer.beginObject().text("id", plugin.id).text("sha256", plugin.hash).endObject();
  }
  writer.endArray().name("connections").beginArray();
  for (const auto &connection : settings.connections) write(writer, connection);
  writer.endArray();
  if (settings.moco) {
    writer.name("moco")
        .beginObject()
        .text("domain", settings.moco->domain)
        .text("base_url", settings.moco->base_url)
        .text("ca_file", settings.moco->ca_file)
        .text("user_id", settings.moco->user_id)
        .text("user_name", settings.moco->user_name)
        .text("problem", settings.moco->problem)
        .endObject();
  }
  writer.endObject();
  return writer.finish() + "\n";
}

Result<HostSettings> settingsFrom(JsonView root) {
  HostSettings settings;
  const JsonView minutes = root["weekday_minutes"];
  if (minutes.size() != settings.weekday_minutes.size()) return broken("weekday_minutes");
  for (std::size_t day = 0; day < settings.weekday_minutes.size(); ++day) {
    const auto value = minutes.at(day).asInteger();
    if (!value || *value < 0 || *value > 1440) return broken("weekday_minutes");
    settings.weekday_minutes[day] = static_cast<int>(*value);
  }
  for (std::size_t index = 0; index < root["absences"].size(); ++index) {
    auto absence = absenceFrom(root["absences"].at(index));
    if (!absence) return broken("absences");
    settings.absences.push_back(std::move(*absence));
  }
  for (std::size_t index = 0; index < root["plugins"].size(); ++index) {
    const JsonView plugin = root["plugins"].at(index);
    settings.plugins.push_back({textOf(plugin["id"]), textOf(plugin["sha256"])});
  }
  for (std::size_t index = 0; index < root["connections"].size(); ++index) {
    auto connection = connectionFrom(root["connections"].at(index));
    if (!connection) return broken("connections");
    settings.connections.push_back(std::move(*connection));
  }
  if (const JsonView moco = root["moco"]; moco.isObject()) {
    settings.moco =
        MocoConnection{textOf(moco["domain"]),  textOf(moco["base_url"]),  textOf(moco["ca_file"]),
                       textOf(moco["user_id"]), textOf(moco["user_name"]), textOf(moco["problem"])};
  }
  return settings;
}

}  // namespace roots::host
