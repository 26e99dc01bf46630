// Absences for other calendars, as iCalendar (RFC 5545): all-day events, because services name no clock
// times. Pure functions.
#pragma once

#include "day/day_overview.h"

#include <string>
#include <vector>

namespace roots::host {

// Days in a row of one absence that are off to the same extent.
struct CalendarEvent {
  // The same in every export, for any range and after any correction of the absence; different in another
  // home. It reveals neither the absence nor the home.
  std::string uid;
  CivilDays days;
  std::string summary;
  bool busy = true;
};

// When an event became what it is, for calendars that have an earlier one.
struct Revision {
  int sequence = 0;
  std::string changed;  // UTC, "2026-11-24T09:30:00Z"
};

struct RevisedEvent {
  CalendarEvent event;
  Revision revision;
};

// These days and all others of the absences that touch them, as far as they are known without a gap: an event
// is the whole absence, or a later export of other days would shorten what an earlier one contains.
[[nodiscard]] CivilDays withWholeAbsences(CivilDays days, const DayFacts &facts);

// Of the absences that touch the wanted days, in the order of their first days. days: those of
// withWholeAbsences(). home_id: random, of this home. reduced: "Absent" instead of kinds and labels, and no
// work elsewhere; for sharing.
[[nodiscard]] std::vector<CalendarEvent> calendarEvents(const std::vector<DayOverview> &days,
                                                        CivilDays wanted, const std::string &home_id,
                                                        bool reduced);

// A hash of what other calendars show of the event: it changes when they must take it again.
[[nodiscard]] std::string contentHash(const CalendarEvent &event);

[[nodiscard]] std::string iCalendarOf(const std::vector<RevisedEvent> &events);

}  // namespace roots::host
