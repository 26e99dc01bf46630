// Starts a plugin and signs in, for connecting, a preview, and each sync; and what a plugin keeps as secrets.
// Stores nothing else. Use on one thread.
#pragma once

#include "sync/connection.h"

#include <optional>
#include <string>
#include <string_view>

namespace roots::host {

// A provider without a session: options, notices, and steps of its calls.
[[nodiscard]] LiveProvider prepareProvider(const Manifest &manifest, const Settings &settings,
                                           const CallHooks &hooks);

// Starts the plugin and signs in.
[[nodiscard]] Result<void> signIn(LiveProvider &live, const OpenSession &open_session,
                                  const Settings &settings, HostServices services);

// In a set of secrets: the keys of a secret setting, and of a secret that the plugin keeps.
[[nodiscard]] std::string secretKey(std::string_view setting);
[[nodiscard]] std::string pluginKey(std::string_view key);

// What a connected plugin keeps at the host. Without a connection, nothing is loaded or saved: a save after
// a disconnect must not restore a token.
[[nodiscard]] std::optional<std::string> loadPluginSecret(const Stores &stores, const std::string &plugin_id,
                                                          std::string_view key);
[[nodiscard]] bool savePluginSecret(Stores &stores, const std::string &plugin_id, std::string_view key,
                                    std::string_view value);

}  // namespace roots::host
