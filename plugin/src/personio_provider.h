// The Personio provider: signs in, finds the person, and hands over absence days, the weekly schedule
// and balances. One call at a time, from any thread (provider_abi.h, R6). A thread that helps with a
// call has ended when the call returns; only the calling thread uses the host. No file is written; a token
// is kept through the host.
#pragma once

#include "api/call_context.h"
#include "api/redacting_log.h"
#include "environment.h"
#include "model/personio_model.h"

#include <roots/provider.hpp>

#include <memory>
#include <vector>

namespace roots::personio {

struct Connection;

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
  // Whose connection it is: the employee that was found, or the one of an earlier connect if only the lookup
  // failed.
  [[nodiscard]] Result<void> identify(Connection &connection, const Result<Employee> &employee,
                                      const Call &call);
  [[nodiscard]] Result<std::vector<TypeBalance>> balancesAndTypes(const CallContext &context);
  [[nodiscard]] Result<Employee> currentEmployee(const CallContext &context);
  void noteUnknownTypes(const std::vector<Absence> &absences, const Call &call);
  // Ends a successful call: persists token and person, unless the user has cancelled meanwhile.
  [[nodiscard]] Result<void> finish(Connection &connection, const Call &call);

  Host host_;
  Environment environment_;
  RedactingLog log_;
  std::unique_ptr<Connection> connection_;  // none: not connected
};

}  // namespace roots::personio
