// The Personio provider: signs in, finds the person, and hands over absence days, the weekly schedule
// and balances. One call at a time, from any thread (provider_abi.h, R6). A thread that helps with a
// call has ended when the call returns; only the calling thread uses the host. No file is written; a token
// is kept through the host.
#pragma once

#include "call_context.h"
#include "personio_model.h"
#include "personio_session.h"
#include "redacting_log.h"

#include <roots/kit/http.h>
#include <roots/kit/poco_transport.h>
#include <roots/kit/retry.h>
#include <roots/kit/together.h>
#include <roots/provider.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace roots::personio {

// The world around the provider; tests bring their own.
struct Environment {
  std::function<Result<std::unique_ptr<kit::HttpTransport>>(kit::TransportOptions)> make_transport =
      kit::makeHttpTransport;
  kit::Waiter *waiter = &kit::realWaiter();
  kit::RunTogether run_together = kit::runTogether;
  WallClock clock = std::chrono::system_clock::now;
};

class PersonioProvider : public Provider {
 public:
  explicit PersonioProvider(Host host, Environment environment = {});
  ~PersonioProvider() override;

  Result<Account> connect(const Settings &settings, const Call &call) override;
  Result<void> fetchAbsences(Days days, const Call &call, Receiver<AbsenceDay> &receiver) override;
  Result<void> fetchSchedule(Days days, const Call &call, Receiver<Week> &receiver) override;
  Result<void> fetchBalances(const Call &call, Receiver<Balance> &receiver) override;
  Result<void> settingsLocks(Receiver<Lock> &receiver) override;

 private:
  struct Connection;

  [[nodiscard]] Result<std::vector<TypeBalance>> balancesAndTypes(const CallContext &context);
  [[nodiscard]] Result<Employee> currentEmployee(const CallContext &context);
  void noteUnknownTypes(const std::vector<Absence> &absences, const Call &call);
  // Ends a call that did its work: keeps the token, unless the user has cancelled meanwhile.
  [[nodiscard]] Result<void> finish(Connection &connection, const Call &call);

  Host host_;
  Environment environment_;
  RedactingLog log_;
  std::unique_ptr<Connection> connection_;  // none: not connected
};

}  // namespace roots::personio
