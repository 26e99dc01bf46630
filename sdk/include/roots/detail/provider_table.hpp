// Maps a class derived from roots::Provider to provider_abi.h: the table of functions, and the only place
// where C++ exceptions become statuses. Part of provider.hpp; do not include it directly.
#pragma once

#include <roots/provider.hpp>

namespace roots {

namespace detail {

inline roots_text borrowed(std::string_view text) { return {text.data(), text.size()}; }

inline std::string_view viewOf(roots_text text) {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size);
}

inline roots_date toAbi(const Date &date) {
  return {static_cast<std::int16_t>(date.year), static_cast<std::uint8_t>(date.month),
          static_cast<std::uint8_t>(date.day)};
}

inline Date fromAbi(roots_date date) { return Date{date.year, date.month, date.day}; }

// Whether the peer's record reaches beyond a member of ours. An older peer allocated less.
#define ROOTS_HAS_FIELD(record, type, field) \
  ((record)->struct_size >= offsetof(type, field) + sizeof(((type *)nullptr)->field))

// Copies text into a fixed array, cut at a character, ended by NUL (R2).
inline void copyText(char *into, std::size_t capacity, std::string_view text) {
  std::size_t size = text.find('\0') == std::string_view::npos ? text.size() : text.find('\0');
  if (size > capacity - 1) {
    size = capacity - 1;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0u) == 0x80u) --size;
  }
  if (size > 0) std::memcpy(into, text.data(), size);
  into[size] = '\0';
}

inline void writeError(roots_error *into, const Error &error) {
  if (into == nullptr) return;
  if (ROOTS_HAS_FIELD(into, roots_error, http_status)) into->http_status = error.http_status;
  if (ROOTS_HAS_FIELD(into, roots_error, retry_after_ms)) {
    constexpr std::chrono::milliseconds longest{INT32_MAX};
    into->retry_after_ms = -1;
    if (error.retry_after && error.retry_after->count() >= 0) {
      into->retry_after_ms =
          static_cast<std::int32_t>((*error.retry_after < longest ? *error.retry_after : longest).count());
    }
  }
  if (ROOTS_HAS_FIELD(into, roots_error, setting))
    copyText(into->setting, sizeof into->setting, error.setting);
  if (ROOTS_HAS_FIELD(into, roots_error, message))
    copyText(into->message, sizeof into->message, error.message);
}

inline roots_status report(roots_error *into, const Error &error) {
  // An Error with the status ok is a bug in the plugin; passing it on would turn a failure into a success.
  const bool slip = error.status == Status::ok;
  writeError(into, error);
  return slip ? ROOTS_INTERNAL : static_cast<roots_status>(error.status);
}

inline roots_status reportFixed(roots_error *into, const char *message) noexcept {
  if (into != nullptr && ROOTS_HAS_FIELD(into, roots_error, http_status)) into->http_status = 0;
  if (into != nullptr && ROOTS_HAS_FIELD(into, roots_error, retry_after_ms)) into->retry_after_ms = -1;
  if (into != nullptr && ROOTS_HAS_FIELD(into, roots_error, setting)) into->setting[0] = '\0';
  if (into != nullptr && ROOTS_HAS_FIELD(into, roots_error, message))
    copyText(into->message, sizeof into->message, message);
  return ROOTS_INTERNAL;
}

// Runs a body that may throw; whatever it throws becomes a status.
template <class Body>
roots_status guarded(roots_error *error, Body body) noexcept {
  try {
    return body();
  } catch (const std::bad_alloc &) {
    return reportFixed(error, "The plugin ran out of memory. Close other programs and try again.");
  } catch (...) {
    return reportFixed(error,
                       "The plugin failed unexpectedly. This is a bug in the plugin; please report it.");
  }
}

template <class T>
roots_status statusOf(const Result<T> &result, roots_error *error) {
  return result.ok() ? ROOTS_OK : report(error, result.error());
}

