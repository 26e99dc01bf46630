#include "api/personio_api.h"

#include "api/list_progress.h"
#include "api/reply_decisions.h"
#include "errors/personio_errors.h"
#include "replies/row_status.h"

#include <roots/kit/url.h>

#include <set>
#include <utility>

namespace roots::personio {
namespace {

constexpr int kAbsencesPerPage = 200;  // the most that is allowed
constexpr int kTypesPerPage = 200;

// Data minimisation: without this list Personio sends everything that the credentials may read.
constexpr std::string_view kEmployeeAttributes[] = {"id",        "email",         "first_name",
                                                    "last_name", "work_schedule", "weekly_working_hours",
                                                    "status",    "hire_date",     "termination_date"};

}  // namespace

Result<Page<Employee>> PersonioApi::employeesByEmail(std::string_view email, std::size_t offset,
                                                     const kit::CallLimits &limits) {
  Query query{{"email", std::string(email)},
              {"limit", std::to_string(kEmployeesPerPage)},
              {"offset", std::to_string(offset)}};
  for (const std::string_view attribute : kEmployeeAttributes) query.emplace_back("attributes[]", attribute);
  auto reply = fetchReply(requests_, kEmployees, targetWith("/v1/company/employees", query), limits);
  if (!reply) return std::move(reply).error();
  return readList(kEmployees, *std::move(reply), readEmployees);
}

Result<Page<Employee>> PersonioApi::anyEmployee(const kit::CallLimits &limits) {
  const Query query{{"limit", "1"}, {"offset", "0"}, {"attributes[]", "id"}, {"attributes[]", "email"}};
  auto reply = fetchReply(requests_, kEmployees, targetWith("/v1/company/employees", query), limits);
  if (!reply) return std::move(reply).error();
  return readList(kEmployees, *std::move(reply), readEmployees);
}

Result<AbsenceList<TimeOff>> PersonioApi::timeOffs(std::string_view employee_id, kit::CivilDays window,
                                                   const kit::CallLimits &limits) {
  return absencesOnAllPages<TimeOff>(kTimeOffs, "/v1/company/time-offs", employee_id, window, limits,
                                     readTimeOffs);
}

Result<AbsenceList<AbsencePeriod>> PersonioApi::absencePeriods(std::string_view employee_id,
                                                               kit::CivilDays window,
                                                               const kit::CallLimits &limits) {
  return absencesOnAllPages<AbsencePeriod>(kAbsencePeriods, "/v1/company/absence-periods", employee_id,
                                           window, limits, readAbsencePeriods);
}

Result<std::vector<TimeOffType>> PersonioApi::timeOffTypes(const kit::CallLimits &limits) {
  std::vector<TimeOffType> types;
  std::set<std::string> seen;
  ListProgress progress;
  std::size_t rows_read = 0;
  // "offset" is assumed to count records here. Whether it does, or has any effect, is not documented: a
  // page that repeats the whole of a list without counts ends it.
  for (int page_number = 0; page_number < kMaxPages; ++page_number) {
    const Query query{{"limit", std::to_string(kTypesPerPage)}, {"offset", std::to_string(rows_read)}};
    auto reply =
        fetchReply(requests_, kTimeOffTypes, targetWith("/v1/company/time-off-types", query), limits);
    if (!reply) return std::move(reply).error();
    Result<Page<TimeOffType>> page = readList(kTimeOffTypes, *std::move(reply), readTimeOffTypes);
    if (!page) return std::move(page).error();
    const std::size_t rows = page->items.size();
    const std::size_t known = types.size();
    for (TimeOffType &type : page->items)
      if (seen.insert(type.id).second) types.push_back(std::move(type));
    rows_read += rows;
    const bool is_whole_again = rows == known && !page->counts.total_elements && rows < kTypesPerPage;
    switch (progress.take(rows, types.size() - known, page->counts)) {
      case ListProgress::Next::more:
        break;
      case ListProgress::Next::complete:
        return types;
      case ListProgress::Next::incomplete:
        return listIncomplete(kTimeOffTypes);
      case ListProgress::Next::repeated:
        if (is_whole_again) return types;
        return samePageTwice(kTimeOffTypes);
    }
  }
  return tooManyPages(kTimeOffTypes);
}

Result<std::vector<TypeBalance>> PersonioApi::fetchBalances(std::string_view employee_id,
                                                            const kit::CallLimits &limits) {
  const std::string target =
      "/v1/company/employees/" + kit::percentEncoded(employee_id) + "/absences/balance";
  auto reply = fetchReply(requests_, kBalanceOfEmployee, target, limits);
  if (!reply) return std::move(reply).error();
  Result<Page<TypeBalance>> page = readList(kBalanceOfEmployee, *std::move(reply), readBalances);
  if (!page) return std::move(page).error();
  return std::move(page->items);
}

template <class Absence, class ReadPage>
Result<AbsenceList<Absence>> PersonioApi::absencesOnAllPages(const Endpoint &endpoint, std::string_view path,
                                                             std::string_view employee_id,
                                                             kit::CivilDays window,
                                                             const kit::CallLimits &limits,
                                                             ReadPage readPage) {
  AbsenceList<Absence> listed;
  std::set<std::string> seen;
  ListProgress progress;
  // "offset" is the number of a page, from 1; page 0 is page 1 again. Should a service count from 0, the
  // first page is missed, and comes last.
  bool counts_from_zero = false;
  for (int page_number = 1; page_number <= kMaxPages; ++page_number) {
    const Query query{{"start_date", kit::formatDate(window.first)},
                      {"end_date", kit::formatDate(window.last)},
                      {"employees[]", std::string(employee_id)},
                      {"limit", std::to_string(kAbsencesPerPage)},
                      {"offset", std::to_string(counts_from_zero ? 0 : page_number)}};
    auto reply = fetchReply(requests_, endpoint, targetWith(path, query), limits);
    if (!reply) return std::move(reply).error();
    Result<Page<AbsenceRow<Absence>>> page = readList(endpoint, *std::move(reply), [&](std::string body) {
      return readPage(std::move(body), employee_id);
    });
    if (!page) return std::move(page).error();
    const std::size_t rows = page->items.size();
    const std::size_t known = seen.size();
    addNewRows(std::move(page->items), seen, listed);
    const ListProgress::Next next = progress.take(rows, seen.size() - known, page->counts);
    if (next == ListProgress::Next::complete) return listed;
    if (next == ListProgress::Next::more && !counts_from_zero) continue;
    if (next == ListProgress::Next::repeated && !counts_from_zero) return samePageTwice(endpoint);
    if (counts_from_zero) return listIncomplete(endpoint);
    counts_from_zero = true;
  }
  return tooManyPages(endpoint);
}

}  // namespace roots::personio
