// Connections of which a damaged settings file still names the id only, or whose secrets it does not name.
// It is unknown whether a provider of the first kind decides on hours and absences, so both stay locked; and
// which of their secrets are in effect, so all of them are kept. Connecting again or disconnecting resolves
// this. Pure functions.
#pragma once

#include "state/fetched_data.h"
#include "state/secret_store.h"
#include "state/settings.h"

#include <string>

namespace roots::host {

// name: for users; "": unknown.
[[nodiscard]] Connection lostConnection(const std::string &plugin_id, const std::string &name);
[[nodiscard]] MocoConnection lostMoco();

// Whether there are secrets or fetched data of a connection.
[[nodiscard]] bool knowConnections(const SecretStore &secrets, const FetchedData &fetched);

// Adds the connections that have secrets or fetched data, and that a damaged file does not name.
void addLostConnections(HostSettings &settings, const SecretStore &secrets, const FetchedData &fetched);

// If the settings name secrets that do not exist, and others of the same connection exist, one of the files
// was replaced by an earlier one. The account of the existing ones is unknown, so they are not used. Returns
// sentences about these connections.
[[nodiscard]] std::vector<std::string> loseConnectionsWithOtherSecrets(HostSettings &settings,
                                                                       const SecretStore &secrets);

// How to restore them, as sentences; "": no connection is lost.
[[nodiscard]] std::string adviceOnLostConnections(const HostSettings &settings);

// The names of the sets of secrets that may be in effect for a connection.
[[nodiscard]] std::set<std::string> secretSetsOf(const Connection &connection, const SecretStore &secrets);
[[nodiscard]] std::set<std::string> secretSetsOf(const MocoConnection &moco, const SecretStore &secrets);

}  // namespace roots::host
