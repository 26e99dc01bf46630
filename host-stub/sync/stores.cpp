#include "sync/stores.h"

#include "sync/state_file.h"

#include <set>

namespace roots::host {
namespace {

std::set<std::string> connectedIn(const HostSettings &settings) {
  std::set<std::string> connected;
  for (const auto &connection : settings.connections) connected.insert(connection.plugin_id);
  return connected;
}

// Whether it had data of anybody who is not connected.
bool dropStrangers(Context &context, const HostSettings &settings) {
  const std::set<std::string> connected = connectedIn(settings);
  const auto dropped =
      std::erase_if(context.providers, [&](const auto &known) { return !connected.contains(known.first); });
  const bool moco_is_stranger = !settings.moco && context.moco.isKnown();
  if (moco_is_stranger) context.moco = MocoContext();
  return dropped > 0 || moco_is_stranger;
}

}  // namespace

Result<Stores> Stores::open(const std::filesystem::path &home) {
  auto settings = SettingsStore::open(home);
  if (!settings) return std::move(settings).error();
  auto secrets = SecretStore::open(home);
  if (!secrets) return std::move(secrets).error();
  auto context = ContextStore::open(home);
  if (!context) return std::move(context).error();
  return Stores{std::move(*settings), std::move(*secrets), std::move(*context)};
}

Result<Stores> Stores::openToChange(const std::filesystem::path &home) {
  for (const char *file : {"settings.json", "secrets.json", "context.json"}) removeDraft(home / file);
  auto stores = open(home);
  if (!stores) return stores;
  const HostSettings &settings = stores->settings.get();
  if (Context context = stores->context.get(); dropStrangers(context, settings)) {
    auto dropped = stores->context.change([&](Context &changed) { changed = std::move(context); });
    if (!dropped) return std::move(dropped).error();
  }
  std::set<std::string> owners = connectedIn(settings);
  if (settings.moco) owners.insert("moco");
  if (auto forgotten = stores->secrets.forgetAllBut(owners); !forgotten) return std::move(forgotten).error();
  return stores;
}

}  // namespace roots::host
