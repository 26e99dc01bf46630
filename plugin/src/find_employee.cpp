#include "find_employee.h"

#include "lower_case.h"
#include "personio_api.h"
#include "personio_errors.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace roots::personio {
namespace {

constexpr std::size_t kMostEmployees = 20000;  // read only if Personio ignores the email filter

// What a list of employees says about an email. Of colleagues nothing is kept.
struct Findings {
  std::vector<Employee> exact;
  std::optional<std::string> spelled_differently;  // the same email but for upper and lower case
  bool rows_seen = false;
  bool emails_sent = false;
};

// Says whether the row fits the filter, with case or without.
bool note(Employee &row, std::string_view email, std::set<std::string> &seen, Findings &findings) {
  findings.rows_seen = true;
  findings.emails_sent = findings.emails_sent || row.email_sent;
  if (!row.email || lowerCase(*row.email) != lowerCase(email)) return false;
  if (*row.email != email) {
    findings.spelled_differently = *row.email;
  } else if (seen.insert(row.id).second) {
    findings.exact.push_back(std::move(row));
  }
  return true;
}

// Normally one page of one row. Rows that do not fit mean that the filter was ignored: then the person
// may be on any page ("offset" counts records here).
Result<Findings> search(PersonioApi &api, std::string_view filter, std::string_view email,
                        const kit::CallLimits &limits) {
  Findings findings;
  std::set<std::string> seen;
  std::size_t offset = 0;
  while (offset < kMostEmployees) {
    Result<Page<Employee>> page = api.employeesByEmail(filter, offset, limits);
    if (!page) return std::move(page).error();
    bool filter_ignored = false;
    const std::size_t rows = page->items.size();
    for (Employee &row : page->items) filter_ignored |= !note(row, email, seen, findings);
    offset += rows;
    const bool all_read =
        page->counts.total_elements
            ? offset >= static_cast<std::size_t>(std::max<std::int64_t>(*page->counts.total_elements, 0))
            : rows < PersonioApi::kEmployeesPerPage;
    if (rows == 0 || all_read || !filter_ignored || !findings.emails_sent) return findings;
  }
  return tooManyPages(kEmployees);
}

Error emailsNotReadable() { return attributeMissing("Email", "find you among the employees"); }

// Nobody was found. Whether emails can be read at all decides whose problem that is.
Error whyNobody(PersonioApi &api, const kit::CallLimits &limits) {
  const Result<Page<Employee>> any = api.anyEmployee(limits);
  if (!any) return any.error();
  const bool emails_hidden = !any->items.empty() && !any->items.front().email_sent;
  return emails_hidden ? emailsNotReadable() : employeeNotFound();
}

}  // namespace

Result<Employee> findEmployee(Requests &requests, std::string_view email, const kit::CallLimits &limits) {
  PersonioApi api(requests);
  Result<Findings> found = search(api, email, email, limits);
  if (!found) return std::move(found).error();
  const std::string lower = lowerCase(email);
  if (!found->rows_seen && lower != email) {
    found = search(api, lower, email, limits);
    if (!found) return std::move(found).error();
  }
  if (found->exact.size() == 1) return std::move(found->exact.front());
  if (found->exact.size() > 1) return severalEmployees();
  if (found->rows_seen && !found->emails_sent) return emailsNotReadable();
  if (found->spelled_differently) return employeeSpelledDifferently(*found->spelled_differently);
  if (found->rows_seen) return employeeNotFound();
  return whyNobody(api, limits);
}

}  // namespace roots::personio
