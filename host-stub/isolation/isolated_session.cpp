#include "isolation/isolated_session.h"

#include "isolation/line_channel.h"
#include "isolation/messages.h"
#include "isolation/plugin_arguments.h"
#include "plugins/child_process.h"

#include <roots/kit/wipe.h>

#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>

namespace roots::host {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Beyond what the interface allows a plugin after its deadline or a cancellation: then it is ended.
constexpr milliseconds kGrace{1500};
constexpr milliseconds kStartTime{10000};
constexpr milliseconds kAttention{50};  // how often cancellation is looked at

Error plain(Status status, std::string message) { return Error{status, std::move(message), "", 0, {}}; }

std::string callText(const char *name, milliseconds timeout) {
  return kit::JsonWriter()
      .beginObject()
      .text("call", name)
      .integer("timeout_ms", timeout.count())
      .endObject()
      .finish();
}

std::string callText(const char *name, milliseconds timeout, const Days &days) {
  kit::JsonWriter json;
  json.beginObject().text("call", name).integer("timeout_ms", timeout.count());
  json.text("first", writeDay(days.first)).text("last", writeDay(days.last)).endObject();
  return json.finish();
}

std::string callText(const char *name, milliseconds timeout, const Settings &settings) {
  kit::JsonWriter json;
  json.beginObject().text("call", name).integer("timeout_ms", timeout.count()).name("settings").beginObject();
  for (const auto &[key, value] : settings) json.text(key, value);
  json.endObject().endObject();
  return json.finish();
}

class IsolatedSession final : public PluginSession {
 public:
  IsolatedSession(std::string name, std::vector<std::string> declared_locks, HostServices services)
      : name_(std::move(name)), declared_locks_(std::move(declared_locks)), services_(std::move(services)) {}

  ~IsolatedSession() override { end(); }
  IsolatedSession(const IsolatedSession &) = delete;
  IsolatedSession &operator=(const IsolatedSession &) = delete;

  // Starts the process and waits for the provider to be made.
  Result<void> start(const ChildPlan &plan) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return notStarted();
    child_ = startChild(plan, ends[1], ends[1]);
    ::close(ends[1]);
    channel_ = std::make_unique<LineChannel>(ends[0]);
    if (child_ < 0) return notStarted();
    CallOptions options;
    options.timeout = kStartTime;
    const auto made = call(callText("create", kStartTime), options);
    if (!made) return made.error();
    return {};
  }

  Result<Account> connect(const Settings &settings, const CallOptions &options) override {
    std::string text = callText("connect", options.timeout, settings);
    const kit::WipedAtEnd wiped(text);
    const auto done = call(text, options);
    return done ? readAccount(done->root()) : done.error();
  }
  Result<std::vector<AbsenceDay>> fetchAbsences(Days days, const CallOptions &options) override {
    const auto done = call(callText("fetch_absences", options.timeout, days), options);
    return done ? readAbsenceDays(done->root(), days) : done.error();
  }
  Result<std::vector<Week>> fetchSchedule(Days days, const CallOptions &options) override {
    const auto done = call(callText("fetch_schedule", options.timeout, days), options);
    return done ? readWeeks(done->root()) : done.error();
  }
  Result<std::vector<Balance>> fetchBalances(const CallOptions &options) override {
    const auto done = call(callText("fetch_balances", options.timeout), options);
    return done ? readBalances(done->root()) : done.error();
  }
  Result<std::vector<Lock>> settingsLocks() override {
    const CallOptions options;
    const auto done = call(callText("settings_locks", options.timeout), options);
    return done ? readLocks(done->root(), declared_locks_) : done.error();
  }

 private:
  Error notStarted() const {
    return plain(Status::internal,
                 "The plugin " + name_ + " could not be started in a process of its own. Try again.");
  }

  void end() {
    channel_.reset();
    if (child_ > 0) endChild(child_);
    child_ = -1;
  }

  // Ends the process and remembers why for all further calls.
  Error failed(Status status, std::string message) {
    end();
    failure_ = plain(Status::internal, message);
    return plain(status, std::move(message));
  }

