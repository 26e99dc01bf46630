#include "personio_provider.h"

#include "absences/absence_days.h"
#include "absences/absence_kind.h"
#include "absences/absence_notices.h"
#include "absences/unique_absences.h"
#include "api/call_context.h"
#include "api/fetch_parallel.h"
#include "api/find_employee.h"
#include "api/personio_api.h"
#include "balances.h"
#include "connection.h"
#include "errors/personio_errors.h"
#include "model/record_date.h"
#include "personio_settings.h"
#include "replies/weekly_minutes.h"
#include "user_notices.h"

#include <roots/kit/trim.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace roots::personio {
namespace {

// fetchSchedule right after connect does not request the same profile again.
constexpr std::chrono::seconds kProfileStaysFresh{60};
constexpr const char *kLockReason = "Synced from Personio. Disconnect to edit manually.";

Error notConnected() { return makeError(Status::not_connected, "Not connected to Personio. Connect first."); }

// Where neither name is readable, the email identifies the account.
std::string displayName(const Employee &employee, const std::string &email) {
  const std::string first(kit::trimmed(employee.first_name));
  const std::string last(kit::trimmed(employee.last_name));
  if (first.empty() && last.empty()) return email;
  return first + (first.empty() || last.empty() ? "" : " ") + last;
}

Result<kit::CivilDays> rangeOf(const Days &days) {
  const auto first = kit::fromRecord(days.first);
  const auto last = kit::fromRecord(days.last);
  if (first && last && *first <= *last) return kit::CivilDays{*first, *last};
  return makeError(Status::internal, "The requested range of days is invalid. Please report this.");
}

kit::TransportOptions transportOptions(const PersonioSettings &settings) {
  kit::TransportOptions options;
  options.base_url = settings.base_url;
  options.ca_file = settings.ca_file;
  options.user_agent = "roots-personio/" ROOTS_PERSONIO_VERSION;
  return options;
}

// Each stage is reported once the previous one succeeded, so that a host can show completed stages.
Result<void> signIn(Session &session, const Call &call, const kit::CallLimits &limits) {
  call.progress(0, "Connecting to Personio");
  auto signed_in = session.ensureToken(limits);
  const bool was_reached = signed_in.ok() || signed_in.error().http_status != 0;
  if (was_reached) call.progress(300, "Signing in");
  return signed_in;
}

template <class Record>
Result<void> deliver(const std::vector<Record> &records, Receiver<Record> &receiver) {
  for (const Record &record : records)
    if (auto accepted = receiver.accept(record); !accepted) return accepted;
  return {};
}

}  // namespace

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
  Result<void> signed_in = cancelled();
  Result<Employee> employee = cancelled();
  // Absences are asked for in two requests at once. The handshake of the second connection takes as long as
  // two requests, unless it is done while waiting for the replies here.
  environment_.run_tasks(
      context.limits,
      [&](const kit::CallLimits &limits) {
        signed_in = signIn(connection->session, call, limits);
        if (!signed_in) return false;
        call.progress(600, "Looking for your profile");
        employee = findEmployee(connection->session, connection->settings.email, limits);
        return false;  // whatever the result, do not wait for the other task
      },
      [&](const kit::CallLimits &limits) {
        connection->transport->connectAhead(limits);
        return true;
      });
  if (!signed_in) return std::move(signed_in).error();
  if (auto identified = identify(*connection, employee, call); !identified)
    return std::move(identified).error();
  if (auto finished = finish(*connection, call); !finished) return std::move(finished).error();
  connection->profile = std::move(employee);
  connection->profile_read = environment_.waiter->now();
  connection_ = std::move(connection);
  return connection_->person.account;
}

Result<void> PersonioProvider::identify(Connection &connection, const Result<Employee> &employee,
                                        const Call &call) {
  const std::optional<KnownPerson> known = connection.people.load();
  if (!employee) {
    if (!known || !failsAlone(employee.error())) return employee.error();
    connection.person = *known;
    connection.person.account.display_name = connection.settings.email;
    call.notice(profileUnreadable());
    return {};
  }
  connection.person.account = {employee->id, displayName(*employee, connection.settings.email),
                               toRecord(employee->hire_date), toRecord(employee->termination_date)};
  // What was confirmed stays in force until Personio is asked again.
  connection.person.schedule_delivered =
      known && known->account.id == employee->id && known->schedule_delivered;
  connection.is_on_leave = employee->status == "leave";
  for (const std::string &notice : noticesOf(*employee)) call.notice(notice);
  return {};
}

