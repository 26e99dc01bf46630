#include "api/find_employee.h"

#include "api/list_progress.h"
#include "api/personio_api.h"
#include "errors/http_status.h"
#include "errors/personio_errors.h"

#include <roots/kit/ascii.h>
#include <roots/kit/trim.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace roots::personio {
namespace {

constexpr std::size_t kMaxEmployees = 20000;  // read only if Personio ignores the email filter

// Matches of an email in a list of employees. Nothing about colleagues is kept.
struct Findings {
  std::vector<Employee> exact;
  std::optional<std::string> spelled_differently;  // the same email but for upper and lower case
  bool rows_seen = false;
  bool emails_sent = false;
};

// Whether the row matches the filter, with or without case.
bool note(Employee &row, std::string_view email, std::set<std::string> &seen, Findings &findings) {
  findings.rows_seen = true;
  findings.emails_sent = findings.emails_sent || row.email_sent;
  const std::string_view written =
      kit::trimmed(row.email ? std::string_view(*row.email) : std::string_view());
  if (written.empty() || kit::lowered(written) != kit::lowered(email)) return false;
  if (written != email) {
    findings.spelled_differently = std::string(written);
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
  std::set<std::string> ids;
  ListProgress progress;
  std::size_t offset = 0;
  while (offset < kMaxEmployees) {
    Result<Page<Employee>> page = api.employeesByEmail(filter, offset, limits);
    if (!page) return std::move(page).error();
    bool filter_ignored = false;
    const std::size_t rows = page->items.size();
    const std::size_t known = ids.size();
    for (Employee &row : page->items) {
      ids.insert(row.id);
      filter_ignored |= !note(row, email, seen, findings);
    }
    offset += rows;
    if (rows > 0 && (!filter_ignored || !findings.emails_sent)) return findings;
    const ListProgress::Next next = progress.take(rows, ids.size() - known, page->counts);
    if (next == ListProgress::Next::complete) return findings;
    if (next == ListProgress::Next::incomplete) return listIncomplete(kEmployees);
    // Without counts, a service that sends the whole list again has no pages.
    const bool is_whole_again = !page->counts.total_elements && rows == known;
    if (next == ListProgress::Next::repeated && is_whole_again && rows < PersonioApi::kEmployeesPerPage)
      return findings;
    if (next == ListProgress::Next::repeated) return samePageTwice(kEmployees);
  }
  return tooManyPages(kEmployees);
}

Error emailsNotReadable() { return attributeMissing("Email", "find you among the employees"); }

// For an email without a match. The cause depends on whether emails are readable.
Error explainNotFound(PersonioApi &api, const kit::CallLimits &limits) {
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
  // The profile's email may end with a blank, which the filter may take into account.
  if (!found->rows_seen) {
    auto with_blank = search(api, std::string(email) + ' ', email, limits);
    // A service may refuse that email as malformed, which does not concern the one that was entered.
    if (!with_blank && !isRequestRejected(with_blank.error().http_status))
      return std::move(with_blank).error();
    if (with_blank) found = std::move(with_blank);
  }
  const std::string lower = kit::lowered(email);
  if (!found->rows_seen && lower != email) {
    found = search(api, lower, email, limits);
    if (!found) return std::move(found).error();
  }
  if (found->exact.size() == 1) return std::move(found->exact.front());
  if (found->exact.size() > 1) return severalEmployees();
  if (found->rows_seen && !found->emails_sent) return emailsNotReadable();
  if (found->spelled_differently) return employeeSpelledDifferently(*found->spelled_differently);
  if (found->rows_seen) return employeeNotFound();
  return explainNotFound(api, limits);
}

}  // namespace roots::personio
