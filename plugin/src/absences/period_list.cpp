#include "absences/period_list.h"

#include "absences/absence_window.h"
#include "api/personio_api_v2.h"
#include "errors/http_status.h"
#include "model/unix_seconds.h"

#include <roots/kit/json.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace roots::personio {
namespace {

constexpr std::string_view kPeriodsKey = "v2_absences";
// The filter is documented to let all absences pass that overlap the window. If it considers the start
// only, three years cover the longest statutory leave.
constexpr int kPaddingBefore = 3 * 366;
// If a change does not update "updated_at", it is seen after this at the latest.
constexpr std::chrono::hours kFullReadIsValidFor{24};
// "updated_at" is universal time, and starts may be; what a filter without a zone means is not documented.
constexpr int kDaysOfDoubt = 1;
constexpr std::size_t kMaxSpans = 200;  // longer calendars are read as a whole each time
constexpr std::size_t kIdsPerRequest = 50;

// A refusal of the narrower queries does not concern the list, which readAll() requests. "Gone" may refer to
// one of the requested IDs.
bool isFilterRefused(const Error &error) {
  return isRequestRejected(error.http_status) || isGone(error.http_status);
}

void append(std::vector<PeriodV2> &to, std::vector<PeriodV2> more) {
  std::set<std::string, std::less<>> known;
  for (const PeriodV2 &period : to) known.insert(period.id);
  std::erase_if(more, [&](const PeriodV2 &period) { return known.contains(period.id); });
  std::move(more.begin(), more.end(), std::back_inserter(to));
}

}  // namespace

Result<std::vector<PeriodV2>> PeriodList::read(Requests &requests, std::string_view employee_id,
                                               kit::CivilDays range, const kit::CallLimits &limits) {
  load();
  if (full_read_ && !filters_refused_ && isFullReadValid(*full_read_, employee_id, range)) {
    auto periods = readChanges(requests, employee_id, range, limits);
    if (periods || !isFilterRefused(periods.error())) return periods;
    filters_refused_ = true;
  }
  return readAll(requests, employee_id, range, limits);
}

void PeriodList::save() {
  if (is_saved_ || !full_read_ || !host_.keepsSecrets()) return;
  kit::JsonWriter writer;
  writer.beginObject();
  writer.text("settings", session_.settingsMark()).text("employee", full_read_->employee_id);
  writer.text("from", kit::formatDate(full_read_->starts.first))
      .text("to", kit::formatDate(full_read_->starts.last));
  writer.integer("time", toUnixSeconds(full_read_->time))
      .text("last_change", kit::formatDate(full_read_->last_change));
  writer.name("spans").beginArray();
  for (const Span &span : full_read_->spans) {
    writer.beginObject().text("id", span.id).text("from", kit::formatDate(span.first));
    if (span.last) writer.text("to", kit::formatDate(*span.last));
    writer.endObject();
  }
  writer.endArray().endObject();
  is_saved_ =
      host_.saveSecret(kPeriodsKey, writer.finish());  // on failure the next start reads everything again
}

Result<std::vector<PeriodV2>> PeriodList::readAll(Requests &requests, std::string_view employee_id,
                                                  kit::CivilDays range, const kit::CallLimits &limits) {
  const kit::CivilDays starts = padded(range, kPaddingBefore, 0);
  PeriodFilter filter;
  filter.starts_from = starts.first;
  filter.starts_until = padded(range, 0, kDaysOfDoubt).last;
  auto listed = PersonioApiV2(requests).periods(employee_id, filter, limits);
  if (!listed) return std::move(listed).error();
  session_.log().write(LogLevel::debug, countsLine(kAbsencePeriodsV2, *listed));
  store(employee_id, starts, listed->absences);
  return std::move(listed->absences);
}

