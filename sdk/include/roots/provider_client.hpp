// For hosts: calls one provider through its table and validates everything. What comes back is
// copied into the records of records.hpp; a record that violates the contract fails the call with
// Status::unexpected_reply and names the rule ("R3: ..."). On any status but ROOTS_OK, everything that the
// call delivered is dropped (R7).
//
// One thread at a time per ProviderClient (R6); it may be another thread each time. Loads no library:
// the table comes from the host's loader, or from a test in the same process.
#pragma once

#include <roots/detail/record_checks.hpp>
#include <roots/provider.hpp>

#include <atomic>
#include <cstring>

namespace roots {

// A host's functions for a provider. They are called only during a call, by one thread at a time.
struct HostServices {
  std::function<void(LogLevel, std::string_view)> log;
  // Both empty: the host stores no secrets.
  std::function<std::optional<std::string>(std::string_view key)> load_secret;
  std::function<bool(std::string_view key, std::string_view value)> save_secret;  // empty value: delete
};

struct CallOptions {
  std::chrono::milliseconds timeout{30000};  // for the whole call, at least 1 ms
  std::function<bool()> is_cancelled;
  std::function<void(int permille, std::string_view doing)> progress;
  std::function<void(std::string_view message)> notice;
};

// The plugin's table as this build knows it: slots beyond the plugin's are null, slots beyond ours are
// omitted. Refuses a missing table, one shorter than 1.0, and an empty slot of 1.0, by name.
[[nodiscard]] inline Result<roots_provider_api> completeTable(const roots_provider_api *theirs) {
  const auto refused = [](std::string message) { return makeError(Status::internal, std::move(message)); };
  if (theirs == nullptr) return refused("The plugin hands out no table of functions. Install it again.");
  constexpr std::size_t size_of_1_0 = offsetof(roots_provider_api, settings_locks) + sizeof(void (*)());
  if (theirs->struct_size < size_of_1_0) {
    return refused("The plugin's table of functions is shorter than interface 1.0 asks for (" +
                   std::to_string(theirs->struct_size) + " of " + std::to_string(size_of_1_0) +
                   " bytes). Install a version built against interface 1.0 or later.");
  }
  const roots_provider_api table = detail::prefixOf(theirs);
  const char *missing = !table.plugin_id        ? "plugin_id"
                        : !table.plugin_version ? "plugin_version"
                        : !table.create         ? "create"
                        : !table.destroy        ? "destroy"
                        : !table.connect        ? "connect"
                        : !table.fetch_absences ? "fetch_absences"
                        : !table.fetch_schedule ? "fetch_schedule"
                        : !table.fetch_balances ? "fetch_balances"
                        : !table.settings_locks ? "settings_locks"
                                                : nullptr;
  if (missing != nullptr) {
    return refused(std::string("The plugin's table of functions lacks ") + missing +
                   ". Install a version that is complete.");
  }
  return table;
}

class ProviderClient {
 public:
  // declared_locks: permissions.settings_locks of the manifest; the provider may lock nothing else.
  [[nodiscard]] static Result<std::unique_ptr<ProviderClient>> create(
      const roots_provider_api &table, HostServices services, std::vector<std::string> declared_locks) {
    std::unique_ptr<ProviderClient> client(
        new ProviderClient(table, std::move(services), std::move(declared_locks)));
    auto error = detail::emptyError();
    const Serving serving(*client);
    const roots_status status = table.create(&client->host_, &client->provider_, &error);
    if (status != ROOTS_OK) {
      client->provider_ = nullptr;
      return detail::errorFrom(status, error);
    }
    if (client->provider_ == nullptr) return detail::breach("create() succeeded without a provider");
    return client;
  }

  ~ProviderClient() {
    const Serving serving(*this);
    if (provider_ != nullptr) table_.destroy(provider_);
  }
  ProviderClient(const ProviderClient &) = delete;
  ProviderClient &operator=(const ProviderClient &) = delete;

