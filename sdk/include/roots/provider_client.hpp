// For hosts: talks to one provider through its table and believes nothing unchecked. What comes back is
// copied into the records of records.hpp; a record that breaks the contract fails the call with
// Status::unexpected_reply and names the rule ("R3: ..."). On any status but ROOTS_OK everything the call
// delivered is dropped (R7).
//
// One thread at a time per ProviderClient (R6); it may be another thread each time. Loads no library:
// the table comes from the host's loader, or from a test in the same process.
#pragma once

#include <roots/provider.hpp>

#include <atomic>
#include <cstring>
#include <set>

namespace roots {

// What a host offers a provider for its whole life. Called during a call only, by one thread at a time.
struct HostServices {
  std::function<void(LogLevel, std::string_view)> log;
  // Both empty: the host keeps no secrets.
  std::function<std::optional<std::string>(std::string_view key)> load_secret;
  std::function<bool(std::string_view key, std::string_view value)> save_secret;  // empty value: forget
};

struct CallOptions {
  std::chrono::milliseconds timeout{30000};  // for the whole call, at least 1 ms
  std::function<bool()> is_cancelled;
  std::function<void(int permille, std::string_view doing)> progress;
  std::function<void(std::string_view message)> notice;
};

namespace detail {

inline Error breach(const std::string &what) {
  Error error;
  error.status = Status::unexpected_reply;
  error.message =
      "The plugin broke its contract (" + what + "). Nothing was changed; please report this to its author.";
  return error;
}

inline bool isUtf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    const unsigned first = byte(at);
    if (first == 0) return false;  // R2: never contains NUL
    std::size_t length = 0;
    if (first < 0x80) {
      length = 1;
    } else if (first >= 0xC2 && first <= 0xDF) {
      length = 2;
    } else if (first >= 0xE0 && first <= 0xEF) {
      length = 3;
    } else if (first >= 0xF0 && first <= 0xF4) {
      length = 4;
    }
    if (length == 0 || text.size() - at < length) return false;
    for (std::size_t index = 1; index < length; ++index) {
      if ((byte(at + index) & 0xC0u) != 0x80u) return false;
    }
    if ((first == 0xE0 && byte(at + 1) < 0xA0) || (first == 0xED && byte(at + 1) > 0x9F)) return false;
    if ((first == 0xF0 && byte(at + 1) < 0x90) || (first == 0xF4 && byte(at + 1) > 0x8F)) return false;
    at += length;
  }
  return true;
}

inline bool isRealDate(const Date &date) {
  if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 || date.day < 1) return false;
  constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (date.year % 4 == 0 && date.year % 100 != 0) || date.year % 400 == 0;
  const int length = date.month == 2 && leap ? 29 : lengths[date.month - 1];
  return date.day <= length;
}

// Reads a NUL-ended text out of a fixed array, which a careless plugin may have left without one.
template <std::size_t capacity>
std::string textOf(const char (&array)[capacity]) {
  std::size_t size = 0;
  while (size < capacity && array[size] != '\0') ++size;
  return std::string(array, size);
}

inline const char *plainSentence(Status status) {
  switch (status) {
    case Status::ok:
      return "";
    case Status::cancelled:
      return "Cancelled.";
    case Status::invalid_setting:
      return "A setting is missing or wrong. Check the connection's settings.";
    case Status::sign_in_failed:
      return "Signing in failed. Check the credentials.";
    case Status::access_missing:
      return "The credentials lack a right. Ask an administrator of the service.";
    case Status::person_not_found:
      return "The service does not know this person. Check the settings.";
    case Status::try_later:
      return "The service cannot be reached at the moment. Try again later.";
    case Status::unexpected_reply:
      return "The service sent a reply that the plugin does not understand.";
    case Status::internal:
      return "The plugin failed. This is a bug in the plugin; please report it.";
    case Status::not_connected:
      return "Not connected. Connect first.";
  }
  return "The plugin failed. This is a bug in the plugin; please report it.";
}

