#include "isolation/isolated_session.h"

#include "isolation/line_channel.h"
#include "isolation/messages.h"
#include "isolation/plugin_arguments.h"
#include "plugins/child_process.h"
#include "plugins/plugin_copy.h"
#include "plugins/plugin_loader.h"

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

// The time after a deadline or cancellation, in addition to what the interface permits, before the plugin
// is terminated.
constexpr milliseconds kGrace{1500};
constexpr milliseconds kStartTime{10000};
// The time that the host itself needs for a plugin's secrets does not count as the plugin's time, up to
// this limit per call: a keyring may ask the user first.
constexpr milliseconds kHostTime{120000};
// The time within which a plugin must read a reply to its request.
constexpr milliseconds kAnswerTime{5000};
constexpr milliseconds kCancelInterval{50};  // the interval of checks for cancellation

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
  IsolatedSession(PluginCopy copy, HostServices services)
      : copy_(std::move(copy)),
        name_(copy_.plugin().manifest.name),
        declared_locks_(copy_.plugin().manifest.declared_locks),
        services_(std::move(services)) {}

  ~IsolatedSession() override { end(); }
  IsolatedSession(const IsolatedSession &) = delete;
  IsolatedSession &operator=(const IsolatedSession &) = delete;

  // Starts the process and waits for the provider to be created.
  Result<void> start(const std::filesystem::path &own_executable) {
    ChildPlan plan;
    plan.executable = own_executable;
    plan.arguments = {kRunPluginArgument, copy_.plugin().folder.string(), copy_.hash()};
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
    return makeError(Status::internal,
                     "The plugin " + name_ + " could not be started in a process of its own. Try again.");
  }

  void end() {
    channel_.reset();
    if (child_ > 0) endChild(child_);
    child_ = -1;
  }

  // Terminates the process and stores the reason for all further calls.
  Error failed(Status status, std::string message) {
    end();
    failure_ = makeError(Status::internal, message);
    return makeError(status, std::move(message));
  }

  Error crashed() {
    channel_.reset();
    const int status = child_ > 0 ? endChild(child_) : 0;
    child_ = -1;
    const bool by_signal = WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL;
    const std::string how =
        by_signal ? std::string("crashed (SIG") + ::sigabbrev_np(WTERMSIG(status)) + ")" : "exited";
    return failed(Status::internal,
                  "The plugin " + name_ + " " + how +
                      ". Previously fetched data is still shown. Report this to its author.");
  }

  // Sends a call and answers the plugin's requests until the call has ended.
  Result<kit::JsonDocument> call(const std::string &text, const CallOptions &options) {
    if (failure_) return *failure_;
    auto deadline = Clock::now() + options.timeout + kGrace;
    const auto last_deadline = deadline + kHostTime;
    if (!channel_->send(text, deadline)) return Clock::now() < deadline ? crashed() : tooSlow();
    bool cancelled = false;
    // Each message is answered, but none extends the limit: a plugin that keeps sending messages is
    // terminated as well.
    for (;;) {
      if (auto message = channel_->receive(kCancelInterval)) {
        if (message->root()["status"].exists()) return finished(*std::move(message));
        const auto host_time = serve(message->root(), options, deadline);
        if (!cancelled) deadline = std::min(deadline + host_time, last_deadline);
      } else if (channel_->isOver()) {
        return crashed();
      }
      if (!cancelled && options.is_cancelled && options.is_cancelled()) {
        cancelled = true;
        deadline = std::min(deadline, Clock::now() + kGrace);
        channel_->send(R"({"cancel":true})", deadline);
      }
      if (Clock::now() < deadline) continue;
      return cancelled ? failed(Status::cancelled, "Canceled.") : tooSlow();
    }
  }

  Error tooSlow() {
    return failed(Status::try_later,
                  "The plugin " + name_ +
                      " exceeded its time limit and was terminated. Previously fetched data is still shown.");
  }

  static Result<kit::JsonDocument> finished(kit::JsonDocument message) {
    if (message.root()["status"].asInteger() == ROOTS_OK) return message;
    return readError(message.root());
  }

  // Answers what the plugin requests from the host during a call. Returns the time that the host itself
  // needed.
  Clock::duration serve(kit::JsonView message, const CallOptions &options, Clock::time_point deadline) {
    const std::string text = message["text"].textOrEmpty();
    if (const auto level = message["log"].asInteger()) {
      if (services_.log && *level >= ROOTS_LOG_DEBUG && *level <= ROOTS_LOG_ERROR)
        services_.log(static_cast<LogLevel>(*level), text);
    } else if (const auto permille = message["progress"].asInteger()) {
      if (options.progress && *permille >= 0 && *permille <= 1000)
        options.progress(static_cast<int>(*permille), text);
    } else if (const auto notice = message["notice"].asText()) {
      if (options.notice) options.notice(*notice);
    } else if (message["load_secret"].isText() || message["save_secret"].isText()) {
      return serveSecret(message, deadline);
    }
    return {};
  }

  Clock::duration serveSecret(kit::JsonView message, Clock::time_point deadline) {
    const auto asked = Clock::now();
    kit::JsonWriter json;
    json.beginObject();
    std::optional<std::string> secret;
    if (const auto wanted = message["load_secret"].asText()) {
      if (services_.load_secret) secret = services_.load_secret(*wanted);
      secret ? json.text("secret", *secret) : json.null("secret");
    } else {
      std::string value = message["value"].textOrEmpty();
      const kit::WipedAtEnd value_wiped(value);
      json.flag("kept",
                services_.save_secret && services_.save_secret(*message["save_secret"].asText(), value));
    }
    std::string text = json.endObject().finish();
    const kit::WipedAtEnd text_wiped(text);
    if (secret) kit::wipe(*secret);
    const auto answered = Clock::now();
    channel_->send(text, std::min(answered + kAnswerTime, deadline + (answered - asked)));
    return answered - asked;
  }

  PluginCopy copy_;
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
  return [plugin, expected_hash,
          own_executable](HostServices services) -> Result<std::unique_ptr<PluginSession>> {
    auto copy = PluginCopy::of(plugin);
    if (!copy) return std::move(copy).error();
    if (copy->hash() != expected_hash) return changedLibrary(plugin.manifest.id);
    auto session = std::make_unique<IsolatedSession>(std::move(*copy), std::move(services));
    if (auto started = session->start(own_executable); !started) return std::move(started).error();
    return std::unique_ptr<PluginSession>(std::move(session));
  };
}

}  // namespace roots::host