  [[nodiscard]] Result<Account> connect(const Settings &settings, const CallOptions &options) {
    std::vector<roots_setting> records;
    records.reserve(settings.size());
    for (const auto &[key, value] : settings)
      records.push_back(roots_setting{detail::borrowed(key), detail::borrowed(value)});
    roots_account record{};
    record.struct_size = sizeof record;
    auto error = detail::emptyError();
    const Serving serving(*this);
    CallBridge bridge(options);
    const roots_status status =
        table_.connect(provider_, records.data(), records.size(), bridge.record(), &record, &error);
    if (status != ROOTS_OK) return detail::errorFrom(status, error);
    return detail::checked(record);
  }

  [[nodiscard]] Result<std::vector<AbsenceDay>> fetchAbsences(Days days, const CallOptions &options) {
    if (auto refused = refusedRange(days)) return *std::move(refused);
    detail::Collecting<roots_absence_day, AbsenceDay, roots_absence_receiver> collecting{
        detail::AbsenceChecks(days)};
    const auto receiver = collecting.receiver();
    auto error = detail::emptyError();
    const Serving serving(*this);
    CallBridge bridge(options);
    const roots_status status =
        table_.fetch_absences(provider_, range(days), bridge.record(), &receiver, &error);
    return std::move(collecting).finish(status, error);
  }

  [[nodiscard]] Result<std::vector<Week>> fetchSchedule(Days days, const CallOptions &options) {
    if (auto refused = refusedRange(days)) return *std::move(refused);
    detail::Collecting<roots_week, Week, roots_week_receiver> collecting{detail::WeekChecks()};
    const auto receiver = collecting.receiver();
    auto error = detail::emptyError();
    const Serving serving(*this);
    CallBridge bridge(options);
    const roots_status status =
        table_.fetch_schedule(provider_, range(days), bridge.record(), &receiver, &error);
    return std::move(collecting).finish(status, error);
  }

  [[nodiscard]] Result<std::vector<Balance>> fetchBalances(const CallOptions &options) {
    detail::Collecting<roots_balance, Balance, roots_balance_receiver> collecting{detail::BalanceChecks()};
    const auto receiver = collecting.receiver();
    auto error = detail::emptyError();
    const Serving serving(*this);
    CallBridge bridge(options);
    const roots_status status = table_.fetch_balances(provider_, bridge.record(), &receiver, &error);
    return std::move(collecting).finish(status, error);
  }

  [[nodiscard]] Result<std::vector<Lock>> settingsLocks() {
    detail::Collecting<roots_lock, Lock, roots_lock_receiver> collecting{detail::LockChecks(declared_locks_)};
    const auto receiver = collecting.receiver();
    auto error = detail::emptyError();
    const Serving serving(*this);
    const roots_status status = table_.settings_locks(provider_, &receiver, &error);
    return std::move(collecting).finish(status, error);
  }

  // How often the plugin called a host function outside of a call (R6). Such calls do nothing.
  [[nodiscard]] int lateCalls() const { return late_calls_.load(); }

 private:
  ProviderClient(const roots_provider_api &table, HostServices services,
                 std::vector<std::string> declared_locks)
      : table_(table), services_(std::move(services)), declared_locks_(std::move(declared_locks)) {
    host_.struct_size = sizeof host_;
    host_.abi_minor = ROOTS_PROVIDER_ABI_MINOR;
    host_.context = this;
    host_.log = &ProviderClient::log;
    if (services_.load_secret && services_.save_secret) {
      host_.load_secret = &ProviderClient::loadSecret;
      host_.save_secret = &ProviderClient::saveSecret;
    }
  }

  // Marks the time during which the plugin may call the host.
  class Serving {
   public:
    explicit Serving(ProviderClient &client) : client_(client) { client_.serving_ = true; }
    ~Serving() { client_.serving_ = false; }
    Serving(const Serving &) = delete;
    Serving &operator=(const Serving &) = delete;

   private:
    ProviderClient &client_;
  };

  // roots_call over CallOptions. The host's functions can throw; exceptions must not reach the plugin.
  class CallBridge {
   public:
    explicit CallBridge(const CallOptions &options) : options_(options) {
      const auto timeout = options.timeout.count();
      record_.struct_size = sizeof record_;
      record_.timeout_ms = timeout < 1           ? 1
                           : timeout > INT32_MAX ? INT32_MAX
                                                 : static_cast<std::int32_t>(timeout);
      record_.context = this;
      record_.is_cancelled = &CallBridge::isCancelled;
      if (options.progress) record_.progress = &CallBridge::progress;
      if (options.notice) record_.notice = &CallBridge::notice;
    }