inline Status statusFrom(roots_status status) {
  return status >= ROOTS_OK && status <= ROOTS_NOT_CONNECTED ? static_cast<Status>(status) : Status::internal;
}

inline roots_error emptyError() {
  roots_error error{};
  error.struct_size = sizeof error;
  error.retry_after_ms = -1;
  return error;
}

inline Error errorFrom(roots_status status, const roots_error &record) {
  Error error;
  error.status = statusFrom(status);
  error.message = textOf(record.message);
  if (error.message.empty() || !isUtf8(error.message)) error.message = plainSentence(error.status);
  error.setting = textOf(record.setting);
  if (!isUtf8(error.setting)) error.setting.clear();
  error.http_status = record.http_status;
  if (record.retry_after_ms >= 0) error.retry_after = std::chrono::milliseconds(record.retry_after_ms);
  return error;
}

// The record as this build knows it: the common prefix of what the plugin delivered, the rest zero (R8).
template <class Record>
Record prefixOf(const Record *theirs) {
  Record ours{};
  std::uint32_t size = 0;
  std::memcpy(&size, theirs, sizeof size);
  std::memcpy(static_cast<void *>(&ours), theirs, size < sizeof ours ? size : sizeof ours);
  return ours;
}

inline Result<std::string> checkedText(roots_text text, const char *field, bool may_be_empty) {
  if (text.data == nullptr && text.size != 0)
    return breach(std::string("R2: ") + field + " has no text but a length");
  const auto view = viewOf(text);
  if (!isUtf8(view)) return breach(std::string("R2: ") + field + " is not UTF-8 without NUL");
  if (view.empty() && !may_be_empty) return breach(std::string("R2: ") + field + " is empty");
  return std::string(view);
}

inline Result<AbsenceDay> checked(const roots_absence_day &record, const Days &range) {
  AbsenceDay day;
  day.date = fromAbi(record.date);
  if (!isRealDate(day.date)) return breach("R3: an absence on a day that does not exist");
  if (day.date < range.first || range.last < day.date)
    return breach("R3: an absence outside the days asked for");
  const bool known_kind = record.kind >= ROOTS_VACATION && record.kind <= ROOTS_OTHER;
  day.kind = known_kind ? static_cast<Kind>(record.kind) : Kind::other;
  if (record.extent < ROOTS_WHOLE_DAY || record.extent > ROOTS_MINUTES)
    return breach("R9: an unknown extent");
  day.extent = static_cast<Extent>(record.extent);
  const bool hourly = day.extent == Extent::minutes;
  if (hourly && (record.minutes < 1 || record.minutes > 1440)) return breach("R4: minutes outside 1 to 1440");
  if (!hourly && record.minutes != 0) return breach("R4: minutes without the extent that has them");
  day.minutes = record.minutes;
  const bool known_effect = record.effect >= ROOTS_TIME_OFF && record.effect <= ROOTS_COMPENSATION;
  day.effect = known_effect ? static_cast<Effect>(record.effect) : Effect::time_off;
  auto id = checkedText(record.absence_id, "absence_id", false);
  if (!id) return std::move(id).error();
  auto label = checkedText(record.label, "label", true);
  if (!label) return std::move(label).error();
  day.absence_id = std::move(*id);
  day.label = std::move(*label);
  return day;
}

inline Result<Week> checked(const roots_week &record) {
  Week week;
  week.valid_from = fromAbi(record.valid_from);
  if (week.valid_from.known() && !isRealDate(week.valid_from)) return breach("R3: valid_from is not a day");
  for (std::size_t day = 0; day < week.minutes.size(); ++day) {
    if (record.minutes[day] < 0 || record.minutes[day] > 1440)
      return breach("R4: a weekday outside 0 to 1440 minutes");
    week.minutes[day] = record.minutes[day];
  }
  week.is_estimate = record.is_estimate != 0;
  return week;
}

