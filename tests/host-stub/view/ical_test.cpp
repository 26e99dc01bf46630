// Absences for other calendars.
#include "support/catch.h"
#include "view/views.h"

#include <algorithm>
#include <sstream>

using namespace roots;
using namespace roots::host;

namespace {

CivilDate day(const std::string &text) { return *kit::parseDate(text); }

Absence absence(const std::string &date, const std::string &label, Extent extent = Extent::whole_day,
                Effect effect = Effect::time_off) {
  return {day(date), Kind::vacation, extent,          extent == Extent::minutes ? 150 : 0, effect,
          "7",       label,          "roots.personio"};
}

std::string exported(std::vector<Absence> absences, bool reduced = false) {
  DayFacts facts;
  facts.absences = std::move(absences);
  return absencesAsIcal(overviewOf({day("2026-07-01"), day("2026-07-31")}, facts), "2026-11-24T09:30:00Z",
                        reduced);
}

std::vector<std::string> lines(const std::string &text, const std::string &name) {
  std::vector<std::string> found;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    CHECK((!line.empty() && line.back() == '\r'));
    if (!line.empty()) line.pop_back();
    if (line.rfind(name, 0) == 0) found.push_back(line);
  }
  return found;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("days in a row are one event that ends on the day after", "[ical]") {
  const auto text = exported({absence("2026-07-06", "Urlaub"), absence("2026-07-07", "Urlaub"),
                              absence("2026-07-08", "Urlaub", Extent::first_half)});
  CHECK(lines(text, "DTSTART") == Texts{"DTSTART;VALUE=DATE:20260706", "DTSTART;VALUE=DATE:20260708"});
  CHECK(lines(text, "DTEND") == Texts{"DTEND;VALUE=DATE:20260708", "DTEND;VALUE=DATE:20260709"});
  CHECK(lines(text, "SUMMARY") == Texts{"SUMMARY:Urlaub", "SUMMARY:Urlaub (first half)"});
  CHECK(lines(text, "DTSTAMP").front() == "DTSTAMP:20261124T093000Z");
  CHECK(lines(text, "UID") ==
        Texts{"UID:roots.personio-7-20260706@roots", "UID:roots.personio-7-20260708@roots"});
}

TEST_CASE("an empty range is a calendar without events", "[ical]") {
  CHECK(exported({}) ==
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//roots//absences//"
        "EN\r\nCALSCALE:GREGORIAN\r\nEND:VCALENDAR\r\n");
}

TEST_CASE("hours and work elsewhere are told, and only absence makes busy", "[ical]") {
  const auto text =
      exported({absence("2026-07-06", "", Extent::minutes),
                absence("2026-07-09", "Homeoffice", Extent::whole_day, Effect::work_elsewhere)});
  CHECK(lines(text, "SUMMARY") == Texts{"SUMMARY:Vacation (2:30)", "SUMMARY:Homeoffice"});
  CHECK(lines(text, "TRANSP") == Texts{"TRANSP:OPAQUE", "TRANSP:TRANSPARENT"});
}

TEST_CASE("for sharing nothing is told but that somebody is away", "[ical]") {
  Absence sick = absence("2026-07-07", "Krank");
  sick.kind = Kind::sick;
  sick.id = std::string("8");
  const auto text = exported({absence("2026-07-06", "Urlaub"), absence("2026-07-07", "Urlaub"), sick,
                              absence("2026-07-08", "Urlaub", Extent::second_half),
                              absence("2026-07-09", "Homeoffice", Extent::whole_day, Effect::work_elsewhere)},
                             true);
  CHECK(lines(text, "SUMMARY") == Texts{"SUMMARY:Absent", "SUMMARY:Absent (part of the day)"});
  CHECK(lines(text, "DTEND") == Texts{"DTEND;VALUE=DATE:20260708", "DTEND;VALUE=DATE:20260709"});
  for (const char *word : {"Urlaub", "Krank", "Homeoffice", "personio", "sick", "-7-", "-8-"})
    CHECK(text.find(word) == std::string::npos);
}

TEST_CASE("signs with a meaning are escaped, long lines folded between characters", "[ical]") {
  std::string label = "a,b;c\\d\ne";
  for (int count = 0; count < 60; ++count) label += "ä";
  const auto text = exported({absence("2026-07-06", label)});
  CHECK(text.find("SUMMARY:a\\,b\\;c\\\\d\\ne") != std::string::npos);
  std::string unfolded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.compare(at, 3, "\r\n ") == 0)
      at += 2;
    else
      unfolded.push_back(text[at]);
  }
  CHECK(unfolded.find("ääää") != std::string::npos);
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    CHECK(line.size() <= 76);  // 75 and the carriage return
    CHECK((static_cast<unsigned char>(line.size() > 1 ? line[1] : 'x') & 0xC0u) != 0x80u);
  }
}
