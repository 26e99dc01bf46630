// Events as iCalendar text (RFC 5545).
#include "view/ical.h"

#include "text/visible_text.h"

namespace roots::host {
namespace {

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

// A day after the last one that can be written does not exist, so an event that lasts until then has a
// length.
std::string endLine(CivilDays days) {
  if (days.last < kit::allDays().last)
    return "DTEND;VALUE=DATE:" + basicDate(kit::addDays(days.last, 1)) + "\r\n";
  return "DURATION:P" + std::to_string(kit::daysBetween(days.first, days.last) + 1) + "D\r\n";
}

// A calendar has at least one component (RFC 5545, 3.6). Without an event it is this one, which adds nothing
// to the calendar that takes it in; some refuse a file that has none.
constexpr const char *kNoEvent =
    "BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    "TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nTZNAME:UTC\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

// Every text of others goes through here.
std::string textLine(const char *name, const std::string &value) {
  return folded(std::string(name) + ":" + valueForICalendar(value));
}

}  // namespace

std::string iCalendarOf(const std::vector<RevisedEvent> &events) {
  std::string text =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//roots//absences//EN\r\nCALSCALE:GREGORIAN\r\n";
  if (events.empty()) text += kNoEvent;
  for (const auto &[event, revision] : events) {
    text += "BEGIN:VEVENT\r\n";
    text += textLine("UID", event.uid);
    // Without a METHOD, DTSTAMP is the time of the last change (RFC 5545, 3.8.7.2).
    text += textLine("DTSTAMP", basicTime(revision.changed));
    text += textLine("LAST-MODIFIED", basicTime(revision.changed));
    text += "SEQUENCE:" + std::to_string(revision.sequence) + "\r\n";
    text += "DTSTART;VALUE=DATE:" + basicDate(event.days.first) + "\r\n";
    text += endLine(event.days);
    text += textLine("SUMMARY", event.summary);
    text += event.busy ? "TRANSP:OPAQUE\r\n" : "TRANSP:TRANSPARENT\r\n";
    text += "CLASS:PRIVATE\r\nEND:VEVENT\r\n";
  }
  return text + "END:VCALENDAR\r\n";
}

}  // namespace roots::host
