#include "command/commands.h"

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

Result<std::string, Failure> keyFrom(Workplace &workplace, const ParsedCommand &command) {
  if (!command.has("--secrets-from-stdin")) {
    auto key = workplace.console().ask_secret("Moco API key");
    if (!key) return Failure(std::move(key).error());
    return std::move(*key);
  }
  auto secrets = readSecretLines(workplace.console().in);
  if (!secrets) return Failure(std::move(secrets).error());
  const kit::WipedAtEnd wiped(*secrets);
  const auto found = secrets->find("api_key");
  return found == secrets->end() ? std::string() : std::move(found->second);
}

Outcome connectMoco(Workplace &workplace, const ParsedCommand &command) {
  MocoConnection moco;
  moco.domain = command.value("--domain").value_or("");
  moco.base_url = command.value("--base-url").value_or("");
  if (const auto file = command.value("--ca-file"))  // it is read from other folders, too
    moco.ca_file = std::filesystem::absolute(*file).string();
  if (!isAccountName(moco.domain)) {
    return wrongUse(
        "moco connect needs --domain NAME, the NAME of NAME.mocoapp.com: letters, digits and hyphens.");
  }
  auto key = keyFrom(workplace, command);
  if (!key) return std::move(key).error();
  const kit::WipedAtEnd key_wiped(*key);
  if (key->empty()) {
    return Failure(Error{Status::invalid_setting,
                         "The Moco API key is missing. You find it in your Moco profile, Integrations.",
                         "api_key",
                         0,
                         {}});
  }
  auto transport = mocoTransport(moco);
  if (!transport) return Failure(std::move(transport).error());

  auto edit = workplace.edit();
  if (!edit) return Failure(std::move(edit).error());
  Stores &stores = edit->stores;
  if (auto ready = stores.secrets.ready(); !ready) return Failure(std::move(ready).error());
  MocoClient client(**transport, kit::realWaiter(), *key);
  {
    ProgressLine progress(workplace.console());
    progress.show(0, "Signing in to Moco");
    const auto account = watchedStep(workplace.console().on_step, "Moco", "connection",
                                     [&] { return client.account(workplace.limits(progress, kSignInTime)); });
    if (!account) return Failure(account.error());
    moco.user_id = account->user_id;
    moco.user_name = account->display_name;
  }
  const auto &former = stores.settings.get().moco;
  if (former && (former->user_id != moco.user_id || former->domain != moco.domain)) {
    auto dropped = stores.context.change([](Context &context) { context.moco = MocoContext(); });
    if (!dropped) return Failure(std::move(dropped).error());
  }
  if (auto kept = stores.secrets.set("moco", "api_key", *key); !kept) return Failure(std::move(kept).error());
  auto kept = stores.settings.change([&](HostSettings &settings) { settings.moco = moco; });
  if (!kept) return Failure(std::move(kept).error());
  const auto problems = workplace.syncMocoNow(stores, monthsAround(workplace.today()));
  if (!problems) return problems.error();

  if (workplace.json()) {
    kit::JsonWriter writer;
    writer.beginObject().text("domain", moco.domain).text("state", "connected");
    writeAccount(writer, moco.user_id, moco.user_name);
    writer.name("problems").beginArray();
    for (const auto &problem : *problems) writer.text(problem.part + ": " + problem.error.message);
    writer.endArray().endObject();
    workplace.print(writer.finish());
    return {};
  }
  workplace.print("Connected to Moco" + (moco.user_name.empty() ? "" : " as " + moco.user_name) + ".");
  for (const auto &problem : *problems)
    workplace.console().err << "Moco, " << problem.part << ": " << problem.error.message << std::endl;
  return {};
}

Outcome disconnectMoco(Workplace &workplace, const ParsedCommand &) {
  auto edit = workplace.edit();
  if (!edit) return Failure(std::move(edit).error());
  Stores &stores = edit->stores;
  if (!stores.settings.get().moco) {
    // A disconnect that was interrupted may have left the key in the keyring.
    (void)stores.secrets.forgetAll("moco");
    return notFound("Moco is not connected.");
  }
  auto forgotten = stores.settings.change([](HostSettings &settings) { settings.moco.reset(); });
  if (!forgotten) return Failure(std::move(forgotten).error());
  if (auto secrets = stores.secrets.forgetAll("moco"); !secrets) return Failure(std::move(secrets).error());
  auto dropped = stores.context.change([](Context &context) { context.moco = MocoContext(); });
  if (!dropped) return Failure(std::move(dropped).error());
  if (workplace.json()) {
    kit::JsonWriter writer;
    writer.beginObject().text("state", "disconnected").endObject();
    workplace.print(writer.finish());
    return {};
  }
  workplace.print(
      "Disconnected from Moco. Its time entries, public holidays and key are removed from this computer.");
  return {};
}

}  // namespace

std::vector<Command> mocoCommands() {
  return {
      {{"moco connect",
        {},
        {{"--domain", "NAME"}, {"--base-url", "URL"}, {"--ca-file", "FILE"}, {"--secrets-from-stdin", ""}},
        "signs in to Moco: time entries and public holidays",
        "NAME is that of NAME.mocoapp.com; --base-url stands for https://NAME.mocoapp.com. The API key is "
        "asked\n"
        "for on the terminal, or read as a line api_key=VALUE with --secrets-from-stdin.",
        {"--domain"}},
       connectMoco},
      {{"moco disconnect", {}, {}, "forgets Moco's data and key", ""}, disconnectMoco},
  };
}

}  // namespace roots::host
