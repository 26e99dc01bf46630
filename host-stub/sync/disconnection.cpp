// Ends a connection and handles what it leaves behind.
#include "state/lost_connections.h"
#include "sync/connection.h"

namespace roots::host {

Result<Remaining> disconnectProvider(Stores &stores, const std::string &plugin_id) {
  const Connection *connection = stores.settings.get().connection(plugin_id);
  const auto secret_sets =
      connection == nullptr ? std::set{plugin_id} : secretSetsOf(*connection, stores.secrets);
  // The connection is removed first: without it, the data and secrets below cannot be used.
  auto forgotten = stores.settings.change([&](HostSettings &settings) {
    std::erase_if(settings.connections,
                  [&](const Connection &connected) { return connected.plugin_id == plugin_id; });
    std::erase_if(settings.failed_connects,
                  [&](const FailedConnect &failed) { return failed.plugin_id == plugin_id; });
    std::erase_if(settings.type_answers,
                  [&](const TypeAnswer &answer) { return answer.plugin_id == plugin_id; });
  });
  if (!forgotten) return std::move(forgotten).error();
  stores.fetched.removeSetAside();
  return dropRemains(stores, secret_sets);
}

Remaining dropRemains(Stores &stores, const std::set<std::string> &secret_sets) {
  Remaining remaining;
  if (auto dropped = stores.dropUnconnectedData(); !dropped) remaining.data = std::move(dropped).error();
  for (const std::string &secret_set : secret_sets) {
    auto removed = stores.secrets.forgetAll(secret_set);
    if (!removed && !remaining.secrets) remaining.secrets = std::move(removed).error();
  }
  return remaining;
}

std::optional<Error> asError(const Remaining &remaining) {
  if (!remaining.secrets && !remaining.data) return std::nullopt;
  Error error = remaining.secrets ? *remaining.secrets : *remaining.data;
  if (!remaining.data) return error;
  const std::string &why = remaining.data->message;
  error.message = (remaining.secrets ? error.message + " " : "") +
                  "Its data is no longer shown and is removed from the disk with the next change: " + why;
  return error;
}

}  // namespace roots::host
