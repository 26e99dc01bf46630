#include "day/words.h"
#include "sync/settings.h"

#include <algorithm>

namespace roots::host {
namespace {

using kit::JsonView;
using kit::JsonWriter;

constexpr int kVersion = 1;

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

// Seven minutes of days; false: they are not.
bool readWeek(JsonView view, std::array<int, 7> &week) {
  if (view.size() != week.size()) return false;
  for (std::size_t day = 0; day < week.size(); ++day) {
    const auto value = view.at(day).asInteger();
    if (!value || *value < 0 || *value > 1440) return false;
    week[day] = static_cast<int>(*value);
  }
  return true;
}

std::optional<Rotation> rotationFrom(JsonView view) {
  const auto from = kit::parseDate(view["from"].textOrEmpty());
  const JsonView weeks = view["weeks"];
  if (!from || kit::weekdayIndex(*from) != 0) return std::nullopt;
  if (weeks.size() < Rotation::kFewestWeeks || weeks.size() > Rotation::kMostWeeks) return std::nullopt;
  Rotation rotation{*from, std::vector<std::array<int, 7>>(weeks.size())};
  for (std::size_t index = 0; index < weeks.size(); ++index) {
    if (!readWeek(weeks.at(index), rotation.weeks[index])) return std::nullopt;
  }
  return rotation;
}

std::optional<ManualAbsence> absenceFrom(JsonView view) {
  const auto kind = kindFrom(view["type"].textOrEmpty());
  const auto extent = extentFrom(view["extent"].textOrEmpty());
  const auto first = kit::parseDate(view["from"].textOrEmpty());
  const auto last = kit::parseDate(view["to"].textOrEmpty());
  if (!kind || !extent || !first || !last || *last < *first || view["id"].textOrEmpty().empty())
    return std::nullopt;
  return ManualAbsence{view["id"].textOrEmpty(), *kind, {*first, *last}, *extent, view["note"].textOrEmpty()};
}

std::optional<Connection> connectionFrom(JsonView view) {
  Connection connection;
  connection.plugin_id = view["plugin"].textOrEmpty();
  connection.plugin_name = view["name"].textOrEmpty();
  connection.account_id = view["account_id"].textOrEmpty();
  connection.account_name = view["account_name"].textOrEmpty();
  connection.problem = view["problem"].textOrEmpty();
  const std::string state = view["state"].textOrEmpty();
  for (const auto candidate : {Connection::State::needs_sign_in, Connection::State::failing}) {
    if (state == stateWord(candidate)) connection.state = candidate;
  }
  const JsonView settings = view["settings"];
  for (std::size_t index = 0; index < settings.size(); ++index) {
    connection.settings[std::string(settings.memberName(index))] = settings.memberValue(index).textOrEmpty();
  }
  for (std::size_t index = 0; index < view["locks"].size(); ++index) {
    const JsonView lock = view["locks"].at(index);
    connection.locks.push_back({lock["setting"].textOrEmpty(), lock["reason"].textOrEmpty()});
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

const TypeAnswer *HostSettings::typeAnswer(const std::string &plugin_id, const std::string &type_name) const {
  const auto found = std::find_if(type_answers.begin(), type_answers.end(), [&](const TypeAnswer &answer) {
    return answer.plugin_id == plugin_id && answer.type_name == type_name;
  });
  return found == type_answers.end() ? nullptr : &*found;
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

void writeAccount(kit::JsonWriter &writer, const std::string &id, const std::string &name) {
  writer.name("account").beginObject().text("id", id).text("name", name).endObject();
}

void writeWeek(kit::JsonWriter &writer, const std::array<int, 7> &minutes) {
  writer.beginArray();
  for (const int each : minutes) writer.integer(each);
  writer.endArray();
}

void writeRotation(kit::JsonWriter &writer, const Rotation &rotation) {
  writer.beginObject().text("from", kit::formatDate(rotation.from)).name("weeks").beginArray();
  for (const auto &week : rotation.weeks) writeWeek(writer, week);
  writer.endArray().endObject();
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
  writer.beginObject().integer("version", kVersion).name("weekday_minutes");
  writeWeek(writer, settings.weekday_minutes);
  if (settings.rotation) {
    writer.name("rotation");
    writeRotation(writer, *settings.rotation);
  }
  writer.name("absences").beginArray();
  for (const auto &absence : settings.absences) writeManualAbsence(writer, absence);
  writer.endArray().name("types").beginArray();
  for (const auto &answer : settings.type_answers) {
    writer.beginObject()
        .text("plugin", answer.plugin_id)
        .text("name", answer.type_name)
        .text("effect", wordOf(answer.effect))
        .endObject();
  }
  writer.endArray().name("plugins").beginArray();
  for (const auto &plugin : settings.plugins) {
    writer.beginObject()
        .text("id", plugin.id)
        .text("sha256", plugin.hash)
        .flag("isolated", plugin.isolated)
        .endObject();
  }
  writer.endArray().name("connections").beginArray();
  for (const auto &connection : settings.connections) write(writer, connection);
  writer.endArray().name("failed_connects").beginArray();
  for (const auto &failed : settings.failed_connects) {
    writer.beginObject()
        .text("plugin", failed.plugin_id)
        .text("name", failed.plugin_name)
        .text("time", failed.time)
        .text("problem", failed.problem)
        .endObject();
  }
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
  if (!readWeek(root["weekday_minutes"], settings.weekday_minutes)) return broken("weekday_minutes");
  if (root["rotation"].exists()) {
    settings.rotation = rotationFrom(root["rotation"]);
    if (!settings.rotation) return broken("rotation");
  }
  for (std::size_t index = 0; index < root["types"].size(); ++index) {
    const JsonView answer = root["types"].at(index);
    const auto effect = effectFrom(answer["effect"].textOrEmpty());
    if (!effect) return broken("types");
    settings.type_answers.push_back({answer["plugin"].textOrEmpty(), answer["name"].textOrEmpty(), *effect});
  }
  for (std::size_t index = 0; index < root["absences"].size(); ++index) {
    auto absence = absenceFrom(root["absences"].at(index));
    if (!absence) return broken("absences");
    settings.absences.push_back(std::move(*absence));
  }
  for (std::size_t index = 0; index < root["plugins"].size(); ++index) {
    const JsonView plugin = root["plugins"].at(index);
    settings.plugins.push_back({plugin["id"].textOrEmpty(), plugin["sha256"].textOrEmpty(),
                                plugin["isolated"].asFlag().value_or(false)});
  }
  for (std::size_t index = 0; index < root["connections"].size(); ++index) {
    auto connection = connectionFrom(root["connections"].at(index));
    if (!connection) return broken("connections");
    settings.connections.push_back(std::move(*connection));
  }
  for (std::size_t index = 0; index < root["failed_connects"].size(); ++index) {
    const JsonView failed = root["failed_connects"].at(index);
    settings.failed_connects.push_back({failed["plugin"].textOrEmpty(), failed["name"].textOrEmpty(),
                                        failed["time"].textOrEmpty(), failed["problem"].textOrEmpty()});
  }
  if (const JsonView moco = root["moco"]; moco.isObject()) {
    settings.moco = MocoConnection{moco["domain"].textOrEmpty(),    moco["base_url"].textOrEmpty(),
                                   moco["ca_file"].textOrEmpty(),   moco["user_id"].textOrEmpty(),
                                   moco["user_name"].textOrEmpty(), moco["problem"].textOrEmpty()};
  }
  return settings;
}

}  // namespace roots::host
