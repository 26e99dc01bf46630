#include "fuzz/targets.h"

#include "absences/absence_days.h"
#include "absences/breakdown_minutes.h"
#include "absences/day_span.h"
#include "absences/period_span.h"
#include "api/reply_decisions.h"
#include "balances.h"
#include "day/day_overview.h"
#include "fuzz/requirements.h"
#include "isolation/messages.h"
#include "moco/moco_json.h"
#include "plugins/manifest_rules.h"
#include "replies/personio_json.h"
#include "replies/weekly_minutes.h"
#include "sandbox/scenario.h"
#include "state/fetched_data.h"
#include "state/settings.h"

#include <algorithm>

namespace roots::fuzz {
namespace {

using kit::JsonDocument;
using namespace roots::personio;

const kit::CivilDays kYear{*kit::parseDate("2026-01-01"), *kit::parseDate("2026-12-31")};

// The records that a provider may deliver for the year.
void requireDeliverable(const std::vector<AbsenceDay> &days) {
  require(days.size() <= 366);
  for (const AbsenceDay &day : days) {
    const auto date = kit::fromRecord(day.date);
    require(date && kit::contains(kYear, *date));
    require(day.extent == Extent::minutes ? day.minutes >= 1 && day.minutes <= 1440 : day.minutes == 0);
    require(!day.absence_id.empty());
  }
}

template <class Reads>
void withDocument(std::string_view bytes, Reads reads) {
  const auto document = JsonDocument::parse(bytes);
  if (document) reads(*document);
}

// A value that was read can be written, and reading it gives the same value.
template <class Value, class Read>
void requireComesBack(const Value &value, std::string (*write)(const Value &), Read read) {
  const std::string written = write(value);
  const auto again = JsonDocument::parse(written);
  require(again.ok());
  const auto read_again = read(again->root());
  require(read_again.ok() && write(*read_again) == written);
}

}  // namespace

void token(std::string_view bytes) {
  for (const int status : {200, 401, 403}) {
    const kit::HttpReply reply{status, {}, std::string(bytes)};
    (void)decidesSignIn(reply);
    for (const auto &token : {readSignInReplyV2(reply), readSignInReplyV1(reply)}) {
      requireShowable(token);
      if (token) require(isUsableToken(token->text) && token->lifetime.count() > 0);
    }
  }
}

void employees(std::string_view bytes) {
  const auto page = readEmployees(std::string(bytes));
  requireShowable(page);
  if (!page) return;
  for (const auto &employee : page->items) {
    const auto week = weekOf(employee);
    requireShowable(week);
    if (week)
      require(std::all_of(week->minutes.begin(), week->minutes.end(),
                          [](int minutes) { return minutes >= 0 && minutes <= 1440; }));
  }
}

void time_offs(std::string_view bytes) {
  const auto page = readTimeOffs(std::string(bytes), "4711");
  requireShowable(page);
  if (!page) return;
  for (const auto &row : page->items) {
    if (!row.absence) continue;
    const auto span = spanOf(*row.absence);
    requireShowable(span);
    if (span) requireDeliverable(absenceDays({row.absence->id, row.absence->type, *span, 0}, kYear));
  }
}

void absence_periods(std::string_view bytes) {
  const auto page = readAbsencePeriods(std::string(bytes), "4711");
  requireShowable(page);
  if (!page) return;
  for (const auto &row : page->items)
    if (row.absence) requireDeliverable(absenceDays({row.absence->id, {}, row.absence->days, 0}, kYear));
}

void time_off_types(std::string_view bytes) { requireShowable(readTimeOffTypes(std::string(bytes))); }

void balances(std::string_view bytes) {
  const auto page = readBalances(std::string(bytes));
  requireShowable(page);
  if (page) requireShowable(quoteBalances(page->items, {}));
}

void periods_v2(std::string_view bytes) {
  const auto page = readPeriodsV2(std::string(bytes), "4711");
  requireShowable(page);
  if (!page) return;
  for (const auto &row : page->items) {
    if (!row.absence) continue;
    (void)isEndAmbiguous(*row.absence);
    for (const bool ends_on_last_day : {false, true}) {
      const auto span = spanOf(*row.absence, ends_on_last_day);
      requireShowable(span);
      if (span) requireDeliverable(absenceDays({row.absence->id, {}, *span, 0}, kYear));
    }
  }
}

void breakdowns_v2(std::string_view bytes) {
  const auto page = readBreakdownsV2(std::string(bytes));
  requireShowable(page);
  if (!page || !areHours(page->items)) return;
  const auto minutes = minutesOf(page->items);
  requireShowable(minutes);
  if (minutes) requireDeliverable(absenceDays({"1", {}, *minutes, 0}, kYear));
}

void types_v2(std::string_view bytes) { requireShowable(readAbsenceTypesV2(std::string(bytes))); }

void moco(std::string_view bytes) {
  withDocument(bytes, [](const JsonDocument &document) {
    for (std::size_t index = 0; index < document.root().size(); ++index) {
      const auto row = document.root().at(index);
      const auto entry = host::timeEntryOf(row, "70011");
      const auto holiday = host::publicHolidayOf(row, "70011");
      require(!entry.value || (entry.odd_member.empty() && entry.value->seconds >= 0));
      require(!holiday.value || holiday.odd_member.empty());
      require(host::oddRowOf(row, "time entry", entry.odd_member, {}).text.size() < 256);
    }
  });
}

void manifest(std::string_view bytes) {
  withDocument(bytes, [](const JsonDocument &document) {
    const auto manifest = host::readManifestTolerantly(document);
    for (const auto &problem : {host::interfaceVersionProblem(document), host::schemaProblem(document),
                                host::missingLibraryProblem(manifest), host::repeatedSettingProblem(manifest),
                                host::secretDefaultProblem(manifest), host::foreignAddressProblem(manifest)})
      require(problem.size() < 4096);
  });
}

void scenario(std::string_view bytes) { requireShowable(sandbox::parseScenario(bytes)); }

void settings(std::string_view bytes) {
  withDocument(bytes, [](const JsonDocument &document) {
    const auto settings = host::parseSettings(document.root());
    requireShowable(settings);
    if (settings) requireComesBack(*settings, host::settingsJson, host::parseSettings);
  });
}

void context(std::string_view bytes) {
  withDocument(bytes, [](const JsonDocument &document) {
    const auto context = host::parseFetchedData(document.root());
    requireShowable(context);
    if (!context) return;
    requireComesBack(*context, host::fetchedDataJson, host::parseFetchedData);
    host::DayFacts facts;
    for (const auto &[id, provider] : context->providers) {
      facts.schedule = provider.weeks;
      facts.absences = provider.absences.rows;
    }
    facts.holidays = context->moco.holidays.rows;
    const auto day = host::overviewOf(kYear.first, facts);
    if (day.target_minutes)
      require(*day.target_minutes >= 0 && *day.target_minutes <= *day.scheduled_minutes);
  });
}

void isolated_plugin(std::string_view bytes) {
  withDocument(bytes, [](const JsonDocument &document) {
    const kit::JsonView root = document.root();
    (void)host::readError(root);
    (void)host::readAccount(root);
    const Days days{kit::toRecord(kYear.first), kit::toRecord(kYear.last)};
    if (const auto read = host::readAbsenceDays(root, days)) requireDeliverable(*read);
    (void)host::readWeeks(root);
    (void)host::readBalances(root);
    (void)host::readLocks(root, {"absences"});
  });
}

}  // namespace roots::fuzz
