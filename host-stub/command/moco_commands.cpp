#include "command/commands.h"
#include "command/date_ranges.h"
#include "command/moco_transport.h"
#include "command/source_sync.h"
#include "command/view_context.h"
#include "state/lost_connections.h"

#include <roots/kit/trim.h>
#include <roots/kit/wipe.h>

#include <algorithm>

namespace roots::host {
namespace {

constexpr std::chrono::seconds kSignInTime{30};

bool isAccountName(const std::string &name) {
  const auto plain = [](char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '-';
  };
  return !name.empty() && name.size() <= 63 && name.front() != '-' &&
         std::all_of(name.begin(), name.end(), plain);
}

Result<std::string, Failure> enteredKey(CommandContext &context, const ParsedCommand &command) {
  if (!command.has("--secrets-from-stdin")) {
    auto key = context.console().ask_secret("Moco API key");
    if (!key) return Failure(std::move(key).error());
    return std::move(*key);
  }
  auto secrets = readSecretLines(context.console().in);
  if (!secrets) return Failure(std::move(secrets).error());
  const kit::WipedAtEnd wiped(*secrets);
  const auto found = secrets->find("api_key");
  return found == secrets->end() ? std::string() : std::move(found->second);
}

Failure wrongKey(const char *message) { return {HostStatus::invalid_setting, message, "api_key"}; }

// Removes whitespace that was copied with the key.
Result<std::string, Failure> keyFrom(CommandContext &context, const ParsedCommand &command) {
  auto entered = enteredKey(context, command);
  if (!entered) return entered;
  const kit::WipedAtEnd wiped(*entered);
  const std::string_view key = kit::trimmed(*entered);
  if (key.empty())
    return wrongKey("The Moco API key is missing. Find it in your Moco profile under Integrations.");
  if (kit::holdsBlankOrControl(key)) {
    return wrongKey(
        "The Moco API key contains a space or line break. Copy it again from your Moco profile, "
        "Integrations.");
  }
  return std::string(key);
}

CommandResult connectMoco(CommandContext &context, const ParsedCommand &command) {
  MocoConnection moco;
  moco.domain = command.value("--domain").value_or("");
  moco.base_url = command.value("--base-url").value_or("");
  if (const auto file = command.value("--ca-file"))  // the file is also read from other working folders
    moco.ca_file = std::filesystem::absolute(*file).string();
  if (!isAccountName(moco.domain)) {
    return wrongUse(
        "moco connect needs --domain NAME, the NAME of NAME.mocoapp.com: letters, digits, and hyphens.");
  }
  auto key = keyFrom(context, command);
  if (!key) return std::move(key).error();
  const kit::WipedAtEnd key_wiped(*key);
  auto transport = mocoTransport(moco);
  if (!transport) return Failure(std::move(transport).error());

  auto access = context.openForWriting();
  if (!access) return std::move(access).error();
  Stores &stores = access->stores;
  MocoClient client(**transport, kit::realWaiter(), *key);
  {
    ProgressLine progress(context.console());
    progress.show(0, "Signing in to Moco");
    const auto account = watchedStep(context.console().on_step, "Moco", "connection",
                                     [&] { return client.account(context.limits(progress, kSignInTime)); });
    if (!account) return Failure(account.error());
    moco.user_id = account->user_id;
    moco.user_name = account->display_name;
  }
  // The new key is stored beside the old one. The settings decide, in one step, which is in effect.
  const auto &former = stores.settings.get().moco;
  const auto former_sets = former ? secretSetsOf(*former, stores.secrets) : std::set<std::string>();
  moco.secret_set = stores.secrets.newName("moco");
  if (auto kept = stores.addSecrets(moco.secret_set, {{"api_key", *key}}); !kept)
    return storageFailed(std::move(kept).error());
  const bool other_account = !former || (!former->is_lost && former->account() != moco.account());
  const bool replaces_account = former && other_account;
  if (other_account && stores.fetched.get().moco.isKnown()) {
    // Records the owner of the data, also on disk, before the settings name another account.
    if (auto named = stores.fetched.change([](FetchedData &) {}); !named)
      return storageFailed(std::move(named).error());
  }
  auto kept = stores.settings.change([&](HostSettings &settings) { settings.moco = moco; });
  if (!kept) return storageFailed(std::move(kept).error());
  if (replaces_account) stores.fetched.removeSetAside();
  (void)dropRemains(stores, former_sets);  // leftovers are recorded
  context.reportLeftovers(stores);
  const auto problems = syncMocoNow(context, stores, monthsAround(context.today()));
  if (!problems) return connectedButNotFetched("Moco", problems.error());

  reportConnected(context, {"moco",
                            "Moco",
                            std::string(stateWord(*stores.settings.get().moco)),
                            {moco.user_id, moco.user_name},
                            {},
                            {},
                            viewsOf(*problems)});
  return {};
}

CommandResult disconnectMoco(CommandContext &context, const ParsedCommand &) {
  auto access = context.openForWriting();
  if (!access) return std::move(access).error();
  Stores &stores = access->stores;
  if (!stores.settings.get().moco) {
    // Completes a disconnect that was interrupted or could not reach the keyring.
    if (!stores.secrets.hasLeftoversInKeyring()) return notFound("Moco is not connected.");
    if (auto removed = stores.secrets.forgetLeftovers(); !removed)
      return storageFailed(std::move(removed).error());
    reportCompleted(context, "moco", "Moco is not connected.");
    return {};
  }
  const auto secret_sets = secretSetsOf(*stores.settings.get().moco, stores.secrets);
  auto forgotten = stores.settings.change([](HostSettings &settings) { settings.moco.reset(); });
  if (!forgotten) return storageFailed(std::move(forgotten).error());
  stores.fetched.removeSetAside();
  if (auto remaining = asError(dropRemains(stores, secret_sets)))
    return partlyCompleted("Disconnected from Moco.", std::move(*remaining));
  if (context.json()) {
    context.printJson(disconnectedJson("moco"));
  } else {
    context.print(
        "Disconnected from Moco. Its time entries, public holidays, and key are removed from this computer.");
  }
  reportSetAsideSettings(context, stores);
  return {};
}

}  // namespace

std::vector<Command> mocoCommands() {
  return {
      {{"moco connect",
        {},
        {{"--domain", "NAME", "the account, as in NAME.mocoapp.com", {}, 1},
         {"--base-url", "URL", "an address other than https://NAME.mocoapp.com"},
         {"--ca-file", "FILE", "a certificate authority to trust in addition to those of the system (PEM)"},
         {"--secrets-from-stdin", "", "reads the API key as a line api_key=VALUE from standard input"}},
        "signs in to Moco: time entries and public holidays",
        "The host prompts for the API key, or reads it from standard input with --secrets-from-stdin."},
       connectMoco},
      {{"moco disconnect", {}, {}, "removes Moco's data and key"}, disconnectMoco},
  };
}

}  // namespace roots::host
