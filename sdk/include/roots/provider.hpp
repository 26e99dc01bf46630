// For authors of plugins: implement Provider, and name it in ROOTS_PROVIDER_PLUGIN.
//
//   class Sample final : public roots::Provider { public: explicit Sample(roots::Host host); ... };
//   ROOTS_PROVIDER_PLUGIN(Sample, "example.sample", "1.0.0");
//
// This header maps C++ to the interface of provider_abi.h. It is the only place where C++ exceptions
// become statuses: no exception leaves it, and the text of an exception is never shown, because it can
// contain a URL with a token. The host makes one call at a time on one provider (R6). The objects below
// are views of what the host passed. They must not be kept longer than documented.
#pragma once

#include <roots/provider_abi.h>
#include <roots/records.hpp>
#include <roots/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstring>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roots {

// What the host offers during the whole lifetime of a provider. Copyable; valid until the provider is
// destroyed; must be used only during a call.
class Host {
 public:
  struct Functions {  // for tests: an empty function is not offered
    std::function<void(LogLevel, std::string_view)> log;
    std::function<std::optional<std::string>(std::string_view)> load_secret;
    std::function<bool(std::string_view, std::string_view)> save_secret;
  };

  explicit Host(Functions functions) : functions_(std::move(functions)) {}

  // No secret, no health data.
  void log(LogLevel level, std::string_view message) const {
    if (functions_.log) functions_.log(level, message);
  }

  [[nodiscard]] bool keepsSecrets() const { return functions_.load_secret && functions_.save_secret; }

  // nullopt: never saved, or unavailable.
  [[nodiscard]] std::optional<std::string> loadSecret(std::string_view key) const {
    return keepsSecrets() ? functions_.load_secret(key) : std::nullopt;
  }

  // An empty value deletes the key. False: not stored; continue without it.
  bool saveSecret(std::string_view key, std::string_view value) const {
    return keepsSecrets() && functions_.save_secret(key, value);
  }

 private:
  Functions functions_;
};

// One call: its deadline, its cancellation, and its reports. Valid during the call only. One thread at a
// time may call its functions.
class Call {
 public:
  struct Functions {  // for tests: an empty function is not offered
    std::function<bool()> is_cancelled;
    std::function<void(int, std::string_view)> progress;
    std::function<void(std::string_view)> notice;
  };

  Call(std::chrono::steady_clock::time_point deadline, Functions functions)
      : deadline_(deadline), functions_(std::move(functions)) {}

  [[nodiscard]] std::chrono::steady_clock::time_point deadline() const { return deadline_; }

  // Check at least every 250 ms; then return Status::cancelled within 500 ms.
  [[nodiscard]] bool cancelled() const { return functions_.is_cancelled && functions_.is_cancelled(); }

  void progress(int permille, std::string_view doing) const {
    if (functions_.progress) functions_.progress(permille, doing);
  }

  // One English sentence that the user should know although the call succeeds.
  void notice(std::string_view message) const {
    if (functions_.notice) functions_.notice(message);
  }

 private:
  std::chrono::steady_clock::time_point deadline_;
  Functions functions_;
};

// Receives records one by one. An error from accept() ends the call: return it unchanged.
template <class Record>
class Receiver {
 public:
  virtual ~Receiver() = default;
  [[nodiscard]] virtual Result<void> accept(const Record &record) = 0;
};

// A receiver that stores its records, for tests.
template <class Record>
class Collected final : public Receiver<Record> {
 public:
  [[nodiscard]] Result<void> accept(const Record &record) override {
    records.push_back(record);
    return {};
  }
  std::vector<Record> records;
};

// The class that a plugin implements; provider_abi.h documents each call. Constructed with a Host; the
// constructor and the destructor do no I/O.
class Provider {
 public:
  virtual ~Provider() = default;
  [[nodiscard]] virtual Result<Account> connect(const Settings &settings, const Call &call) = 0;
  [[nodiscard]] virtual Result<void> fetchAbsences(Days days, const Call &call,
                                                   Receiver<AbsenceDay> &receiver) = 0;
  [[nodiscard]] virtual Result<void> fetchSchedule(Days days, const Call &call, Receiver<Week> &receiver) = 0;
  [[nodiscard]] virtual Result<void> fetchBalances(const Call &call, Receiver<Balance> &receiver) = 0;
  [[nodiscard]] virtual Result<void> settingsLocks(Receiver<Lock> &receiver) = 0;
};

}  // namespace roots

#include <roots/detail/provider_table.hpp>  // maps the above to provider_abi.h

// Once per library, at namespace scope. Id and version must equal those in manifest.json.
#define ROOTS_PROVIDER_PLUGIN(ProviderClass, plugin_id_text, plugin_version_text) \
  namespace {                                                                     \
  struct RootsPluginIdentity {                                                    \
    static constexpr char id[] = plugin_id_text;                                  \
    static constexpr char version[] = plugin_version_text;                        \
  };                                                                              \
  }                                                                               \
  extern "C" ROOTS_EXPORT const roots_provider_api *roots_provider_entry_v1() {   \
    return &::roots::provider_table<ProviderClass, RootsPluginIdentity>;          \
  }                                                                               \
  static_assert(true, "a semicolon follows the macro")
