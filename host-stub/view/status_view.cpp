#include "view/status_view.h"

#include "view/json_parts.h"

namespace roots::host {
namespace {

void write(kit::JsonWriter &writer, const std::vector<FreshnessView> &data) {
  writer.name("data").beginObject();
  for (const auto &part : data) {
    writer.name(part.part).beginObject();
    writeTextOrNull(writer, "last_sync", part.last_sync);
    writeTextOrNull(writer, "stale_since", part.has_failed ? part.last_sync : "");
    writeTextOrNull(writer, "problem", part.has_failed ? part.problem : "");
    writer.endObject();
  }
  writer.endObject();
}

void write(kit::JsonWriter &writer, const ConnectionView &connection) {
  writer.beginObject()
      .text("id", connection.id)
      .text("name", connection.name)
      .text("state", connection.state);
  writeTextOrNull(writer, "problem", connection.problem);
  writeAccount(writer, connection.account);
  writeLocks(writer, connection.locks);
  writer.name("settings").beginObject();
  for (const auto &[key, value] : connection.settings) writer.text(key, value);
  writer.endObject();
  write(writer, connection.data);
  writer.texts("notices", connection.notices).endObject();
}

std::string stateText(const std::string &state) {
  if (state == "needs_sign_in") return "needs to sign in again";
  if (state == "failing") return "connected, but the last attempt failed";
  return "connected";
}

void add(TextLines &text, const std::vector<FreshnessView> &data) {
  for (const auto &part : data) {
    const std::string age = part.last_sync.empty() ? "never fetched"
                            : part.has_failed      ? "stale since " + part.local_time
                                                   : "as of " + part.local_time;
    text.add("    " + partText(part.part) + ": " + age);
    if (part.has_failed) text.add("      " + part.problem);
  }
}

void add(TextLines &text, const ConnectionView &connection) {
  text.add(connection.name + " (" + connection.id + "): " + stateText(connection.state) +
           (connection.account.name.empty() ? "" : ", " + connection.account.name));
  if (!connection.problem.empty()) text.add("    " + connection.problem);
  add(text, connection.data);
  for (const auto &lock : connection.locks) text.add("    locks " + lock.setting + ": " + lock.reason);
  text.add("    note: ", connection.notices);
}

void addMoco(TextLines &text, const std::optional<ConnectionView> &moco) {
  if (!moco) {
    text.add("Moco is not connected. Connect it with: moco connect --domain NAME");
    return;
  }
  // Without the settings, the domain is unknown, and the problem says what to do.
  const bool is_lost = moco->state == "needs_sign_in";
  text.add((is_lost ? "Moco: " : "Moco (" + moco->settings.at("domain") + "): ") + stateText(moco->state));
  if (is_lost) text.add("    " + moco->problem);
  add(text, moco->data);
  text.add("    note: ", moco->notices);
}

}  // namespace

TextLines statusText(const StatusView &view) {
  TextLines text;
  for (const auto &connection : view.connections) add(text, connection);
  for (const auto &failed : view.failed_connects) {
    text.add("The last attempt to connect " + failed.name + ", " + failed.local_time + ", failed:");
    text.add("    " + failed.problem);
  }
  if (view.connections.empty())
    text.add("No provider is connected. plugins list shows the installed plugins.");
  addMoco(text, view.moco);
  text.add(view.secrets_are_in_keyring ? "Keys are in the keyring of your desktop."
                                       : "Keys are in a file (secrets.json) that only you can read.");
  if (view.keyring_has_leftovers) {
    text.add(
        "The keyring of your desktop still holds credentials of a connection that has ended. They will be "
        "removed as soon as a command can use the keyring.");
  }
  for (const auto &copy : view.data_copies) {
    text.add("A damaged file is kept as " + copy +
             ". A disconnect removes it; you can also remove it yourself.");
  }
  for (const auto &copy : view.settings_copies) {
    text.add("Damaged settings are kept as " + copy +
             ". They may contain absences entered by hand; remove the file when you no longer need it.");
  }
  for (const auto &refused : view.refused_plugins)
    text.add("Refused plugin " + refused.folder + ": " + refused.reason);
  return text;
}

std::string statusJson(const StatusView &view) {
  kit::JsonWriter writer;
  writer.beginObject().text("today", kit::formatDate(view.today)).name("connections").beginArray();
  for (const auto &connection : view.connections) write(writer, connection);
  writer.endArray();
  writer.name("moco");
  if (view.moco) {
    write(writer, *view.moco);
  } else {
    writer.null();
  }
  writer.name("failed_connects").beginArray();
  for (const auto &failed : view.failed_connects) {
    writer.beginObject()
        .text("id", failed.id)
        .text("name", failed.name)
        .text("time", failed.time)
        .text("problem", failed.problem)
        .endObject();
  }
  writer.endArray()
      .text("secrets_in", view.secrets_are_in_keyring ? "keyring" : "file")
      .flag("secrets_to_remove", view.keyring_has_leftovers);
  writeRefused(writer, view.refused_plugins);
  writer.name("set_aside").beginArray();
  for (const auto &copy : view.data_copies) writer.text(copy);
  for (const auto &copy : view.settings_copies) writer.text(copy);
  writer.endArray().texts("reports", view.reports).endObject();
  return writer.finish();
}

}  // namespace roots::host
