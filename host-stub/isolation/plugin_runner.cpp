// The plugin's side of an isolated session: this process loads one plugin, answers the host's calls one by
// one, and exits when the host has exited.
#include "isolation/isolated_session.h"
#include "isolation/line_channel.h"
#include "isolation/messages.h"
#include "isolation/plugin_arguments.h"
#include "plugins/child_process.h"
#include "plugins/plugin_library.h"
#include "plugins/plugin_loader.h"

#include <roots/kit/wipe.h>

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstring>
#include <memory>

namespace roots::host {

namespace {

using std::chrono::milliseconds;

class PluginRunner {
 public:
  PluginRunner(std::filesystem::path folder, std::string hash)
      : folder_(std::move(folder)), hash_(std::move(hash)), channel_(STDIN_FILENO) {}

  int run() {
    while (!channel_.isOver()) {
      const auto message = channel_.receive(std::chrono::hours(1));
      if (!message) continue;
      cancelled_ = false;
      if (message->root()["call"].isText()) channel_.send(answerTo(message->root()));
      // Anything else is a cancellation that arrived too late.
    }
    return 0;
  }

 private:
  std::string answerTo(kit::JsonView call) {
    const std::string name = call["call"].textOrEmpty();
    if (name == "create") return answer(create(), [](const auto &) { return okText(); });
    if (client_ == nullptr) return writeError(makeError(Status::internal, "The plugin was not started."));
    const CallOptions options = optionsOf(call);
    const auto records = [](const auto &all) { return writeRecords(all); };
    if (name == "connect") {
      Settings settings = settingsOf(call);
      const kit::WipedAtEnd wiped(settings);
      return answer(client_->connect(settings, options), writeAccount);
    }
    if (name == "settings_locks") return answer(client_->settingsLocks(), records);
    if (name == "fetch_balances") return answer(client_->fetchBalances(options), records);
    const Days days{readDay(call["first"]).value_or(Date{}), readDay(call["last"]).value_or(Date{})};
    if (name == "fetch_absences") return answer(client_->fetchAbsences(days, options), records);
    return answer(client_->fetchSchedule(days, options), records);
  }

  template <class T, class Write>
  static std::string answer(const Result<T> &result, Write write) {
    return result ? write(*result) : writeError(result.error());
  }

  static std::string okText() { return R"({"status":0})"; }

  Result<bool> create() {
    const auto plugin = readPluginFolder(folder_);
    if (!plugin) return plugin.error();
    // The folder is the host's own copy, so the library is loaded from there.
    const auto hash = fileHash(plugin->library);
    if (!hash) return hash.error();
    if (*hash != hash_) return changedLibrary(plugin->manifest.id);
    const auto table = tableOf(*plugin);
    if (!table) return table.error();
    auto client = ProviderClient::create(*table, services(), plugin->manifest.declared_locks);
    if (!client) return std::move(client).error();
    client_ = std::move(*client);
    return true;
  }

  HostServices services() {
    HostServices services;
    services.log = [this](LogLevel level, std::string_view text) {
      sendToHost(kit::JsonWriter().beginObject().integer("log", static_cast<int>(level)).text("text", text));
    };
    services.load_secret = [this](std::string_view key) -> std::optional<std::string> {
      sendToHost(kit::JsonWriter().beginObject().text("load_secret", key));
      const auto answer = answerFromHost();
      const auto secret = answer ? answer->root()["secret"].asText() : std::nullopt;
      if (!secret) return std::nullopt;
      return std::string(*secret);
    };
    services.save_secret = [this](std::string_view key, std::string_view value) {
      sendToHost(kit::JsonWriter().beginObject().text("save_secret", key).text("value", value));
      const auto answer = answerFromHost();
      return answer && answer->root()["kept"].asFlag().value_or(false);
    };
    return services;
  }

  CallOptions optionsOf(kit::JsonView call) {
    CallOptions options;
    options.timeout = milliseconds(call["timeout_ms"].asInteger().value_or(1));
    options.is_cancelled = [this] {
      while (!cancelled_ && !channel_.isOver()) {
        const auto message = channel_.receive(milliseconds(0));
        if (!message) break;
        noteCancellation(*message);
      }
      return cancelled_ || channel_.isOver();
    };
    options.progress = [this](int permille, std::string_view doing) {
      sendToHost(kit::JsonWriter().beginObject().integer("progress", permille).text("text", doing));
    };
    options.notice = [this](std::string_view message) {
      sendToHost(kit::JsonWriter().beginObject().text("notice", message));
    };
    return options;
  }

  static Settings settingsOf(kit::JsonView call) {
    Settings settings;
    const auto given = call["settings"];
    for (std::size_t index = 0; index < given.size(); ++index)
      settings[std::string(given.memberName(index))] = given.memberValue(index).textOrEmpty();
    return settings;
  }

  void sendToHost(kit::JsonWriter &json) { channel_.send(json.endObject().finish()); }

  void noteCancellation(const kit::JsonDocument &message) {
    cancelled_ = cancelled_ || message.root()["cancel"].asFlag().value_or(false);
  }

  // The host replies immediately; a cancellation can arrive before its reply.
  std::optional<kit::JsonDocument> answerFromHost() {
    for (;;) {
      auto message = channel_.receive(std::chrono::seconds(10));
      if (!message || !message->root()["cancel"].exists()) return message;
      noteCancellation(*message);
    }
  }

  std::filesystem::path folder_;
  std::string hash_;
  LineChannel channel_;
  std::unique_ptr<ProviderClient> client_;
  bool cancelled_ = false;
};

}  // namespace

std::optional<int> runPluginIfAsked(int argument_count, char **arguments) {
  if (argument_count != 4 || std::strcmp(arguments[1], kRunPluginArgument) != 0) return std::nullopt;
  leaveCrashesToTheSystem();
  ::signal(SIGPIPE, SIG_IGN);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a plugin that hangs must not outlive the host
  PluginRunner runner(arguments[2], arguments[3]);
  return runner.run();
}

}  // namespace roots::host