inline Host hostOf(const roots_host *host) {
  Host::Functions functions;
  functions.log = [host](LogLevel level, std::string_view message) {
    host->log(host->context, static_cast<std::int32_t>(level), borrowed(message));
  };
  const bool keeps = ROOTS_HAS_FIELD(host, roots_host, load_secret) && host->load_secret != nullptr &&
                     ROOTS_HAS_FIELD(host, roots_host, save_secret) && host->save_secret != nullptr;
  if (keeps) {
    functions.load_secret = [host](std::string_view key) {
      std::optional<std::string> found;
      const roots_text_receiver receiver{&found, [](void *context, roots_text text) {
                                           *static_cast<std::optional<std::string> *>(context) =
                                               std::string(viewOf(text));
                                         }};
      const roots_status status = host->load_secret(host->context, borrowed(key), &receiver);
      return status == ROOTS_OK ? found : std::nullopt;
    };
    functions.save_secret = [host](std::string_view key, std::string_view value) {
      return host->save_secret(host->context, borrowed(key), borrowed(value)) == ROOTS_OK;
    };
  }
  return Host(std::move(functions));
}

inline Call callOf(const roots_call *call) {
  Call::Functions functions;
  functions.is_cancelled = [call] { return call->is_cancelled(call->context) != 0; };
  if (ROOTS_HAS_FIELD(call, roots_call, progress) && call->progress != nullptr) {
    functions.progress = [call](int permille, std::string_view doing) {
      call->progress(call->context, permille, borrowed(doing));
    };
  }
  if (ROOTS_HAS_FIELD(call, roots_call, notice) && call->notice != nullptr)
    functions.notice = [call](std::string_view message) { call->notice(call->context, borrowed(message)); };
  const auto timeout = std::chrono::milliseconds(call->timeout_ms > 0 ? call->timeout_ms : 1);
  return Call(std::chrono::steady_clock::now() + timeout, std::move(functions));
}

inline roots_absence_day toAbi(const AbsenceDay &day) {
  return {sizeof(roots_absence_day),
          toAbi(day.date),
          static_cast<std::int32_t>(day.kind),
          static_cast<std::int32_t>(day.extent),
          day.minutes,
          static_cast<std::int32_t>(day.effect),
          borrowed(day.absence_id),
          borrowed(day.label),
          day.counted_hundredths,
          0};
}

inline roots_week toAbi(const Week &week) {
  roots_week record{sizeof(roots_week), toAbi(week.valid_from), {}, week.is_estimate ? 1 : 0};
  for (std::size_t day = 0; day < week.minutes.size(); ++day) record.minutes[day] = week.minutes[day];
  return record;
}

inline roots_balance toAbi(const Balance &balance) {
  return {sizeof(roots_balance),
          static_cast<std::int32_t>(balance.kind),
          static_cast<std::int32_t>(balance.unit),
          balance.available_hundredths.value_or(ROOTS_AMOUNT_UNKNOWN),
          balance.current_hundredths.value_or(ROOTS_AMOUNT_UNKNOWN),
          0,
          borrowed(balance.balance_id),
          borrowed(balance.label)};
}

inline roots_lock toAbi(const Lock &lock) {
  return {sizeof(roots_lock), 0, borrowed(lock.setting), borrowed(lock.reason)};
}

// The host's receiver as a Receiver. Remembers the status that ended the call, because an Error cannot
// carry a status that this header does not know.
template <class Record, class AbiReceiver>
class Forwarding final : public Receiver<Record> {
 public:
  explicit Forwarding(const AbiReceiver *receiver) : receiver_(receiver) {}

  [[nodiscard]] Result<void> accept(const Record &record) override {
    if (stopped_ == ROOTS_OK) {
      const auto abi_record = toAbi(record);
      stopped_ = receiver_->accept(receiver_->context, &abi_record);
    }
    if (stopped_ == ROOTS_OK) return {};
    return makeError(static_cast<Status>(stopped_), "The host ended the call.");
  }

  // What the call returns: the status that ended it is returned unchanged, regardless of the plugin's result.
  roots_status finish(const Result<void> &result, roots_error *error) const {
    const roots_status status = statusOf(result, error);
    return stopped_ == ROOTS_OK ? status : stopped_;
  }

 private:
  const AbiReceiver *receiver_;
  roots_status stopped_ = ROOTS_OK;
};

struct ProviderHandle {
  std::unique_ptr<Provider> provider;
};

inline Provider &providerOf(roots_provider *handle) {
  return *reinterpret_cast<ProviderHandle *>(handle)->provider;
}

