// Everything that belongs to one successful sign-in. Owned by the provider; the thread of its calls.
#pragma once

#include "absences/absence_source.h"
#include "absences/noted_types.h"
#include "api/personio_session.h"
#include "api/redacting_log.h"
#include "api/time_off_types.h"
#include "environment.h"
#include "known_person.h"
#include "model/personio_model.h"
#include "personio_settings.h"

#include <roots/kit/http.h>
#include <roots/provider.hpp>
#include <roots/result.hpp>

#include <chrono>
#include <memory>
#include <optional>

namespace roots::personio {

// Members are in the order of their construction: later ones borrow earlier ones.
struct Connection {
  Connection(PersonioSettings settings_read, std::unique_ptr<kit::HttpTransport> transport_made,
             const Environment &environment, const Host &host, RedactingLog &log);
  ~Connection();  // wipes the secret
  Connection(const Connection &) = delete;
  Connection &operator=(const Connection &) = delete;

  PersonioSettings settings;
  std::unique_ptr<kit::HttpTransport> transport;
  Session session;
  NotedTypes noted_types;
  KnownPersonStore people;
  TimeOffTypes types;
  std::unique_ptr<AbsenceSource> absences;

  KnownPerson person;
  // The result of the lookup in connect(), until it is used or too old.
  std::optional<Result<Employee>> profile;
  std::chrono::steady_clock::time_point profile_read;
  bool is_on_leave = false;
  bool absences_refused = false;  // the right to read them is missing

 private:
  [[nodiscard]] std::unique_ptr<AbsenceSource> makeAbsenceSource(const Environment &environment,
                                                                 const Host &host);
};

}  // namespace roots::personio
