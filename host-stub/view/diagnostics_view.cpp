#include "view/diagnostics_view.h"

#include "view/json_parts.h"

namespace roots::host {
namespace {

using kit::JsonWriter;

void write(JsonWriter &writer, const DiagnosticsView::Plugin &plugin) {
  writer.beginObject()
      .text("id", plugin.id)
      .text("version", plugin.version)
      .text("interface", plugin.interface)
      .flag("enabled", plugin.is_enabled)
      .flag("isolated", plugin.is_isolated)
      .flag("has_changed", plugin.has_changed)
      .endObject();
}

void write(JsonWriter &writer, const std::vector<DiagnosticsView::Data> &data) {
  writer.name("data").beginObject();
  for (const auto &part : data) {
    writer.name(part.part).beginObject();
    writeTextOrNull(writer, "last_sync", part.last_sync);
    writeTextOrNull(writer, "stale_since", part.has_failed ? part.last_sync : "");
    writer.flag("has_failed", part.has_failed).endObject();
  }
  writer.endObject();
}

void write(JsonWriter &writer, const DiagnosticsView::Connection &connection) {
  writer.beginObject()
      .text("id", connection.id)
      .text("state", connection.state)
      .texts("settings_given", connection.settings_given)
      .texts("locked_settings", connection.locked_settings)
      .name("known_days")
      .beginArray();
  for (const auto &[first, last] : connection.known_days)
    writer.beginObject().text("from", kit::formatDate(first)).text("to", kit::formatDate(last)).endObject();
  writer.endArray().integer("schedules_seen", connection.schedules_seen);
  write(writer, connection.data);
  writer.endObject();
}

void write(JsonWriter &writer, const std::optional<DiagnosticsView::Moco> &moco) {
  writer.name("moco");
  if (!moco) {
    writer.null();
    return;
  }
  writer.beginObject().text("state", moco->state);
  write(writer, moco->data);
  writer.endObject();
}

}  // namespace

std::string diagnosticsJson(const DiagnosticsView &view) {
  JsonWriter writer(JsonWriter::Style::indented);
  writer.beginObject()
      .text("written", view.system.now)
      .text("system", view.system.system)
      .text("machine", view.system.machine)
      .text("compiler", view.system.compiler)
      .text("interface", view.system.interface)
      .name("plugins")
      .beginArray();
  for (const auto &plugin : view.plugins) write(writer, plugin);
  writer.endArray()
      .integer("refused_plugin_count", view.refused_plugin_count)
      .name("connections")
      .beginArray();
  for (const auto &connection : view.connections) write(writer, connection);
  writer.endArray();
  write(writer, view.moco);
  writer.flag("has_rotation", view.has_rotation)
      .integer("failed_connect_count", view.failed_connect_count)
      .endObject();
  return writer.finish();
}

}  // namespace roots::host
