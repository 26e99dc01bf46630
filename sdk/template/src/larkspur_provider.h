// The provider: reads settings, sends requests, and delivers records. larkspur_replies.h interprets replies.
// One call at a time, as the interface guarantees; stores nothing on disk.
#pragma once

#include <roots/kit/http.h>
#include <roots/provider.hpp>

#include <functional>
#include <memory>
#include <string>

namespace larkspur {

// Creates the transport to the service; tests provide their own.
using MakeTransport =
    std::function<roots::Result<std::unique_ptr<roots::kit::HttpTransport>>(const std::string &base_url)>;

class LarkspurProvider final : public roots::Provider {
 public:
  explicit LarkspurProvider(roots::Host host);  // real HTTP(S)
  LarkspurProvider(roots::Host host, MakeTransport make_transport);

  [[nodiscard]] roots::Result<roots::Account> connect(const roots::Settings &settings,
                                                      const roots::Call &call) override;
  [[nodiscard]] roots::Result<void> fetchAbsences(roots::Days days, const roots::Call &call,
                                                  roots::Receiver<roots::AbsenceDay> &receiver) override;
  [[nodiscard]] roots::Result<void> fetchSchedule(roots::Days days, const roots::Call &call,
                                                  roots::Receiver<roots::Week> &receiver) override;
  [[nodiscard]] roots::Result<void> fetchBalances(const roots::Call &call,
                                                  roots::Receiver<roots::Balance> &receiver) override;
  [[nodiscard]] roots::Result<void> settingsLocks(roots::Receiver<roots::Lock> &receiver) override;

 private:
  // The body of a reply with status 200; every other result is an error that states the solution.
  [[nodiscard]] roots::Result<std::string> send(const roots::kit::HttpRequest &request,
                                                const roots::Call &call) const;
  [[nodiscard]] roots::Result<std::string> get(const std::string &target, const roots::Call &call) const;
  [[nodiscard]] roots::Result<roots::Account> signIn(const std::string &api_key, const roots::Call &call);
  [[nodiscard]] bool connected() const { return transport_ != nullptr; }
  void disconnect();

  roots::Host host_;
  MakeTransport make_transport_;
  std::unique_ptr<roots::kit::HttpTransport> transport_;  // nullptr: not connected
  std::string token_;
  bool schedule_delivered_ = false;
};

}  // namespace larkspur
