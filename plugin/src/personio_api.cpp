#include "personio_api.h"

#include "absence_standing.h"
#include "personio_errors.h"

#include <roots/kit/url.h>

#include <set>
#include <utility>

namespace roots::personio {
namespace {

constexpr int kAbsencesPerPage = 200;  // the most that is allowed
constexpr int kTypesPerPage = 200;
constexpr int kMostPages = 100;

// Data minimisation: without this list Personio sends everything that the credentials may read.
constexpr std::string_view kEmployeeAttributes[] = {"id",        "email",         "first_name",
                                                    "last_name", "work_schedule", "weekly_working_hours",
                                                    "status",    "hire_date",     "termination_date"};

// Lists of absences are numbered by page, from 1; page 0 is page 1 again. The last page says so, or is
// empty; without counts it is the one that is not full.
template <class Item>
bool isLastPage(const Page<Item> &page) {
  if (page.items.empty()) return true;
  if (page.counts.current_page && page.counts.total_pages)
    return *page.counts.current_page >= *page.counts.total_pages;
  return page.items.size() < kAbsencesPerPage;
}

}  // namespace

Result<Page<Employee>> PersonioApi::employeesByEmail(std::string_view email, std::size_t offset,
                                                     const kit::CallLimits &limits) {
  Query query{{"email", std::string(email)},
              {"limit", std::to_string(kEmployeesPerPage)},
              {"offset", std::to_string(offset)}};
  for (const std::string_view attribute : kEmployeeAttributes) query.emplace_back("attributes[]", attribute);
  auto reply = fetchReply(requests_, kEmployees, targetWith("/v1/company/employees", query), limits);
  if (!reply) return std::move(reply).error();
  return readEmployees(*std::move(reply));
}

Result<Page<Employee>> PersonioApi::anyEmployee(const kit::CallLimits &limits) {
  const Query query{{"limit", "1"}, {"offset", "0"}, {"attributes[]", "id"}, {"attributes[]", "email"}};
  auto reply = fetchReply(requests_, kEmployees, targetWith("/v1/company/employees", query), limits);
  if (!reply) return std::move(reply).error();
  return readEmployees(*std::move(reply));
}

Result<Listed<TimeOff>> PersonioApi::timeOffs(std::string_view employee_id, kit::CivilDays window,
                                              const kit::CallLimits &limits) {
  return absencesOnAllPages<TimeOff>(kTimeOffs, "/v1/company/time-offs", employee_id, window, limits,
                                     readTimeOffs);
}

Result<Listed<AbsencePeriod>> PersonioApi::absencePeriods(std::string_view employee_id, kit::CivilDays window,
                                                          const kit::CallLimits &limits) {
  return absencesOnAllPages<AbsencePeriod>(kAbsencePeriods, "/v1/company/absence-periods", employee_id,
                                           window, limits, readAbsencePeriods);
}

Result<std::vector<TimeOffType>> PersonioApi::timeOffTypes(const kit::CallLimits &limits) {
  std::vector<TimeOffType> types;
  std::set<std::string> seen;
  // Whether "offset" counts records or pages here is not documented. Records are taken for granted; a
  // page that brings nothing new ends the list, so the other reading ends it as well.
  for (int page_number = 0; page_number < kMostPages; ++page_number) {
    const Query query{{"limit", std::to_string(kTypesPerPage)},
                      {"offset", std::to_string(page_number * kTypesPerPage)}};
    auto reply =
        fetchReply(requests_, kTimeOffTypes, targetWith("/v1/company/time-off-types", query), limits);
    if (!reply) return std::move(reply).error();
    Result<Page<TimeOffType>> page = readTimeOffTypes(*std::move(reply));
    if (!page) return std::move(page).error();
    bool brought_new = false;
    const std::size_t rows = page->items.size();
    for (TimeOffType &type : page->items) {
      if (!seen.insert(type.id).second) continue;
      types.push_back(std::move(type));
      brought_new = true;
    }
    if (rows < kTypesPerPage || !brought_new) return types;
  }
  return tooManyPages(kTimeOffTypes);
}

Result<std::vector<TypeBalance>> PersonioApi::balancesOf(std::string_view employee_id,
                                                         const kit::CallLimits &limits) {
  const std::string target =
      "/v1/company/employees/" + kit::percentEncoded(employee_id) + "/absences/balance";
  auto reply = fetchReply(requests_, kBalanceOfEmployee, target, limits);
  if (!reply) return std::move(reply).error();
  Result<Page<TypeBalance>> page = readBalances(*std::move(reply));
  if (!page) return std::move(page).error();
  return std::move(page->items);
}

template <class Absence, class ReadPage>
Result<Listed<Absence>> PersonioApi::absencesOnAllPages(const Endpoint &endpoint, std::string_view path,
                                                        std::string_view employee_id, kit::CivilDays window,
                                                        const kit::CallLimits &limits, ReadPage readPage) {
  Listed<Absence> listed;
  std::set<std::string> seen;
  for (int page_number = 1; page_number <= kMostPages; ++page_number) {
    const Query query{{"start_date", kit::formatDate(window.first)},
                      {"end_date", kit::formatDate(window.last)},
                      {"employees[]", std::string(employee_id)},
                      {"limit", std::to_string(kAbsencesPerPage)},
                      {"offset", std::to_string(page_number)}};
    auto reply = fetchReply(requests_, endpoint, targetWith(path, query), limits);
    if (!reply) return std::move(reply).error();
    Result<Page<AbsenceRow<Absence>>> page = readPage(*std::move(reply), employee_id);
    if (!page) return std::move(page).error();
    const bool is_last = isLastPage(*page);
    const bool brought_new = addNewRows(std::move(page->items), seen, listed);
    if (is_last) return listed;
    if (!brought_new) return samePageTwice(endpoint);
  }
  return tooManyPages(endpoint);
}

}  // namespace roots::personio
