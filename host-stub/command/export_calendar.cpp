#include "command/export_calendar.h"

#include "state/calendar_record.h"
#include "sync/sync.h"
#include "view/ical.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

namespace roots::host {
namespace {

// How many further months each attempt searches for the end of an absence. An absence may have no end.
constexpr std::array kMonthsMore{1, 3, 12};

CivilDate monthsLater(CivilDate day, int months) {
  const std::chrono::year_month month = day.year() / day.month() + std::chrono::months(months);
  return CivilDate{month / std::chrono::day(1)};
}

bool isKnown(const DayFacts &facts, CivilDate date) {
  const auto &known = facts.known.absences;
  return !known || std::any_of(known->begin(), known->end(),
                               [&](const CivilDays &range) { return kit::contains(range, date); });
}

bool isOff(const DayFacts &facts, CivilDate date) {
  return std::any_of(facts.absences.begin(), facts.absences.end(),
                     [&](const Absence &absence) { return absence.date == date; });
}

// Where the search ends, counted from the exported days: what was fetched before does not extend it.
CivilDays searchLimit(CivilDays days) {
  const int months = std::accumulate(kMonthsMore.begin(), kMonthsMore.end(), 0);
  const CivilDays limit{monthsLater(days.first, -months), kit::lastOfMonth(monthsLater(days.last, months))};
  return kit::intersection(limit, kit::allDays()).value_or(days);
}

bool hasUnknownBegin(CivilDays whole, const DayFacts &facts) {
  return isOff(facts, whole.first) && !isKnown(facts, kit::addDays(whole.first, -1));
}

bool hasUnknownEnd(CivilDays whole, const DayFacts &facts) {
  return isOff(facts, whole.last) && !isKnown(facts, kit::addDays(whole.last, 1));
}

// The further months that may contain the rest of an absence at either end of the known days.
std::vector<CivilDays> unknownRests(CivilDays whole, const DayFacts &facts, CivilDays limit, int months) {
  std::vector<CivilDays> rests;
  const CivilDate before = kit::addDays(whole.first, -1);
  const CivilDate after = kit::addDays(whole.last, 1);
  if (hasUnknownBegin(whole, facts)) rests.push_back({monthsLater(before, 1 - months), before});
  if (hasUnknownEnd(whole, facts)) rests.push_back({after, kit::lastOfMonth(monthsLater(after, months - 1))});
  std::vector<CivilDays> within;
  for (const CivilDays &rest : rests)
    if (const auto part = kit::intersection(rest, limit)) within.push_back(*part);
  return within;
}

// An absence whose end was not found is shown up to the limit, whatever else is known of it: otherwise, each
// export would show another end.
CivilDays limited(CivilDays whole, const DayFacts &facts, CivilDays limit) {
  if (hasUnknownBegin(whole, facts)) whole.first = std::max(whole.first, limit.first);
  if (hasUnknownEnd(whole, facts)) whole.last = std::min(whole.last, limit.last);
  return whole;
}

// Why absences of some days are unknown. unfetched: why they could not be fetched.
Failure unknownDays(const Stores &stores, CivilDays missing, const std::optional<Failure> &unfetched) {
  std::string message = "Absences are not known from " + kit::formatDate(missing.first) + " to " +
                        kit::formatDate(missing.last) + ", so nothing was exported.";
  if (unfetched) {
    Failure failure = *unfetched;
    failure.message = message + " " + failure.message;
    return failure;
  }
  for (const auto &connection : stores.settings.get().connections) {
    const auto provider = stores.fetched.get().providers.find(connection.plugin_id);
    Freshness freshness;
    if (provider != stores.fetched.get().providers.end())
      freshness = provider->second.absences.fetches.summary(missing);
    const std::string &problem = freshness.last_failed ? freshness.problem : connection.problem;
    if (!problem.empty()) message += " " + connection.plugin_name + ": " + problem;
  }
  return {HostStatus::not_known, std::move(message)};
}

std::vector<RevisedEvent> revised(const std::vector<CalendarEvent> &events, CalendarRecord &record,
                                  const std::string &now) {
  std::vector<RevisedEvent> result;
  for (const auto &event : events) {
    const auto &revision = record.update(event.uid, contentHash(event), now);
    result.push_back({event, {revision.sequence, revision.changed}});
  }
  return result;
}

using Events = std::vector<RevisedEvent>;

// Writes the events again with the home locked, because another host may have exported in the meantime, and
// stores the record.
Result<Events> writeAndRecord(const Home &home, const std::function<Events(CalendarRecord &)> &write) {
  const auto lock = HomeLock::acquire(home);
  if (!lock) return lock.error();
  auto record = CalendarRecord::open(home);
  if (!record) return std::move(record).error();
  Events events = write(*record);
  if (auto kept = record->keep(); !kept) return std::move(kept).error();
  return events;
}

// The events with their changes since the last export; stores the record of exports.
Result<Events, Failure> writeEvents(CommandContext &context, const DayFacts &facts, CivilDays whole,
                                    CivilDays days, bool reduced) {
  const auto home = context.home();
  if (!home) return home.error();
  const auto overviews = overviewOf(whole, facts);
  const std::string now = utcNow();
  const auto write = [&](CalendarRecord &record) {
    return revised(calendarEvents(overviews, days, record.homeId(), reduced), record, now);
  };
  auto record = CalendarRecord::open(*home);
  if (!record) return storageFailed(std::move(record).error());
  Events events = write(*record);
  if (record->isKept()) return events;
  auto kept = writeAndRecord(*home, write);
  if (kept) return std::move(*kept);
  // Without the id of this home, the next file would contain an absence as a new one.
  if (record->isNew()) return storageFailed(std::move(kept).error());
  context.console().err.line("The changes cannot be recorded as exported: " + kept.error().message);
  return events;
}

}  // namespace

CommandResult exportCalendar(CommandContext &context, CivilDays days, bool reduced, const FetchDays &fetch) {
  auto stores = fetch(days);
  if (!stores) return std::move(stores).error();
  // An absence entered by hand can start and end this long before and after the days.
  const auto factsOf = [&](const Stores &all) {
    const CivilDays wide{kit::addDays(days.first, -ManualAbsence::kMaxDays),
                         kit::addDays(days.last, ManualAbsence::kMaxDays)};
    return factsFrom(all.settings.get(), all.fetched.get(),
                     kit::intersection(wide, kit::allDays()).value_or(days));
  };
  DayFacts facts = factsOf(*stores);
  if (facts.known.absences) {
    const auto missing = missingDays(*facts.known.absences, days);
    if (!missing.empty()) {
      const CivilDays hull{missing.front().first, missing.back().last};
      return unknownDays(*stores, hull, context.fetchProblem());
    }
  }
  CivilDays whole = withWholeAbsences(days, facts);
  const CivilDays limit = searchLimit(days);
  for (const int months : kMonthsMore) {
    const auto rests = unknownRests(whole, facts, limit, months);
    if (rests.empty()) break;
    for (const CivilDays &rest : rests) {
      stores = fetch(rest);
      if (!stores) return std::move(stores).error();
    }
    facts = factsOf(*stores);
    whole = withWholeAbsences(days, facts);
  }
  whole = limited(whole, facts, limit);
  const auto events = writeEvents(context, facts, whole, days, reduced);
  if (!events) return events.error();
  context.console().out.iCalendar(iCalendarOf(*events));
  return {};
}

}  // namespace roots::host
