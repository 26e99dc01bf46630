#include "personio_api_v2.h"

#include "absence_standing.h"
#include "personio_errors.h"
#include "personio_json.h"

#include <roots/kit/url.h>

#include <set>
#include <utility>

namespace roots::personio {
namespace {

constexpr int kMostPages = 100;
constexpr int kBreakdownsPerPage = 28;  // the most that is allowed; a longer absence takes more requests

// Reads page after page with readPage(reply) -> Result<Page<Item>>, until takeItems(items) says that it
// needs no more or the list ends. A cursor that comes again would go round for ever.
template <class ReadPage, class TakeItems>
Result<void> readAllPages(Requests &requests, const Endpoint &endpoint, std::string_view path,
                          const Query &query, const kit::CallLimits &limits, ReadPage readPage,
                          TakeItems takeItems) {
  std::set<std::string> cursors;
  Query asked = query;
  for (int page_number = 1; page_number <= kMostPages; ++page_number) {
    auto reply = fetchReply(requests, endpoint, targetWith(path, asked), limits);
    if (!reply) return std::move(reply).error();
    auto page = readPage(*std::move(reply));
    if (!page) return std::move(page).error();
    const bool more_needed = takeItems(std::move(page->items));
    if (page->next_cursor.empty() || !more_needed) return {};
    if (!cursors.insert(page->next_cursor).second) return samePageTwice(endpoint);
    asked = query;
    asked.emplace_back("cursor", page->next_cursor);
  }
  return tooManyPages(endpoint);
}

}  // namespace

Result<Listed<PeriodV2>> PersonioApiV2::periods(std::string_view person_id, kit::CivilDays window,
                                                const kit::CallLimits &limits) {
  // Without a zone: a "Z" behind these has been seen to be refused. No filter on the end: it might leave
  // out absences that have none.
  const Query query{{"limit", "100"},
                    {"person.id", std::string(person_id)},
                    {"starts_from.date_time.gte", kit::formatDate(window.first) + "T00:00:00"},
                    {"starts_from.date_time.lte", kit::formatDate(window.last) + "T23:59:59"}};
  Listed<PeriodV2> listed;
  std::set<std::string> seen;
  const auto read = readAllPages(
      requests_, kAbsencePeriodsV2, "/v2/absence-periods", query, limits,
      [&](kit::HttpReply reply) { return readPeriodsV2(std::move(reply), person_id); },
      [&](std::vector<AbsenceRow<PeriodV2>> rows) {
        addNewRows(std::move(rows), seen, listed);
        return true;
      });
  if (!read) return read.error();
  return listed;
}

Result<std::vector<BreakdownV2>> PersonioApiV2::breakdowns(std::string_view period_id, kit::CivilDate until,
                                                           const kit::CallLimits &limits) {
  const std::string path = "/v2/absence-periods/" + kit::percentEncoded(period_id) + "/breakdowns";
  const Query query{{"limit", std::to_string(kBreakdownsPerPage)}};
  std::vector<BreakdownV2> breakdowns;
  const auto read = readAllPages(requests_, kBreakdownsV2, path, query, limits, readBreakdownsV2,
                                 [&](const std::vector<BreakdownV2> &items) {
                                   breakdowns.insert(breakdowns.end(), items.begin(), items.end());
                                   return breakdowns.empty() || breakdowns.back().date <= until;
                                 });
  if (!read) return read.error();
  return breakdowns;
}

Result<std::vector<TimeOffType>> PersonioApiV2::types(const kit::CallLimits &limits) {
  std::vector<TimeOffType> types;
  const auto read = readAllPages(requests_, kAbsenceTypesV2, "/v2/absence-types", {{"limit", "100"}}, limits,
                                 readAbsenceTypesV2, [&](std::vector<TimeOffType> items) {
                                   for (TimeOffType &item : items) types.push_back(std::move(item));
                                   return true;
                                 });
  if (!read) return read.error();
  return types;
}

}  // namespace roots::personio