    [[nodiscard]] const roots_call *record() const { return &record_; }

   private:
    static std::int32_t ROOTS_CALL isCancelled(void *context) noexcept {
      try {
        const auto &options = static_cast<CallBridge *>(context)->options_;
        return options.is_cancelled && options.is_cancelled() ? 1 : 0;
      } catch (...) {
        return 1;
      }
    }

    static void ROOTS_CALL progress(void *context, std::int32_t permille, roots_text doing) noexcept {
      try {
        const std::int32_t clipped = permille < 0 ? 0 : permille > 1000 ? 1000 : permille;
        const auto text = detail::viewOf(doing);
        if (detail::isUtf8(text)) static_cast<CallBridge *>(context)->options_.progress(clipped, text);
      } catch (...) {  // a message that cannot be shown
      }
    }

    static void ROOTS_CALL notice(void *context, roots_text message) noexcept {
      try {
        const auto text = detail::viewOf(message);
        if (!text.empty() && detail::isUtf8(text)) static_cast<CallBridge *>(context)->options_.notice(text);
      } catch (...) {  // a message that cannot be shown
      }
    }

    const CallOptions &options_;
    roots_call record_{};
  };

  // The client, if the plugin may call it now.
  static ProviderClient *servingClient(void *context) {
    auto *client = static_cast<ProviderClient *>(context);
    if (client->serving_) return client;
    ++client->late_calls_;
    return nullptr;
  }

  static void ROOTS_CALL log(void *context, std::int32_t level, roots_text message) noexcept {
    try {
      auto *client = servingClient(context);
      if (client == nullptr || !client->services_.log || !detail::isUtf8(detail::viewOf(message))) return;
      const std::int32_t known = level < ROOTS_LOG_DEBUG   ? ROOTS_LOG_DEBUG
                                 : level > ROOTS_LOG_ERROR ? ROOTS_LOG_ERROR
                                                           : level;
      client->services_.log(static_cast<LogLevel>(known), detail::viewOf(message));
    } catch (...) {  // a log line that cannot be written
    }
  }

  static roots_status ROOTS_CALL loadSecret(void *context, roots_text key,
                                            const roots_text_receiver *receiver) noexcept {
    try {
      auto *client = servingClient(context);
      if (client == nullptr || receiver == nullptr) return ROOTS_INTERNAL;
      const auto secret = client->services_.load_secret(detail::viewOf(key));
      if (secret) receiver->accept(receiver->context, detail::borrowed(*secret));
      return ROOTS_OK;
    } catch (...) {
      return ROOTS_INTERNAL;
    }
  }

  static roots_status ROOTS_CALL saveSecret(void *context, roots_text key, roots_text value) noexcept {
    try {
      auto *client = servingClient(context);
      if (client == nullptr || key.size < 1 || key.size > 64) return ROOTS_INTERNAL;
      const bool kept = client->services_.save_secret(detail::viewOf(key), detail::viewOf(value));
      return kept ? ROOTS_OK : ROOTS_INTERNAL;
    } catch (...) {
      return ROOTS_INTERNAL;
    }
  }

  static roots_days range(const Days &days) { return {detail::toAbi(days.first), detail::toAbi(days.last)}; }

  static std::optional<Error> refusedRange(const Days &days) {
    const bool fine =
        detail::isRealDate(days.first) && detail::isRealDate(days.last) && !(days.last < days.first);
    if (fine) return std::nullopt;
    return makeError(Status::internal, "The range of days is reversed or holds a day that does not exist.");
  }

  roots_provider_api table_;
  HostServices services_;
  std::vector<std::string> declared_locks_;
  roots_host host_{};
  roots_provider *provider_ = nullptr;
  std::atomic<bool> serving_{false};
  std::atomic<int> late_calls_{0};
};

}  // namespace roots
