#include "state/lost_connections.h"

#include <algorithm>

namespace roots::host {
namespace {

constexpr const char *kMoco = "moco";  // owner of Moco's sets of secrets
constexpr const char *kConnectMoco = "moco connect --domain NAME";

std::string problemOf(const std::string &how_to_connect) {
  return "The settings of this connection cannot be read, because settings.json was damaged. Connect "
         "again: " +
         how_to_connect + ".";
}

std::string problemOfSecrets(const std::string &how_to_connect) {
  return "The keys that settings.json names for this connection are missing, and others exist. An earlier "
         "settings.json or secrets.json may have been restored. Nothing was removed. Restore the "
         "settings.json "
         "that belongs to the keys, or connect again: " +
         how_to_connect + ".";
}

bool hasOtherSecretsOnly(const std::string &owner, const std::string &named, const SecretStore &secrets) {
  const std::set<std::string> names = secrets.names();
  if (names.contains(named) || secrets.dependsOnFormerEntry()) return false;
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string &name) { return SecretStore::ownerOf(name) == owner; });
}

std::set<std::string> ownersIn(const SecretStore &secrets, const FetchedData &fetched) {
  std::set<std::string> owners;
  for (const std::string &name : secrets.names()) owners.insert(SecretStore::ownerOf(name));
  for (const auto &[plugin_id, provider] : fetched.providers) owners.insert(plugin_id);
  if (fetched.moco.isKnown()) owners.insert(kMoco);
  if (secrets.dependsOnFormerEntry()) owners.insert(kMoco);  // no file names the owners of its secrets
  return owners;
}

std::set<std::string> setsOfOwner(const std::string &owner, const SecretStore &secrets) {
  std::set<std::string> names{owner};
  for (const std::string &name : secrets.names())
    if (SecretStore::ownerOf(name) == owner) names.insert(name);
  return names;
}

}  // namespace

Connection lostConnection(const std::string &plugin_id, const std::string &name) {
  Connection connection;
  connection.plugin_id = plugin_id;
  connection.plugin_name = name.empty() ? plugin_id : name;
  connection.state = Connection::State::needs_sign_in;
  connection.problem = problemOf("connect " + plugin_id);
  connection.is_lost = true;
  const std::string reason =
      "settings.json was damaged, so it is not known whether this provider decides here. Connect again "
      "(connect " +
      plugin_id + "), or end the connection (disconnect " + plugin_id + ").";
  for (const char *setting : kLockableSettings) connection.locks.push_back({setting, reason});
  return connection;
}

MocoConnection lostMoco() {
  MocoConnection moco;
  moco.problem = problemOf(kConnectMoco);
  moco.is_lost = true;
  return moco;
}

bool knowConnections(const SecretStore &secrets, const FetchedData &fetched) {
  return !ownersIn(secrets, fetched).empty();
}

void addLostConnections(HostSettings &settings, const SecretStore &secrets, const FetchedData &fetched) {
  std::set<std::string> owners = ownersIn(secrets, fetched);
  if (secrets.dependsOnFormerEntry())
    for (const auto &plugin : settings.plugins) owners.insert(plugin.id);
  for (const std::string &owner : owners) {
    if (owner == kMoco) {
      if (!settings.moco) settings.moco = lostMoco();
    } else if (settings.connection(owner) == nullptr) {
      settings.connections.push_back(lostConnection(owner, ""));
    }
  }
}

std::vector<std::string> loseConnectionsWithOtherSecrets(HostSettings &settings, const SecretStore &secrets) {
  std::vector<std::string> sentences;
  for (Connection &connection : settings.connections) {
    const bool is_affected =
        !connection.is_lost && hasOtherSecretsOnly(connection.plugin_id, connection.secretSet(), secrets);
    if (!is_affected) continue;
    connection.is_lost = true;
    connection.state = Connection::State::needs_sign_in;
    connection.problem = problemOfSecrets("connect " + connection.plugin_id);
    sentences.push_back(connection.plugin_name + ": " + connection.problem);
  }
  auto &moco = settings.moco;
  if (moco && !moco->is_lost && hasOtherSecretsOnly(kMoco, moco->secret_set, secrets)) {
    moco->is_lost = true;
    moco->problem = problemOfSecrets(kConnectMoco);
    sentences.push_back("Moco: " + moco->problem);
  }
  return sentences;
}

std::string adviceOnLostConnections(const HostSettings &settings) {
  std::string how;
  const auto add = [&](const std::string &command) { how += (how.empty() ? "" : "; ") + command; };
  for (const auto &connection : settings.connections) {
    if (!connection.is_lost) continue;
    const std::string &id = connection.plugin_id;
    // The damaged file may have contained that it is enabled.
    add((settings.enabled(id) == nullptr ? "plugins enable " + id + ", then " : "") + "connect " + id);
  }
  const bool has_locks = !how.empty();
  if (settings.moco && settings.moco->is_lost) add(kConnectMoco);
  if (how.empty()) return "";
  return std::string("To restore the connections, connect again (") + how +
         "), or restore settings.json from a backup. Until then, their keys and data are kept" +
         (has_locks ? ", and weekly hours and absences entered by hand stay locked." : ".");
}

std::set<std::string> secretSetsOf(const Connection &connection, const SecretStore &secrets) {
  if (!connection.is_lost) return {connection.secretSet()};
  return setsOfOwner(connection.plugin_id, secrets);
}

std::set<std::string> secretSetsOf(const MocoConnection &moco, const SecretStore &secrets) {
  if (!moco.is_lost) return {moco.secret_set};
  return setsOfOwner(kMoco, secrets);
}

}  // namespace roots::host
