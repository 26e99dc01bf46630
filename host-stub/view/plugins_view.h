// The installed plugins, and why one is refused, as text and as JSON. Pure functions.
#pragma once

#include "text/text_lines.h"
#include "view/connection_view.h"

#include <string>
#include <vector>

namespace roots::host {

// A field of the form for connecting.
struct FieldView {
  std::string key;
  std::string label;
  std::string type;  // "text", "secret", "email", "url", "file", "integer"
  std::string hint;
  std::string default_value;
  bool is_required = false;
  bool is_advanced = false;
};

struct PluginView {
  std::string id;
  std::string name;
  std::string version;
  std::string description;
  bool is_enabled = false;
  bool is_isolated = false;
  std::string change;  // why it is refused although it was enabled; "": it is not
  std::vector<FieldView> settings;
  std::vector<std::string> network_hosts;
  std::vector<std::string> service_access;
  std::vector<std::string> may_lock;
};

struct PluginsView {
  std::string folder;
  bool has_folder = true;
  std::vector<PluginView> plugins;
  std::vector<RefusedView> refused;
};
[[nodiscard]] TextLines pluginsText(const PluginsView &view);
[[nodiscard]] std::string pluginsJson(const PluginsView &view);

// After enabling or disabling.
[[nodiscard]] std::string pluginJson(const std::string &id, bool is_enabled);

}  // namespace roots::host
