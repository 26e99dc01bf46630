#include "personio_provider.h"

#include "absence_days.h"
#include "absence_kind.h"
#include "absence_source_auto.h"
#include "absence_source_v1.h"
#include "absence_source_v2.h"
#include "balances.h"
#include "call_context.h"
#include "fetch_together.h"
#include "find_employee.h"
#include "noted_types.h"
#include "personio_api.h"
#include "personio_errors.h"
#include "personio_settings.h"
#include "time_off_types.h"
#include "weekly_minutes.h"

#include <roots/kit/wipe.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace roots::personio {
namespace {

// fetchSchedule right after connect needs no second look at the same profile.
constexpr std::chrono::seconds kProfileStaysFresh{60};
constexpr const char *kLockReason = "Synced from Personio. Disconnect to edit manually.";

Error notConnected() {
  Error error;
  error.status = Status::not_connected;
  error.message = "Not connected to Personio. Connect first.";
  return error;
}

std::string displayName(const Employee &employee) {
  const bool both = !employee.first_name.empty() && !employee.last_name.empty();
  return employee.first_name + (both ? " " : "") + employee.last_name;
}

Date recordOf(const std::optional<kit::CivilDate> &date) { return date ? kit::toRecord(*date) : Date{}; }

Result<kit::CivilDays> rangeOf(const Days &days) {
  const auto first = kit::fromRecord(days.first);
  const auto last = kit::fromRecord(days.last);
  if (first && last && *first <= *last) return kit::CivilDays{*first, *last};
  Error error;
  error.message = "The days asked for are not a range of real days. Please report this.";
  return error;
}

kit::TransportOptions transportOptions(const PersonioSettings &settings) {
  kit::TransportOptions options;
  options.base_url = settings.base_url;
  options.ca_file = settings.ca_file;
  options.user_agent = "roots-personio/" ROOTS_PERSONIO_VERSION;
  return options;
}

// Each stage is told when the one before it went well, so that a host can tick them off.
Result<void> signIn(Session &session, const Call &call, const kit::CallLimits &limits) {
  call.progress(0, "Reaching Personio");
  auto signed_in = session.ensureToken(limits);
  const bool was_reached = signed_in.ok() || signed_in.error().http_status != 0;
  if (was_reached) call.progress(300, "Signing in");
  return signed_in;
}

Result<Employee> signInAndFind(Session &session, const std::string &email, const Call &call,
                               const kit::CallLimits &limits) {
  if (auto signed_in = signIn(session, call, limits); !signed_in) return std::move(signed_in).error();
  call.progress(600, "Looking for your profile");
  return findEmployee(session, email, limits);
}

template <class Record>
Result<void> deliver(const std::vector<Record> &records, Receiver<Record> &receiver) {
  for (const Record &record : records) {
    if (auto accepted = receiver.accept(record); !accepted) return accepted;
  }
  return {};
}

}  // namespace

// Everything that belongs to one successful sign-in, in the order in which it builds up.
struct PersonioProvider::Connection {
  Connection(PersonioSettings settings_read, std::unique_ptr<kit::HttpTransport> transport_made,
             const Environment &environment, const Host &host, RedactingLog &log)
      : settings(std::move(settings_read)),
        transport(std::move(transport_made)),
        session(settings, *transport, *environment.waiter, environment.clock, host, log),
        noted_types(host),
        absences(absenceSource(environment.run_together)) {}

  ~Connection() { kit::wipe(settings.client_secret); }
  Connection(const Connection &) = delete;
  Connection &operator=(const Connection &) = delete;

  std::unique_ptr<AbsenceSource> absenceSource(const kit::RunTogether &run_together) {
    auto v1 = std::make_unique<AbsenceSourceV1>(session, types, run_together);
    auto v2 = std::make_unique<AbsenceSourceV2>(session, run_together);
    if (settings.absence_api == AbsenceApi::v1) return v1;
    if (settings.absence_api == AbsenceApi::v2) return v2;
    return std::make_unique<AbsenceSourceAuto>(session, std::move(v1), std::move(v2));
  }