inline Result<Balance> checked(const roots_balance &record) {
  Balance balance;
  const bool known_kind = record.kind >= ROOTS_VACATION && record.kind <= ROOTS_OTHER;
  balance.kind = known_kind ? static_cast<Kind>(record.kind) : Kind::other;
  if (record.unit != ROOTS_UNIT_DAYS && record.unit != ROOTS_UNIT_HOURS) return breach("R9: an unknown unit");
  balance.unit = static_cast<Unit>(record.unit);
  if (record.available_hundredths != ROOTS_AMOUNT_UNKNOWN)
    balance.available_hundredths = record.available_hundredths;
  if (record.current_hundredths != ROOTS_AMOUNT_UNKNOWN)
    balance.current_hundredths = record.current_hundredths;
  auto id = checkedText(record.balance_id, "balance_id", false);
  if (!id) return std::move(id).error();
  auto label = checkedText(record.label, "label", true);
  if (!label) return std::move(label).error();
  balance.balance_id = std::move(*id);
  balance.label = std::move(*label);
  return balance;
}

inline Result<Lock> checked(const roots_lock &record) {
  auto setting = checkedText(record.setting, "setting of a lock", false);
  if (!setting) return std::move(setting).error();
  auto reason = checkedText(record.reason, "reason of a lock", false);
  if (!reason) return std::move(reason).error();
  return Lock{std::move(*setting), std::move(*reason)};
}

// Collects the records of one call. accept() is called by foreign code and must not throw.
template <class AbiRecord, class Record, class AbiReceiver>
class Collecting {
 public:
  using Check = std::function<Result<Record>(const AbiRecord &)>;
  explicit Collecting(Check check) : check_(std::move(check)) {}

  [[nodiscard]] AbiReceiver receiver() { return AbiReceiver{this, &Collecting::accept}; }

  [[nodiscard]] Result<std::vector<Record>> finish(roots_status status, const roots_error &error) && {
    if (breach_) return *std::move(breach_);
    if (out_of_memory_)
      return Error{Status::internal, "Out of memory. Close other programs and try again.", "", 0, {}};
    if (status != ROOTS_OK) return errorFrom(status, error);
    return std::move(records_);
  }

 private:
  static roots_status ROOTS_CALL accept(void *context, const AbiRecord *record) noexcept {
    auto &self = *static_cast<Collecting *>(context);
    try {
      return self.take(record);
    } catch (...) {
      self.out_of_memory_ = true;
      return ROOTS_INTERNAL;
    }
  }

  roots_status take(const AbiRecord *record) {
    if (breach_) return ROOTS_UNEXPECTED_REPLY;
    if (record == nullptr) return refuse(breach("R1: a record that is NULL"));
    // A record shorter than in 1.0 cannot have been built against any release of the header.
    if (record->struct_size < sizeof(AbiRecord)) return refuse(breach("R8: a record without its size"));
    auto read = check_(prefixOf(record));
    if (!read) return refuse(std::move(read).error());
    records_.push_back(std::move(*read));
    return ROOTS_OK;
  }

  roots_status refuse(Error error) {
    breach_ = std::move(error);
    return ROOTS_UNEXPECTED_REPLY;
  }

  Check check_;
  std::vector<Record> records_;
  std::optional<Error> breach_;
  bool out_of_memory_ = false;
};

}  // namespace detail

