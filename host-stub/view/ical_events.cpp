// Which events there are, and what identifies each.
#include "view/ical.h"
#include "view/view_text.h"

#include "day/words.h"

#include <roots/kit/hex.h>

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace roots::host {
namespace {

// A day of an event, before days in a row are joined.
struct EventDay {
  CivilDate date;
  std::string absence;  // what identifies the absence: its source and id
  std::string part;     // "" for whole days: an absence whose halves are corrected keeps its whole days
  std::string summary;
  bool busy = true;
};

std::string partOf(const Absence &absence) {
  switch (absence.extent) {
    case Extent::whole_day:
      return "";
    case Extent::first_half:
      return " (first half)";
    case Extent::second_half:
      return " (second half)";
    case Extent::half_day:
      return " (half day)";
    case Extent::minutes:
      return " (" + formatMinutes(absence.minutes) + ")";
  }
  return "";
}

std::string identityOf(const Absence &absence) { return absence.source + "\n" + absence.id; }

std::string partKeyOf(const Absence &absence) {
  return absence.extent == Extent::whole_day ? "" : std::string(wordOf(absence.extent));
}

bool isAway(const Absence &absence) { return absence.effect != Effect::work_elsewhere; }

std::vector<EventDay> fullDays(const std::vector<DayOverview> &days) {
  std::vector<EventDay> found;
  for (const auto &day : days) {
    for (const auto &absence : day.absences) {
      const std::string name = absence.label.empty() ? std::string(kindName(absence.kind)) : absence.label;
      found.push_back(
          {day.date, identityOf(absence), partKeyOf(absence), name + partOf(absence), isAway(absence)});
    }
  }
  return found;
}

// For sharing: only that somebody is absent, not why. Consecutive absences become one event, with the
// identity of the first one.
std::vector<EventDay> reducedDays(const std::vector<DayOverview> &days) {
  std::vector<EventDay> found;
  for (const auto &day : days) {
    std::set<std::string> away;
    bool whole = false;
    for (const auto &absence : day.absences) {
      if (!isAway(absence)) continue;
      away.insert(identityOf(absence));
      whole = whole || absence.extent == Extent::whole_day;
    }
    if (away.empty()) continue;
    const bool follows = !found.empty() && kit::addDays(found.back().date, 1) == day.date;
    found.push_back({day.date, follows ? found.back().absence : "absent\n" + *away.begin(),
                     whole ? "" : "part", whole ? "Absent" : "Absent (part of the day)", true});
  }
  return found;
}

// Days in a row that are one event, in the order of their first days.
struct Run {
  EventDay first;
  CivilDate last;
};

bool continues(const Run &run, const EventDay &next) {
  return run.first.absence == next.absence && run.first.summary == next.summary &&
         kit::addDays(run.last, 1) == next.date;
}

std::vector<Run> joined(const std::vector<EventDay> &single) {
  std::vector<Run> runs;
  for (const auto &next : single) {
    const auto former =
        std::find_if(runs.rbegin(), runs.rend(), [&](const Run &run) { return continues(run, next); });
    if (former == runs.rend()) {
      runs.push_back({next, next.date});
    } else {
      former->last = next.date;
    }
  }
  return runs;
}

std::string hashOf(const std::string &text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned length = 0;
  if (EVP_Digest(text.data(), text.size(), bytes.data(), &length, EVP_sha256(), nullptr) != 1) length = 0;
  constexpr unsigned enough = 16;  // 128 bits
  return kit::hexText(std::span(bytes).first(std::min(length, enough)));
}

// The known days in a row that contain the given ones.
CivilDays knownAround(CivilDays days, const DayFacts &facts) {
  if (!facts.known.absences) return kit::allDays();
  CivilDays around = days;
  for (;;) {
    const CivilDays before = around;
    const CivilDays touched{kit::addDays(around.first, -1), kit::addDays(around.last, 1)};
    for (const CivilDays &range : *facts.known.absences) {
      if (!kit::intersection(range, touched)) continue;
      around = {std::min(around.first, range.first), std::max(around.last, range.last)};
    }
    if (around == before) return around;
  }
}

using Rows = std::vector<const Absence *>;

// Beyond a gap of unknown days, a row of the same absence does not show that it lasts in between. What the
// user entered is known everywhere.
Rows connectedRows(CivilDays days, const DayFacts &facts) {
  const CivilDays known = knownAround(days, facts);
  Rows rows;
  for (const Absence &row : facts.absences)
    if (kit::contains(known, row.date)) rows.push_back(&row);
  if (!facts.manual_absences_apply) return rows;
  for (const Absence &row : facts.manual_absences) rows.push_back(&row);
  return rows;
}

using Identities = std::set<std::pair<std::string, std::string>>;

bool isOff(const Rows &rows, CivilDate date, Identities &absences) {
  bool found = false;
  for (const Absence *row : rows) {
    if (row->date != date) continue;
    found = true;
    absences.emplace(row->source, row->id);
  }
  return found;
}

}  // namespace

CivilDays withWholeAbsences(CivilDays days, const DayFacts &facts) {
  Identities touching;
  const Rows rows = connectedRows(days, facts);
  CivilDays whole = days;
  for (const Absence *row : rows)
    if (kit::contains(days, row->date)) touching.emplace(row->source, row->id);
  for (;;) {
    const CivilDays before = whole;
    for (const Absence *row : rows) {
      if (touching.contains({row->source, row->id}))
        whole = {std::min(whole.first, row->date), std::max(whole.last, row->date)};
    }
    // An absence that follows directly is part of the same time away.
    if (isOff(rows, whole.first, touching) && isOff(rows, kit::addDays(whole.first, -1), touching))
      whole.first = kit::addDays(whole.first, -1);
    if (isOff(rows, whole.last, touching) && isOff(rows, kit::addDays(whole.last, 1), touching))
      whole.last = kit::addDays(whole.last, 1);
    if (whole == before) return whole;
  }
}

std::vector<CalendarEvent> calendarEvents(const std::vector<DayOverview> &days, CivilDays wanted,
                                          const std::string &home_id, bool reduced) {
  std::vector<CalendarEvent> events;
  std::map<std::string, int> seen;  // an absence can have several events of one part
  const std::vector<Run> runs = joined(reduced ? reducedDays(days) : fullDays(days));
  std::set<std::string> has_whole_days;
  for (const Run &run : runs)
    if (run.first.part.empty()) has_whole_days.insert(run.first.absence);
  for (const Run &run : runs) {
    // Beside whole days a part of a day is an event of its own; alone it is the absence itself, so that one
    // which was corrected to a half day keeps its UID.
    const bool is_beside_whole_days = has_whole_days.contains(run.first.absence);
    const std::string part = run.first.absence + "\n" + (is_beside_whole_days ? run.first.part : "");
    const int number = seen[part]++;
    const CivilDays its_days{run.first.date, run.last};
    if (!kit::intersection(its_days, wanted)) continue;
    events.push_back({hashOf(home_id + "\n" + part + "\n" + std::to_string(number)) + "@roots", its_days,
                      run.first.summary, run.first.busy});
  }
  return events;
}

std::string contentHash(const CalendarEvent &event) {
  return hashOf(kit::formatDate(event.days.first) + "\n" + kit::formatDate(event.days.last) + "\n" +
                (event.busy ? "busy" : "free") + "\n" + event.summary);
}

}  // namespace roots::host
