#include "day/words.h"
#include "state/settings.h"

#include <algorithm>

namespace roots::host {
namespace {

using kit::JsonWriter;

void write(JsonWriter &writer, const ManualAbsence &absence) {
  writer.beginObject()
      .text("id", absence.id)
      .text("type", wordOf(absence.kind))
      .text("from", kit::formatDate(absence.days.first))
      .text("to", kit::formatDate(absence.days.last))
      .text("extent", wordOf(absence.extent))
      .text("note", absence.note)
      .endObject();
}

void write(JsonWriter &writer, const std::array<int, 7> &minutes) {
  writer.beginArray();
  for (const int each : minutes) writer.integer(each);
  writer.endArray();
}

void write(JsonWriter &writer, const Rotation &rotation) {
  writer.beginObject().text("from", kit::formatDate(rotation.from)).name("weeks").beginArray();
  for (const auto &week : rotation.weeks) write(writer, week);
  writer.endArray().endObject();
}

void write(JsonWriter &writer, const std::vector<Lock> &locks) {
  writer.name("locks").beginArray();
  for (const auto &lock : locks)
    writer.beginObject().text("setting", lock.setting).text("reason", lock.reason).endObject();
  writer.endArray();
}

void write(JsonWriter &writer, const Connection &connection) {
  writer.beginObject()
      .text("plugin", connection.plugin_id)
      .text("name", connection.plugin_name)
      .text("account_id", connection.account_id)
      .text("account_name", connection.account_name)
      .text("state", stateWord(connection.state))
      .text("problem", connection.problem)
      .text("secret_set", connection.secret_set);
  writer.name("settings").beginObject();
  for (const auto &[key, value] : connection.settings) writer.text(key, value);
  writer.endObject();
  write(writer, connection.locks);
  if (connection.is_lost) writer.flag("is_lost", true);
  writer.endObject();
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

std::string_view stateWord(const MocoConnection &moco) {
  if (moco.is_lost) return stateWord(Connection::State::needs_sign_in);
  return stateWord(moco.problem.empty() ? Connection::State::connected : Connection::State::failing);
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

std::string settingsJson(const HostSettings &settings) {
  JsonWriter writer(JsonWriter::Style::indented);
  writer.beginObject().integer("version", kSettingsVersion).name("weekday_minutes");
  write(writer, settings.weekday_minutes);
  if (settings.rotation) {
    writer.name("rotation");
    write(writer, *settings.rotation);
  }
  writer.name("absences").beginArray();
  for (const auto &absence : settings.absences) write(writer, absence);
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
        .text("secret_set", settings.moco->secret_set);
    if (settings.moco->is_lost) writer.flag("is_lost", true);
    writer.endObject();
  }
  writer.endObject();
  return writer.finish() + "\n";
}

}  // namespace roots::host
