// A provider in use, in this process or isolated in a separate one. One thread at a time.
#pragma once

#include <roots/provider_client.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace roots::host {

class PluginSession {
 public:
  virtual ~PluginSession() = default;
  [[nodiscard]] virtual Result<Account> connect(const Settings &settings, const CallOptions &options) = 0;
  [[nodiscard]] virtual Result<std::vector<AbsenceDay>> fetchAbsences(Days days,
                                                                      const CallOptions &options) = 0;
  [[nodiscard]] virtual Result<std::vector<Week>> fetchSchedule(Days days, const CallOptions &options) = 0;
  [[nodiscard]] virtual Result<std::vector<Balance>> fetchBalances(const CallOptions &options) = 0;
  [[nodiscard]] virtual Result<std::vector<Lock>> settingsLocks() = 0;
};

// Creates a provider of one plugin, with the host's functions.
using OpenSession = std::function<Result<std::unique_ptr<PluginSession>>(HostServices services)>;

// In this process, through the plugin's own table.
[[nodiscard]] OpenSession sessionsInThisProcess(const roots_provider_api &table,
                                                std::vector<std::string> declared_locks);

}  // namespace roots::host
