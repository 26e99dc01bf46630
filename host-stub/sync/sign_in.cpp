#include "sync/sign_in.h"

#include "sync/notices.h"

#include <charconv>

namespace roots::host {
namespace {

std::chrono::milliseconds timeoutFrom(const Settings &settings) {
  constexpr std::chrono::seconds usual{30};
  const auto found = settings.find("timeout_seconds");
  if (found == settings.end()) return usual;
  int seconds = 0;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), seconds);
  return seconds > 0 ? std::chrono::seconds(seconds) : usual;
}

}  // namespace

LiveProvider prepareProvider(const Manifest &manifest, const Settings &settings, const CallHooks &hooks) {
  LiveProvider live;
  live.plugin_id = manifest.id;
  live.name = manifest.name;
  live.on_step = hooks.on_step;
  live.notices = std::make_shared<std::vector<std::string>>();
  live.options.timeout = timeoutFrom(settings);
  live.options.is_cancelled = hooks.is_cancelled;
  live.options.progress = hooks.progress;
  live.options.notice = [notices = live.notices](std::string_view text) { addNotice(*notices, text); };
  return live;
}

Result<void> signIn(LiveProvider &live, const OpenSession &open_session, const Settings &settings,
                    HostServices services) {
  auto client = open_session(std::move(services));
  if (!client) return std::move(client).error();
  live.client = std::move(*client);
  auto account = watchedStep(live.on_step, live.name, "connection",
                             [&] { return live.client->connect(settings, live.options); });
  if (!account) return std::move(account).error();
  live.account = std::move(*account);
  return {};
}

std::string secretKey(std::string_view setting) { return "setting." + std::string(setting); }

std::string pluginKey(std::string_view key) { return "plugin." + std::string(key); }

std::optional<std::string> loadPluginSecret(const Stores &stores, const std::string &plugin_id,
                                            std::string_view key) {
  const Connection *connection = stores.settings.get().connection(plugin_id);
  return connection == nullptr ? std::nullopt : stores.secrets.get(connection->secretSet(), pluginKey(key));
}

bool savePluginSecret(Stores &stores, const std::string &plugin_id, std::string_view key,
                      std::string_view value) {
  const Connection *connection = stores.settings.get().connection(plugin_id);
  if (connection == nullptr) return false;
  const std::string secret_set = connection->secretSet();
  if (value.empty()) return stores.secrets.forget(secret_set, pluginKey(key)).ok();
  return stores.secrets.set(secret_set, pluginKey(key), std::string(value)).ok();
}

}  // namespace roots::host
