#include "connection.h"

#include "absences/absence_source_auto.h"
#include "absences/absence_source_v1.h"
#include "absences/absence_source_v2.h"
#include "api/personio_api.h"

#include <roots/kit/wipe.h>

#include <utility>

namespace roots::personio {

Connection::Connection(PersonioSettings settings_read, std::unique_ptr<kit::HttpTransport> transport_made,
                       const Environment &environment, const Host &host, RedactingLog &log)
    : settings(std::move(settings_read)),
      transport(std::move(transport_made)),
      session({settings.client_id, settings.client_secret}, settings.base_url, *transport,
              *environment.waiter, environment.clock, host, log),
      noted_types(host),
      people(settings, host),
      types(*environment.waiter,
            [](Requests &requests, const kit::CallLimits &limits) {
              return PersonioApi(requests).timeOffTypes(limits);
            }),
      absences(makeAbsenceSource(environment, host)) {}

Connection::~Connection() { kit::wipe(settings.client_secret); }

std::unique_ptr<AbsenceSource> Connection::makeAbsenceSource(const Environment &environment,
                                                             const Host &host) {
  auto v1 = std::make_unique<AbsenceSourceV1>(session, types, environment.run_tasks);
  auto v2 = std::make_unique<AbsenceSourceV2>(session, host, *environment.waiter, environment.run_tasks);
  if (settings.absence_api == AbsenceApi::v1) return v1;
  if (settings.absence_api == AbsenceApi::v2) return v2;
  return std::make_unique<AbsenceSourceAuto>(session, std::move(v1), std::move(v2));
}

}  // namespace roots::personio
