#include "plugins/plugin_session.h"

namespace roots::host {

namespace {

class SessionInThisProcess final : public PluginSession {
 public:
  explicit SessionInThisProcess(std::unique_ptr<ProviderClient> client) : client_(std::move(client)) {}

  Result<Account> connect(const Settings &settings, const CallOptions &options) override {
    return client_->connect(settings, options);
  }
  Result<std::vector<AbsenceDay>> fetchAbsences(Days days, const CallOptions &options) override {
    return client_->fetchAbsences(days, options);
  }
  Result<std::vector<Week>> fetchSchedule(Days days, const CallOptions &options) override {
    return client_->fetchSchedule(days, options);
  }
  Result<std::vector<Balance>> fetchBalances(const CallOptions &options) override {
    return client_->fetchBalances(options);
  }
  Result<std::vector<Lock>> settingsLocks() override { return client_->settingsLocks(); }

 private:
  std::unique_ptr<ProviderClient> client_;
};

}  // namespace

OpenSession sessionsInThisProcess(const roots_provider_api &table, std::vector<std::string> declared_locks) {
  return [table, locks = std::move(declared_locks)](
             HostServices services) -> Result<std::unique_ptr<PluginSession>> {
    auto client = ProviderClient::create(table, std::move(services), locks);
    if (!client) return std::move(client).error();
    return std::unique_ptr<PluginSession>(std::make_unique<SessionInThisProcess>(std::move(*client)));
  };
}

}  // namespace roots::host