  Error crashed() {
    channel_.reset();
    const int status = child_ > 0 ? endChild(child_) : 0;
    child_ = -1;
    const bool by_signal = WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL;
    const std::string how = by_signal ? std::string("crashed (SIG") + ::sigabbrev_np(WTERMSIG(status)) + ")"
                                      : "ended its process";
    return failed(Status::internal, "The plugin " + name_ + " " + how +
                                        ". What it told before is still shown. Report this to its author.");
  }

  // Sends a call and serves the plugin until the call has ended.
  Result<kit::JsonDocument> call(const std::string &text, const CallOptions &options) {
    if (failure_) return *failure_;
    if (!channel_->send(text)) return crashed();
    auto deadline = Clock::now() + options.timeout + kGrace;
    bool cancelled = false;
    for (;;) {
      if (auto message = channel_->receive(kAttention)) {
        if (message->root()["status"].exists()) return finished(*std::move(message));
        serve(message->root(), options);
        continue;
      }
      if (channel_->isOver()) return crashed();
      if (!cancelled && options.is_cancelled && options.is_cancelled()) {
        cancelled = true;
        deadline = std::min(deadline, Clock::now() + kGrace);
        channel_->send(R"({"cancel":true})");
      }
      if (Clock::now() < deadline) continue;
      if (cancelled) return failed(Status::cancelled, "Cancelled.");
      return failed(Status::try_later,
                    "The plugin " + name_ +
                        " did not keep its time limit and was ended. What it told before is still shown.");
    }
  }

  static Result<kit::JsonDocument> finished(kit::JsonDocument message) {
    if (message.root()["status"].asInteger() == ROOTS_OK) return message;
    return readError(message.root());
  }

  // What the plugin asks of the host during a call.
  void serve(kit::JsonView message, const CallOptions &options) {
    const std::string text = message["text"].textOrEmpty();
    if (const auto level = message["log"].asInteger()) {
      if (services_.log && *level >= ROOTS_LOG_DEBUG && *level <= ROOTS_LOG_ERROR)
        services_.log(static_cast<LogLevel>(*level), text);
    } else if (const auto permille = message["progress"].asInteger()) {
      if (options.progress && *permille >= 0 && *permille <= 1000)
        options.progress(static_cast<int>(*permille), text);
    } else if (const auto notice = message["notice"].asText()) {
      if (options.notice) options.notice(*notice);
    } else if (const auto wanted = message["load_secret"].asText()) {
      answerWith(services_.load_secret ? services_.load_secret(*wanted) : std::nullopt);
    } else if (const auto key = message["save_secret"].asText()) {
      const bool kept = services_.save_secret && services_.save_secret(*key, message["value"].textOrEmpty());
      channel_->send(kit::JsonWriter().beginObject().flag("kept", kept).endObject().finish());
    }
  }

  void answerWith(std::optional<std::string> secret) {
    kit::JsonWriter json;
    json.beginObject();
    secret ? json.text("secret", *secret) : json.null("secret");
    std::string text = json.endObject().finish();
    const kit::WipedAtEnd text_wiped(text);
    channel_->send(text);
    if (secret) kit::wipe(*secret);
  }

  std::string name_;
  std::vector<std::string> declared_locks_;
  HostServices services_;
  pid_t child_ = -1;
  std::unique_ptr<LineChannel> channel_;
  std::optional<Error> failure_;  // the process is gone
};

}  // namespace

OpenSession isolatedSessions(const PluginCandidate &plugin, const std::string &expected_hash,
                             const std::filesystem::path &own_executable) {
  ChildPlan plan;
  plan.executable = own_executable;
  plan.arguments = {kRunPluginArgument, plugin.folder.string(), expected_hash};
  return [plan, name = plugin.manifest.name, locks = plugin.manifest.declared_locks](
             HostServices services) -> Result<std::unique_ptr<PluginSession>> {
    auto session = std::make_unique<IsolatedSession>(name, locks, std::move(services));
    if (auto started = session->start(plan); !started) return std::move(started).error();
    return std::unique_ptr<PluginSession>(std::move(session));
  };
}

}  // namespace roots::host