  PersonioSettings settings;
  std::unique_ptr<kit::HttpTransport> transport;
  Session session;
  NotedTypes noted_types;
  TimeOffTypes types;
  std::unique_ptr<AbsenceSource> absences;

  std::string employee_id;
  std::optional<Employee> profile;  // as connect() read it, until it is used or too old
  std::chrono::steady_clock::time_point profile_read;
  bool schedule_delivered = false;
  bool absences_refused = false;  // the right to read them is missing
};

PersonioProvider::PersonioProvider(Host host, Environment environment)
    : host_(host), environment_(std::move(environment)), log_(std::move(host)) {}

PersonioProvider::~PersonioProvider() = default;

Result<Account> PersonioProvider::connect(const Settings &settings, const Call &call) {
  connection_.reset();
  Result<PersonioSettings> read = readSettings(settings);
  if (!read) return std::move(read).error();
  auto transport = environment_.make_transport(transportOptions(*read));
  if (!transport) return std::move(transport).error();
  log_.hide(read->email);
  auto connection =
      std::make_unique<Connection>(*std::move(read), *std::move(transport), environment_, host_, log_);

  const CallContext context(call, environment_.waiter->now(), connection->settings.timeout);
  connection->session.beginCall();
  Result<Employee> employee = cancelled();
  // Absences are asked for in two requests at once. Shaking hands for the second takes as long as two
  // requests, unless it is done while waiting for the replies here.
  environment_.run_together(
      context.limits,
      [&](const kit::CallLimits &limits) {
        employee = signInAndFind(connection->session, connection->settings.email, call, limits);
        return false;  // whatever came of it, there is no waiting for the other
      },
      [&](const kit::CallLimits &limits) {
        connection->transport->connectAhead(limits);
        return true;
      });
  if (!employee) return std::move(employee).error();
  if (auto finished = finish(*connection, call); !finished) return std::move(finished).error();
  if (employee->status == "inactive") {
    call.notice("Personio lists this profile as inactive; figures may end with the employment.");
  }

  const Account account{employee->id, displayName(*employee), recordOf(employee->hire_date),
                        recordOf(employee->termination_date)};
  connection->employee_id = employee->id;
  connection->profile = *std::move(employee);
  connection->profile_read = environment_.waiter->now();
  connection_ = std::move(connection);
  return account;
}

Result<void> PersonioProvider::fetchAbsences(Days days, const Call &call, Receiver<AbsenceDay> &receiver) {
  if (!connection_) return notConnected();
  const Result<kit::CivilDays> range = rangeOf(days);
  if (!range) return range.error();
  const CallContext context(call, environment_.waiter->now(), connection_->settings.timeout);
  connection_->session.beginCall();
  const auto absences = connection_->absences->absencesOf(connection_->employee_id, *range, context);
  if (absences.ok() || absences.error().status == Status::access_missing)
    connection_->absences_refused = !absences.ok();
  if (!absences) return absences.error();
  for (const Absence &absence : *absences) {
    if (auto delivered = deliver(absenceDays(absence, *range), receiver); !delivered) return delivered;
  }
  noteUnknownTypes(*absences, call);
  return finish(*connection_, call);
}

Result<void> PersonioProvider::fetchSchedule(Days days, const Call &call, Receiver<Week> &receiver) {
  if (!connection_) return notConnected();
  if (const auto range = rangeOf(days); !range) return range.error();
  const CallContext context(call, environment_.waiter->now(), connection_->settings.timeout);
  connection_->session.beginCall();
  call.progress(100, "Reading the work schedule");
  const Result<Employee> employee = currentEmployee(context);
  if (!employee) return employee.error();
  const Result<Week> week = weekOf(*employee);
  if (!week) {
    connection_->schedule_delivered = false;
    return week.error();
  }
  if (week->is_estimate) {
    call.notice("Personio names no hours per weekday; the target is an estimate from the weekly hours.");
  }
  // Personio knows the current week only, so the days asked for make no difference.
  if (auto delivered = receiver.accept(*week); !delivered) return delivered;
  if (auto finished = finish(*connection_, call); !finished) return finished;
  connection_->schedule_delivered = true;
  return {};
}

