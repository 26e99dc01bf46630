#include "view/plugins_view.h"

#include "view/json_parts.h"

namespace roots::host {
namespace {

std::string stateText(const PluginView &plugin) {
  if (!plugin.is_enabled) return "not enabled";
  if (!plugin.change.empty()) return "refused: " + plugin.change;
  return plugin.is_isolated ? "enabled, isolated" : "enabled";
}

void write(kit::JsonWriter &writer, const FieldView &field) {
  writer.beginObject()
      .text("key", field.key)
      .text("label", field.label)
      .text("type", field.type)
      .text("hint", field.hint)
      .text("default", field.default_value)
      .flag("required", field.is_required)
      .flag("advanced", field.is_advanced)
      .endObject();
}

void write(kit::JsonWriter &writer, const PluginView &plugin) {
  writer.beginObject()
      .text("id", plugin.id)
      .text("name", plugin.name)
      .text("version", plugin.version)
      .text("description", plugin.description)
      .flag("enabled", plugin.is_enabled)
      .flag("isolated", plugin.is_isolated)
      .flag("has_changed", !plugin.change.empty())
      .name("settings")
      .beginArray();
  for (const auto &field : plugin.settings) write(writer, field);
  writer.endArray()
      .texts("network", plugin.network_hosts)
      .texts("service_access", plugin.service_access)
      .texts("may_lock", plugin.may_lock)
      .endObject();
}

}  // namespace

TextLines pluginsText(const PluginsView &view) {
  TextLines text;
  text.add("Plugins in " + view.folder);
  for (const auto &plugin : view.plugins) {
    text.add("  " + plugin.id + " " + plugin.version + "  " + stateText(plugin));
    text.add("    " + plugin.description);
  }
  for (const auto &refused : view.refused) text.add("  " + refused.folder + "  refused: " + refused.reason);
  if (view.plugins.empty() && view.refused.empty()) {
    text.add(view.has_folder
                 ? "  none; copy a plugin's folder here"
                 : "  none: there is no such folder; create it and copy a plugin's folder into it");
  }
  return text;
}

std::string pluginsJson(const PluginsView &view) {
  kit::JsonWriter writer;
  writer.beginObject().text("folder", view.folder).name("plugins").beginArray();
  for (const auto &plugin : view.plugins) write(writer, plugin);
  writer.endArray();
  writeRefused(writer, view.refused);
  writer.endObject();
  return writer.finish();
}

std::string pluginJson(const std::string &id, bool is_enabled) {
  return kit::JsonWriter().beginObject().text("id", id).flag("enabled", is_enabled).endObject().finish();
}

}  // namespace roots::host
