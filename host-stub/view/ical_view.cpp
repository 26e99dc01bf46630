// Absences for other calendars, as iCalendar (RFC 5545): all-day events, because services name no clock
// times.
#include "view/view_text.h"
#include "view/views.h"

#include <map>

namespace roots::host {
namespace {

// Days in a row that are one event.
struct Event {
  std::string id;  // without its first day
  CivilDays days;
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

Event eventOf(const Absence &absence) {
  const bool elsewhere = absence.effect == Effect::work_elsewhere;
  const std::string name = absence.label.empty() ? std::string(kindName(absence.kind)) : absence.label;
  return {
      absence.source + "-" + absence.id, {absence.date, absence.date}, name + partOf(absence), !elsewhere};
}

// For sharing: that somebody is away, and nothing of why.
std::optional<Event> plainEventOf(const DayOverview &day) {
  bool away = false;
  bool whole = false;
  for (const auto &absence : day.absences) {
    if (absence.effect == Effect::work_elsewhere) continue;
    away = true;
    whole = whole || absence.extent == Extent::whole_day;
  }
  if (!away) return std::nullopt;
  return Event{"absent", {day.date, day.date}, whole ? "Absent" : "Absent (part of the day)", true};
}

bool continues(const Event &event, const Event &next) {
  return event.id == next.id && event.summary == next.summary &&
         kit::addDays(event.days.last, 1) == next.days.first;
}

// One event for days in a row, in the order of their first days.
std::vector<Event> joined(const std::vector<Event> &single) {
  std::vector<Event> events;
  for (const auto &next : single) {
    bool taken = false;
    for (auto event = events.rbegin(); event != events.rend() && !taken; ++event) {
      taken = continues(*event, next);
      if (taken) event->days.last = next.days.last;
    }
    if (!taken) events.push_back(next);
  }
  return events;
}

std::vector<Event> eventsOf(const std::vector<DayOverview> &days, bool reduced) {
  std::vector<Event> single;
  for (const auto &day : days) {
    if (reduced) {
      if (auto event = plainEventOf(day)) single.push_back(*std::move(event));
      continue;
    }
    for (const auto &absence : day.absences) single.push_back(eventOf(absence));
  }
  return joined(single);
}

std::string escaped(const std::string &text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '\n') {
      result += "\\n";
      continue;
    }
    if (letter == '\r') continue;
    if (letter == '\\' || letter == ';' || letter == ',') result += '\\';
    result += letter;
  }
  return result;
}

// A line holds at most 75 bytes, and no character is cut.
std::string folded(const std::string &line) {
  constexpr std::size_t longest = 75;
  std::string result;
  std::size_t used = 0;
  for (std::size_t at = 0; at < line.size();) {
    std::size_t end = at + 1;
    while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0u) == 0x80u) ++end;
    if (used + (end - at) > longest) {
      result += "\r\n ";
      used = 1;
    }
    result.append(line, at, end - at);
    used += end - at;
    at = end;
  }
  return result + "\r\n";
}

std::string basicDate(CivilDate date) {
  std::string text = kit::formatDate(date);
  std::erase(text, '-');
  return text;
}

std::string basicTime(std::string utc) {
  std::erase_if(utc, [](char letter) { return letter == '-' || letter == ':'; });
  return utc;
}

}  // namespace

std::string absencesAsIcal(const std::vector<DayOverview> &days, const std::string &now, bool reduced) {
  std::string text =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//roots//absences//EN\r\nCALSCALE:GREGORIAN\r\n";
  std::map<std::string, int> seen;  // an absence can have several events that begin on one day
  for (const auto &event : eventsOf(days, reduced)) {
    std::string uid = event.id + "-" + basicDate(event.days.first);
    const int count = seen[uid]++;
    if (count > 0) uid += "-" + std::to_string(count);
    text += "BEGIN:VEVENT\r\n";
    text += folded("UID:" + escaped(uid) + "@roots");
    text += "DTSTAMP:" + basicTime(now) + "\r\n";
    text += "DTSTART;VALUE=DATE:" + basicDate(event.days.first) + "\r\n";
    text += "DTEND;VALUE=DATE:" + basicDate(kit::addDays(event.days.last, 1)) + "\r\n";
    text += folded("SUMMARY:" + escaped(event.summary));
    text += event.busy ? "TRANSP:OPAQUE\r\n" : "TRANSP:TRANSPARENT\r\n";
    text += "CLASS:PRIVATE\r\nEND:VEVENT\r\n";
  }
  return text + "END:VCALENDAR\r\n";
}

}  // namespace roots::host