Result<void> PersonioProvider::fetchBalances(const Call &call, Receiver<Balance> &receiver) {
  if (!connection_) return notConnected();
  const CallContext context(call, environment_.waiter->now(), connection_->settings.timeout);
  connection_->session.beginCall();
  call.progress(100, "Reading balances");
  const auto balances = balancesAndTypes(context);
  if (!balances) return balances.error();
  if (balances->empty()) {
    call.notice("Personio holds no balance for you.");
    return finish(*connection_, call);
  }
  const auto types = connection_->types.list(connection_->session, context.limits);
  if (!types) return types.error();
  const Result<QuotedBalances> quoted = quoteBalances(*balances, **types);
  if (!quoted) return quoted.error();
  if (quoted->without_unit > 0) {
    call.notice("A balance is left out, because Personio does not tell whether it counts days or hours.");
  }
  if (auto delivered = deliver(quoted->balances, receiver); !delivered) return delivered;
  return finish(*connection_, call);
}

Result<void> PersonioProvider::settingsLocks(Receiver<Lock> &receiver) {
  if (!connection_) return {};
  // Personio is the source of truth for what it tells, and for nothing else.
  std::vector<Lock> locks;
  if (!connection_->absences_refused) locks.push_back({"absences", kLockReason});
  if (connection_->schedule_delivered) locks.push_back({"weekday_hours", kLockReason});
  return deliver(locks, receiver);
}

// The types are known after this.
Result<std::vector<TypeBalance>> PersonioProvider::balancesAndTypes(const CallContext &context) {
  Connection &connection = *connection_;
  const auto askBalances = [&](Requests &requests, const kit::CallLimits &limits) {
    return PersonioApi(requests).balancesOf(connection.employee_id, limits);
  };
  if (connection.types.areKnown()) return askBalances(connection.session, context.limits);
  auto both = fetchTogether(connection.session, environment_.run_together, context.limits, askBalances,
                            [](Requests &requests, const kit::CallLimits &limits) {
                              return PersonioApi(requests).timeOffTypes(limits);
                            });
  if (!both) return std::move(both).error();
  connection.types.remember(std::move(both->second));
  return std::move(both->first);
}

Result<Employee> PersonioProvider::currentEmployee(const CallContext &context) {
  const auto age = environment_.waiter->now() - connection_->profile_read;
  std::optional<Employee> profile = std::exchange(connection_->profile, std::nullopt);
  if (profile && age <= kProfileStaysFresh) return *std::move(profile);

  Result<Employee> employee = findEmployee(connection_->session, connection_->settings.email, context.limits);
  if (employee.ok() && employee->id != connection_->employee_id) return anotherEmployee();
  return employee;
}

// The name of a type may tell about somebody's health, so the notice does not repeat it.
void PersonioProvider::noteUnknownTypes(const std::vector<Absence> &absences, const Call &call) {
  bool any_new = false;
  for (const Absence &absence : absences) {
    if (!classify(absence.type).is_known) any_new |= connection_->noted_types.add(absence.type.name);
  }
  if (!any_new) return;
  connection_->noted_types.keep();
  call.notice(
      "An absence type is of no known category or name; it counts as time off. If that is wrong, decide what "
      "it does in the list of types.");
}

Result<void> PersonioProvider::finish(Connection &connection, const Call &call) {
  if (call.cancelled()) return cancelled();
  connection.session.keepToken();
  return {};
}

}  // namespace roots::personio