Result<std::vector<PeriodV2>> PeriodList::readChanges(Requests &requests, std::string_view employee_id,
                                                      kit::CivilDays range, const kit::CallLimits &limits) {
  PersonioApiV2 api(requests);
  PeriodFilter in_range;
  const kit::CivilDays asked = padded(range, kDaysOfDoubt, kDaysOfDoubt);
  in_range.starts_from = asked.first;
  in_range.starts_until = asked.last;
  auto listed = api.periods(employee_id, in_range, limits);
  if (!listed) return std::move(listed).error();
  session_.log().write(LogLevel::debug, countsLine(kAbsencePeriodsV2, *listed));
  std::vector<PeriodV2> periods = std::move(listed->absences);

  PeriodFilter changed;
  changed.starts_until = kit::addDays(range.first, -1);
  changed.updated_from = kit::addDays(full_read_->last_change, -kDaysOfDoubt);
  auto earlier = api.periods(employee_id, changed, limits);
  if (!earlier) return std::move(earlier).error();
  append(periods, std::move(earlier->absences));

  const std::vector<std::string> ids = idsReachingInto(range, periods);
  for (std::size_t start = 0; start < ids.size(); start += kIdsPerRequest) {
    PeriodFilter named;
    const auto first = ids.begin() + static_cast<std::ptrdiff_t>(start);
    const auto last = ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), start + kIdsPerRequest));
    named.ids.assign(first, last);
    auto still_there = api.periods(employee_id, named, limits);
    if (!still_there) return std::move(still_there).error();
    append(periods, std::move(still_there->absences));
  }
  return periods;
}

// What starts before this range was in the last full read, or has changed since.
bool PeriodList::isFullReadValid(const FullRead &full_read, std::string_view employee_id,
                                 kit::CivilDays range) const {
  const auto age = session_.wallTime() - full_read.time;
  if (full_read.employee_id != employee_id || age < age.zero() || age > kFullReadIsValidFor) return false;
  const kit::CivilDays starts = padded(range, kPaddingBefore, 0);
  return full_read.starts.first <= starts.first && full_read.starts.first < range.first &&
         kit::daysBetween(full_read.starts.last, range.first) <= 1;
}

// Absences of a single day cannot reach into another range. Without the time of their last change, rows
// provide no lower bound for the next query.
void PeriodList::store(std::string_view employee_id, kit::CivilDays starts,
                       const std::vector<PeriodV2> &periods) {
  full_read_.reset();
  std::optional<kit::CivilDate> last_change;
  std::vector<Span> spans;
  for (const PeriodV2 &period : periods) {
    const auto changed = kit::parseLeadingDate(period.updated_at);
    if (!changed) return;
    if (!last_change || *last_change < *changed) last_change = changed;
    const auto last = period.end ? std::optional(period.end->date) : std::nullopt;
    if (!last || *last > period.start.date) spans.push_back({period.id, period.start.date, last});
  }
  if (!last_change || spans.size() > kMaxSpans) return;
  full_read_ =
      FullRead{std::string(employee_id), starts, session_.wallTime(), *last_change, std::move(spans)};
  is_saved_ = false;
}

std::vector<std::string> PeriodList::idsReachingInto(kit::CivilDays range,
                                                     const std::vector<PeriodV2> &listed) const {
  std::vector<std::string> ids;
  for (const Span &span : full_read_->spans) {
    const bool reaches = span.first < range.first && touches(span.first, span.last, range);
    const bool is_listed = std::any_of(listed.begin(), listed.end(),
                                       [&](const PeriodV2 &period) { return period.id == span.id; });
    if (reaches && !is_listed) ids.push_back(span.id);
  }
  return ids;
}

// Invalid stored data means a full read.
void PeriodList::load() {
  if (was_loaded_) return;
  was_loaded_ = true;
  const std::optional<std::string> kept = host_.loadSecret(kPeriodsKey);
  if (!kept || kept->empty()) return;
  const auto document = kit::JsonDocument::parse(*kept);
  if (!document) return;
  const kit::JsonView root = document->root();
  const auto first = kit::parseDate(root["from"].textOrEmpty());
  const auto last = kit::parseDate(root["to"].textOrEmpty());
  const auto time = root["time"].asInteger();
  const auto last_change = kit::parseDate(root["last_change"].textOrEmpty());
  const bool is_ours = root["settings"].asText() == std::string_view(session_.settingsMark());
  if (!first || !last || !time || !last_change || !is_ours) return;
  FullRead full_read{
      root["employee"].textOrEmpty(), {*first, *last}, fromUnixSeconds(*time), *last_change, {}};
  const kit::JsonView spans = root["spans"];
  for (std::size_t index = 0; index < spans.size(); ++index) {
    const kit::JsonView span = spans.at(index);
    const auto span_first = kit::parseDate(span["from"].textOrEmpty());
    const auto span_last = kit::parseDate(span["to"].textOrEmpty());
    if (!span_first || span["id"].textOrEmpty().empty() || span["to"].exists() != span_last.has_value())
      return;
    full_read.spans.push_back({span["id"].textOrEmpty(), *span_first, span_last});
  }
  full_read_ = std::move(full_read);
}

}  // namespace roots::personio