template <class ProviderClass>
roots_status create(const roots_host *host, roots_provider **out, roots_error *error) noexcept {
  return guarded(error, [&]() -> roots_status {
    auto handle = std::make_unique<ProviderHandle>();
    handle->provider = std::make_unique<ProviderClass>(hostOf(host));
    *out = reinterpret_cast<roots_provider *>(handle.release());
    return ROOTS_OK;
  });
}

inline void destroy(roots_provider *handle) noexcept {
  guarded(nullptr, [&]() -> roots_status {
    delete reinterpret_cast<ProviderHandle *>(handle);
    return ROOTS_OK;
  });
}

inline void writeAccount(roots_account *into, const Account &account) {
  if (ROOTS_HAS_FIELD(into, roots_account, employed_from)) into->employed_from = toAbi(account.employed_from);
  if (ROOTS_HAS_FIELD(into, roots_account, employed_until))
    into->employed_until = toAbi(account.employed_until);
  if (ROOTS_HAS_FIELD(into, roots_account, id)) copyText(into->id, sizeof into->id, account.id);
  if (ROOTS_HAS_FIELD(into, roots_account, display_name))
    copyText(into->display_name, sizeof into->display_name, account.display_name);
}

inline roots_status connect(roots_provider *handle, const roots_setting *settings, std::size_t count,
                            const roots_call *call, roots_account *out, roots_error *error) noexcept {
  return guarded(error, [&]() -> roots_status {
    Settings read;
    for (std::size_t index = 0; index < count; ++index)
      read[std::string(viewOf(settings[index].key))] = std::string(viewOf(settings[index].value));
    const auto account = providerOf(handle).connect(read, callOf(call));
    if (account.ok() && out != nullptr) writeAccount(out, *account);
    return statusOf(account, error);
  });
}

inline roots_status fetchAbsences(roots_provider *handle, roots_days days, const roots_call *call,
                                  const roots_absence_receiver *receiver, roots_error *error) noexcept {
  return guarded(error, [&]() -> roots_status {
    Forwarding<AbsenceDay, roots_absence_receiver> forwarding(receiver);
    const Days range{fromAbi(days.first), fromAbi(days.last)};
    return forwarding.finish(providerOf(handle).fetchAbsences(range, callOf(call), forwarding), error);
  });
}

inline roots_status fetchSchedule(roots_provider *handle, roots_days days, const roots_call *call,
                                  const roots_week_receiver *receiver, roots_error *error) noexcept {
  return guarded(error, [&]() -> roots_status {
    Forwarding<Week, roots_week_receiver> forwarding(receiver);
    const Days range{fromAbi(days.first), fromAbi(days.last)};
    return forwarding.finish(providerOf(handle).fetchSchedule(range, callOf(call), forwarding), error);
  });
}

inline roots_status fetchBalances(roots_provider *handle, const roots_call *call,
                                  const roots_balance_receiver *receiver, roots_error *error) noexcept {
  return guarded(error, [&]() -> roots_status {
    Forwarding<Balance, roots_balance_receiver> forwarding(receiver);
    return forwarding.finish(providerOf(handle).fetchBalances(callOf(call), forwarding), error);
  });
}

inline roots_status settingsLocks(roots_provider *handle, const roots_lock_receiver *receiver,
                                  roots_error *error) noexcept {
  return guarded(error, [&]() -> roots_status {
    Forwarding<Lock, roots_lock_receiver> forwarding(receiver);
    return forwarding.finish(providerOf(handle).settingsLocks(forwarding), error);
  });
}

}  // namespace detail

// The table of a provider class; ROOTS_PROVIDER_PLUGIN exports one, tests may use it directly.
// Identity: a type with static constexpr char id[] and version[].
template <class ProviderClass, class Identity>
inline constexpr roots_provider_api provider_table{
    sizeof(roots_provider_api),
    ROOTS_PROVIDER_ABI_MINOR,
    [] { return roots_text{Identity::id, sizeof(Identity::id) - 1}; },
    [] { return roots_text{Identity::version, sizeof(Identity::version) - 1}; },
    detail::create<ProviderClass>,
    detail::destroy,
    detail::connect,
    detail::fetchAbsences,
    detail::fetchSchedule,
    detail::fetchBalances,
    detail::settingsLocks,
};

}  // namespace roots