Result<void> PersonioProvider::fetchAbsences(Days days, const Call &call, Receiver<AbsenceDay> &receiver) {
  if (!connection_) return notConnected();
  const Result<kit::CivilDays> range = rangeOf(days);
  if (!range) return range.error();
  const CallContext context(call, environment_.waiter->now(), connection_->settings.timeout);
  connection_->session.beginCall();
  auto read = connection_->absences->fetchAbsences(connection_->person.account.id, *range, context);
  if (read.ok() || read.error().status == Status::access_missing) connection_->absences_refused = !read.ok();
  if (!read) return read.error();
  const std::vector<Absence> absences = uniqueAbsences(*std::move(read));
  for (const Absence &absence : absences)
    if (auto delivered = deliver(absenceDays(absence, *range), receiver); !delivered) return delivered;
  noteUnknownTypes(absences, call);
  const kit::CivilDate today(std::chrono::floor<std::chrono::days>(environment_.clock()));
  const auto leave = connection_->is_on_leave ? leaveWithoutAbsence(absences, *range, today) : std::nullopt;
  if (leave) call.notice(*leave);
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
    connection_->person.schedule_delivered = false;
    connection_->people.save(connection_->person);
    return week.error();
  }
  if (week->is_estimate) {
    call.notice(
        "Personio reports weekly hours without hours for each weekday, so your target hours are estimates.");
  }
  // Personio knows the current week only, so the days asked for make no difference.
  if (auto delivered = receiver.accept(*week); !delivered) return delivered;
  if (call.cancelled()) return cancelled();
  connection_->person.schedule_delivered = true;
  return finish(*connection_, call);
}

Result<void> PersonioProvider::fetchBalances(const Call &call, Receiver<Balance> &receiver) {
  if (!connection_) return notConnected();
  const CallContext context(call, environment_.waiter->now(), connection_->settings.timeout);
  connection_->session.beginCall();
  call.progress(100, "Reading balances");
  const auto balances = balancesAndTypes(context);
  if (!balances) return balances.error();
  if (balances->empty()) {
    call.notice("Personio reports no balance for you.");
    return finish(*connection_, call);
  }
  const auto types = connection_->types.list(
      connection_->session, context.limits,
      [&](const TimeOffTypes::Types &known) { return areTypesListed(*balances, known); });
  if (!types) return types.error();
  const Result<QuotedBalances> quoted = quoteBalances(*balances, **types);
  if (!quoted) return quoted.error();
  for (const auto &amount : quoted->without_unit) call.notice(unitUnknown(amount));
  if (auto delivered = deliver(quoted->balances, receiver); !delivered) return delivered;
  return finish(*connection_, call);
}

Result<void> PersonioProvider::settingsLocks(Receiver<Lock> &receiver) {
  if (!connection_) return {};
  // Only settings that Personio delivers are locked.
  std::vector<Lock> locks;
  if (!connection_->absences_refused) locks.push_back({"absences", kLockReason});
  if (connection_->person.schedule_delivered) locks.push_back({"weekday_hours", kLockReason});
  return deliver(locks, receiver);
}

// The types are known after this.
Result<std::vector<TypeBalance>> PersonioProvider::balancesAndTypes(const CallContext &context) {
  Connection &connection = *connection_;
  const auto askBalances = [&](Requests &requests, const kit::CallLimits &limits) {
    return PersonioApi(requests).fetchBalances(connection.person.account.id, limits);
  };
  connection.types.beginCall();
  if (connection.types.areKnown()) return askBalances(connection.session, context.limits);
  auto both = fetchInParallel(connection.session, environment_.run_tasks, context.limits, askBalances,
                              [&](Requests &requests, const kit::CallLimits &limits) {
                                return connection.types.ask(requests, limits);
                              });
  if (!both) return std::move(both).error();
  connection.types.store(std::move(both->second));
  return std::move(both->first);
}

Result<Employee> PersonioProvider::currentEmployee(const CallContext &context) {
  const auto age = environment_.waiter->now() - connection_->profile_read;
  std::optional<Result<Employee>> profile = std::exchange(connection_->profile, std::nullopt);
  if (profile && age <= kProfileStaysFresh) return *std::move(profile);

  Result<Employee> employee = findEmployee(connection_->session, connection_->settings.email, context.limits);
  if (!employee) return employee;
  if (employee->id != connection_->person.account.id) return anotherEmployee();
  connection_->is_on_leave = employee->status == "leave";
  return employee;
}

// The name of a type may reveal health data, so the notice does not repeat it.
void PersonioProvider::noteUnknownTypes(const std::vector<Absence> &absences, const Call &call) {
  bool any_new = false;
  for (const Absence &absence : absences)
    if (!classify(absence.type).is_known) any_new |= connection_->noted_types.add(absence.type.name);
  if (!any_new) return;
  connection_->noted_types.save();
  call.notice(
      "An absence type has no known category or name, so it counts as time off. To change its effect, use "
      "the list of absence types.");
}

Result<void> PersonioProvider::finish(Connection &connection, const Call &call) {
  if (call.cancelled()) return cancelled();
  connection.session.saveToken();
  connection.people.save(connection.person);
  return {};
}

}  // namespace roots::personio