// The plugin's table as this build knows it: slots beyond the plugin's are null, slots beyond ours are
// left out. Refuses a missing table, one shorter than 1.0, and an empty slot of 1.0, by name.
[[nodiscard]] inline Result<roots_provider_api> completeTable(const roots_provider_api *theirs) {
  const auto refused = [](std::string message) {
    Error error;
    error.status = Status::internal;
    error.message = std::move(message);
    return error;
  };
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
    for (const auto &[key, value] : settings) {
      records.push_back(roots_setting{detail::borrowed(key), detail::borrowed(value)});
    }
    roots_account record{};
    record.struct_size = sizeof record;
    auto error = detail::emptyError();
    const Serving serving(*this);
    CallBridge bridge(options);
    const roots_status status =
        table_.connect(provider_, records.data(), records.size(), bridge.record(), &record, &error);
    if (status != ROOTS_OK) return detail::errorFrom(status, error);
    return accountFrom(record);
  }

  [[nodiscard]] Result<std::vector<AbsenceDay>> fetchAbsences(Days days, const CallOptions &options) {
    if (auto refused = refusedRange(days)) return *std::move(refused);
    detail::Collecting<roots_absence_day, AbsenceDay, roots_absence_receiver> collecting(
        [days, seen = std::set<std::pair<std::string, Date>>()](
            const roots_absence_day &record) mutable -> Result<AbsenceDay> {
          auto day = detail::checked(record, days);
          if (day && !seen.emplace(day->absence_id, day->date).second) {
            return detail::breach("the same absence twice on one day");
          }
          return day;
        });
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
    detail::Collecting<roots_week, Week, roots_week_receiver> collecting(
        [last = std::optional<Date>()](const roots_week &record) mutable -> Result<Week> {
          auto week = detail::checked(record);
          // Date{} (unknown) sorts before every real day.
          if (week && last && !(*last < week->valid_from))
            return detail::breach("weeks not sorted by valid_from");
          if (week) last = week->valid_from;
          return week;
        });
    const auto receiver = collecting.receiver();
    auto error = detail::emptyError();
    const Serving serving(*this);
    CallBridge bridge(options);
    const roots_status status =
        table_.fetch_schedule(provider_, range(days), bridge.record(), &receiver, &error);
    return std::move(collecting).finish(status, error);
  }

  [[nodiscard]] Result<std::vector<Balance>> fetchBalances(const CallOptions &options) {
    detail::Collecting<roots_balance, Balance, roots_balance_receiver> collecting(
        [seen = std::set<std::string>()](const roots_balance &record) mutable -> Result<Balance> {
          auto balance = detail::checked(record);
          if (balance && !seen.insert(balance->balance_id).second)
            return detail::breach("the same balance_id twice");
          return balance;
        });
    const auto receiver = collecting.receiver();
    auto error = detail::emptyError();
    const Serving serving(*this);
    CallBridge bridge(options);
    const roots_status status = table_.fetch_balances(provider_, bridge.record(), &receiver, &error);
    return std::move(collecting).finish(status, error);
  }

  [[nodiscard]] Result<std::vector<Lock>> settingsLocks() {
    detail::Collecting<roots_lock, Lock, roots_lock_receiver> collecting(
        [this](const roots_lock &record) -> Result<Lock> {
          auto lock = detail::checked(record);
          for (const auto &declared : declared_locks_) {
            if (!lock || lock->setting == declared) return lock;
          }
          return detail::breach("a lock that its manifest does not declare: " + lock->setting);
        });
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

  // roots_call over CallOptions. The functions of the host may throw; that must not reach the plugin.
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
      } catch (...) {  // a line for people that cannot be shown
      }
    }

    static void ROOTS_CALL notice(void *context, roots_text message) noexcept {
      try {
        const auto text = detail::viewOf(message);
        if (!text.empty() && detail::isUtf8(text)) static_cast<CallBridge *>(context)->options_.notice(text);
      } catch (...) {  // a line for people that cannot be shown
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
    return Error{
        Status::internal, "The range of days is reversed or holds a day that does not exist.", "", 0, {}};
  }

  static Result<Account> accountFrom(const roots_account &record) {
    Account account;
    account.id = detail::textOf(record.id);
    account.display_name = detail::textOf(record.display_name);
    account.employed_from = detail::fromAbi(record.employed_from);
    account.employed_until = detail::fromAbi(record.employed_until);
    if (account.id.empty()) return detail::breach("an account without id");
    if (!detail::isUtf8(account.id) || !detail::isUtf8(account.display_name)) {
      return detail::breach("R2: an account whose texts are not UTF-8");
    }
    for (const Date &date : {account.employed_from, account.employed_until}) {
      if (date.known() && !detail::isRealDate(date))
        return detail::breach("R3: employment on a day that does not exist");
    }
    return account;
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
