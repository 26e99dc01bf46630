#include "api/personio_api_v2.h"

#include "api/reply_decisions.h"
#include "errors/http_status.h"
#include "errors/personio_errors.h"
#include "replies/personio_json.h"
#include "replies/row_status.h"

#include <roots/kit/url.h>

#include <set>
#include <utility>

namespace roots::personio {
namespace {

constexpr int kBreakdownsPerPage = 28;  // the most that is allowed; a longer absence takes more requests

// Requests a following page with all filters and the cursor, so that no filter is dropped, unless the service
// refuses that: then with the cursor and the limit only.
class FollowingPages {
 public:
  FollowingPages(Requests &requests, const Endpoint &endpoint, std::string_view path, const Query &query)
      : requests_(requests), endpoint_(endpoint), path_(path), query_(query) {}

  Result<kit::HttpReply> first(const kit::CallLimits &limits) {
    return fetchReply(requests_, endpoint_, targetWith(path_, query_), limits);
  }

  Result<kit::HttpReply> at(const std::string &cursor, const kit::CallLimits &limits) {
    const bool has_filters = query_.size() > 1;
    if (has_filters && !cursor_alone_) {
      Query query = query_;
      query.emplace_back("cursor", cursor);
      auto reply = fetchReply(requests_, endpoint_, targetWith(path_, query), limits);
      const bool refused = reply.ok() && isRequestRejected(reply->status);
      if (!refused) return reply;
      cursor_alone_ = true;
    }
    const Query query{query_.front(), {"cursor", cursor}};
    return fetchReply(requests_, endpoint_, targetWith(path_, query), limits);
  }

 private:
  Requests &requests_;
  const Endpoint &endpoint_;
  std::string_view path_;
  const Query &query_;  // the limit first
  bool cursor_alone_ = false;
};

// Reads page after page with readPage(body) -> Result<Page<Item>>, until takeItems(items) says that it
// needs no more or the list ends (then the result is true). A repeated cursor would cause an endless
// loop.
template <class ReadPage, class TakeItems>
Result<bool> readAllPages(Requests &requests, const Endpoint &endpoint, std::string_view path,
                          const Query &query, const kit::CallLimits &limits, ReadPage readPage,
                          TakeItems takeItems) {
  FollowingPages pages(requests, endpoint, path, query);
  std::set<std::string> cursors;
  auto reply = pages.first(limits);
  for (int page_number = 1;; ++page_number) {
    if (!reply) return std::move(reply).error();
    auto page = readList(endpoint, *std::move(reply), readPage);
    if (!page) return std::move(page).error();
    const bool more_needed = takeItems(std::move(page->items));
    if (page->next_cursor.empty()) return true;
    if (!more_needed) return false;
    if (!cursors.insert(page->next_cursor).second) return samePageTwice(endpoint);
    if (page_number == kMaxPages) return tooManyPages(endpoint);
    reply = pages.at(page->next_cursor, limits);
  }
}

// Moments without a zone: a "Z" behind these has been seen to be refused. No filter on the end: it might
// leave out absences that have none.
Query queryFor(std::string_view person_id, const PeriodFilter &filter) {
  Query query{{"limit", "100"}, {"person.id", std::string(person_id)}};
  if (filter.starts_from)
    query.emplace_back("starts_from.date_time.gte", kit::formatDate(*filter.starts_from) + "T00:00:00");
  if (filter.starts_until)
    query.emplace_back("starts_from.date_time.lte", kit::formatDate(*filter.starts_until) + "T23:59:59");
  if (filter.updated_from)
    query.emplace_back("updated_at.gte", kit::formatDate(*filter.updated_from) + "T00:00:00");
  std::string ids;
  for (const std::string &id : filter.ids) ids += (ids.empty() ? "" : ",") + id;
  if (!ids.empty()) query.emplace_back("id", ids);
  return query;
}

}  // namespace

Result<AbsenceList<PeriodV2>> PersonioApiV2::periods(std::string_view person_id, const PeriodFilter &filter,
                                                     const kit::CallLimits &limits) {
  const Query query = queryFor(person_id, filter);
  AbsenceList<PeriodV2> listed;
  std::set<std::string> seen;
  const auto read = readAllPages(
      requests_, kAbsencePeriodsV2, "/v2/absence-periods", query, limits,
      [&](std::string body) { return readPeriodsV2(std::move(body), person_id); },
      [&](std::vector<AbsenceRow<PeriodV2>> rows) {
        addNewRows(std::move(rows), seen, listed);
        return true;
      });
  if (!read) return read.error();
  return listed;
}

Result<Breakdowns> PersonioApiV2::breakdowns(std::string_view period_id, kit::CivilDate until,
                                             const kit::CallLimits &limits) {
  const std::string path = "/v2/absence-periods/" + kit::percentEncoded(period_id) + "/breakdowns";
  const Query query{{"limit", std::to_string(kBreakdownsPerPage)}};
  Breakdowns read;
  const Result<bool> to_the_end =
      readAllPages(requests_, kBreakdownsV2, path, query, limits, readBreakdownsV2,
                   [&](const std::vector<BreakdownV2> &items) {
                     read.days.insert(read.days.end(), items.begin(), items.end());
                     return read.days.empty() || read.days.back().date <= until;
                   });
  if (!to_the_end) return to_the_end.error();
  read.are_all = *to_the_end;
  return read;
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
