#include "state/stores.h"

#include "state/lost_connections.h"
#include "state/state_file.h"

#include <set>

namespace roots::host {
namespace {

// The sets of secrets that are in effect, or may be.
std::set<std::string> secretSetsOf(const HostSettings &settings, const SecretStore &secrets) {
  std::set<std::string> names;
  for (const auto &connection : settings.connections) names.merge(secretSetsOf(connection, secrets));
  if (settings.moco) names.merge(secretSetsOf(*settings.moco, secrets));
  return names;
}

// Whether data belongs to no connection, or to another person than the connected one.
bool isUnconnected(const std::string &plugin_id, const ProviderData &known, const HostSettings &settings) {
  const Connection *connection = settings.connection(plugin_id);
  if (connection == nullptr) return true;
  if (connection->is_lost) return false;  // the owner is unknown
  return !known.account_id.empty() && !connection->account_id.empty() &&
         known.account_id != connection->account_id;
}

// Data of former versions has no owner: it belongs to the connected account.
void nameAccount(Stores &stores) {
  const auto &moco = stores.settings.get().moco;
  if (!moco || moco->is_lost) return;
  stores.fetched.changeInMemory([&](FetchedData &fetched) {
    if (fetched.moco.isKnown() && fetched.moco.account.empty()) fetched.moco.account = moco->account();
  });
}

bool isUnconnected(const MocoData &moco, const HostSettings &settings) {
  if (!settings.moco) return moco.isKnown();
  if (settings.moco->is_lost) return false;  // the owner is unknown
  return !moco.account.empty() && moco.account != settings.moco->account();
}

// Whether it contained data of another account.
bool drop(FetchedData &fetched, const HostSettings &settings) {
  const auto dropped = std::erase_if(fetched.providers, [&](const auto &known) {
    return isUnconnected(known.first, known.second, settings);
  });
  const bool moco_is_unconnected = isUnconnected(fetched.moco, settings);
  if (moco_is_unconnected) fetched.moco = MocoData();
  return dropped > 0 || moco_is_unconnected;
}

// Whether a change must be written.
bool ignoreUnconnectedData(Stores &stores) {
  bool dropped = false;
  stores.fetched.changeInMemory(
      [&](FetchedData &fetched) { dropped = drop(fetched, stores.settings.get()); });
  return dropped;
}

enum class Copies { stay, go };  // of damaged data

Result<void> dropFromDisk(Stores &stores, Copies copies) {
  if (!ignoreUnconnectedData(stores)) return {};
  if (copies == Copies::go) stores.fetched.removeSetAside();
  return stores.fetched.change([](FetchedData &) {});
}

// The report, with how to restore lost connections.
std::string withAdvice(const std::string &sentences, const HostSettings &settings) {
  const std::string advice = adviceOnLostConnections(settings);
  return sentences + (advice.empty() ? "" : " ") + advice;
}

Result<void> setAsideDamaged(Stores &stores) {
  if (!stores.settings.damage().empty()) {
    auto report = stores.settings.setAsideDamaged();
    if (!report) return std::move(report).error();
    stores.reports.push_back(withAdvice(*report, stores.settings.get()));
  }
  if (!stores.fetched.damage().empty()) {
    auto report = stores.fetched.setAsideDamaged();
    if (!report) return std::move(report).error();
    stores.reports.push_back(std::move(*report));
  }
  return {};
}

Result<Stores> openAll(const Home &home, KeyringAccess access) {
  auto settings = SettingsStore::open(home.settings);
  if (!settings) return std::move(settings).error();
  auto secrets = SecretStore::open(home.settings, std::move(access));
  if (!secrets) return std::move(secrets).error();
  auto fetched = FetchedDataStore::open(home);
  if (!fetched) return std::move(fetched).error();
  if (settings->isNew() && knowConnections(*secrets, fetched->get())) settings->loseMissingFile();
  const bool may_miss_connections = !settings->damage().empty();
  std::vector<std::string> reports;
  settings->changeInMemory([&](HostSettings &changed) {
    if (may_miss_connections) addLostConnections(changed, *secrets, fetched->get());
    reports = loseConnectionsWithOtherSecrets(changed, *secrets);
  });
  secrets->nameInForce(secretSetsOf(settings->get(), *secrets));
  if (may_miss_connections || !settings->setAsideCopies().empty()) secrets->keepFormerEntry();
  return Stores{std::move(*settings), std::move(*secrets), std::move(*fetched), std::move(reports)};
}

}  // namespace

Result<Stores> Stores::open(const Home &home, KeyringAccess access) {
  auto stores = openAll(home, std::move(access));
  if (!stores) return stores;
  stores->reports.clear();  // views show the connections
  (void)ignoreUnconnectedData(*stores);
  return stores;
}

Result<Stores> Stores::openToChange(const Home &home, KeyringAccess access) {
  for (const char *file : {"settings.json", "secrets.json"}) removeDraft(home.settings / file);
  for (const char *file : {"context.json", "calendar.json"}) removeDraft(home.dataFile(file));
  auto stores = openAll(home, std::move(access));
  if (!stores) return stores;
  const bool data_is_damaged = !stores->fetched.damage().empty();
  if (auto aside = setAsideDamaged(*stores); !aside) return std::move(aside).error();
  nameAccount(*stores);
  if (auto dropped = dropFromDisk(*stores, data_is_damaged ? Copies::stay : Copies::go); !dropped)
    return std::move(dropped).error();
  if (auto removed = stores->secrets.removeLeftovers(); !removed) return std::move(removed).error();
  return stores;
}

std::string Stores::settingsDamage() const {
  return settings.damage().empty() ? "" : withAdvice(settings.damageReport(), settings.get());
}

Result<void> Stores::addSecrets(const std::string &name, const Secrets &new_secrets) {
  if (settings.isNew()) {
    if (auto written = settings.change([](HostSettings &) {}); !written) return written;
  }
  return secrets.replaceAll(name, new_secrets);
}

Result<void> Stores::dropUnconnectedData() { return dropFromDisk(*this, Copies::go); }

}  // namespace roots::host
