// Absences for other calendars.
#include "view/ical.h"
#include "support/catch.h"
#include "support/dates.h"
#include "support/unseen_text.h"

#include <algorithm>
#include <sstream>

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

CivilDays july() { return {day("2026-07-01"), day("2026-07-31")}; }

Absence absence(const std::string &date, const std::string &label, Extent extent = Extent::whole_day,
                Effect effect = Effect::time_off) {
  return {day(date), Kind::vacation, extent,          extent == Extent::minutes ? 150 : 0, effect,
          "7",       label,          "roots.personio"};
}

std::vector<CalendarEvent> events(std::vector<Absence> absences, bool reduced = false,
                                  CivilDays wanted = july(), const std::string &home_id = "home") {
  DayFacts facts;
  facts.absences = std::move(absences);
  return calendarEvents(overviewOf(withWholeAbsences(wanted, facts), facts), wanted, home_id, reduced);
}

std::string exported(std::vector<Absence> absences, bool reduced = false) {
  std::vector<RevisedEvent> revised;
  for (auto &event : events(std::move(absences), reduced))
    revised.push_back({event, {3, "2026-11-24T09:30:00Z"}});
  return iCalendarOf(revised);
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

std::vector<Absence> vacation(const std::string &first, const std::string &last,
                              const std::string &id = "7") {
  std::vector<Absence> rows;
  for (CivilDate date = day(first); date <= day(last); date = kit::addDays(date, 1)) {
    rows.push_back(absence(kit::formatDate(date), "Urlaub"));
    rows.back().id = id;
  }
  return rows;
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
  CHECK(lines(text, "LAST-MODIFIED").front() == "LAST-MODIFIED:20261124T093000Z");
  CHECK(lines(text, "SEQUENCE") == Texts{"SEQUENCE:3", "SEQUENCE:3"});
  const auto uids = lines(text, "UID");
  REQUIRE(uids.size() == 2);
  CHECK(uids[0] != uids[1]);
}

TEST_CASE("a UID is the absence's own: whatever is exported and corrected, and another one in another home",
          "[ical]") {
  const auto whole = events(vacation("2026-06-28", "2026-07-10"));
  REQUIRE(whole.size() == 1);
  CHECK(whole[0].days == CivilDays{day("2026-06-28"), day("2026-07-10")});
  // A range that cuts it tells it whole.
  const auto cut =
      events(vacation("2026-06-28", "2026-07-10"), false, {day("2026-07-02"), day("2026-07-03")});
  REQUIRE(cut.size() == 1);
  CHECK(cut[0].uid == whole[0].uid);
  CHECK(cut[0].days == whole[0].days);
  CHECK(contentHash(cut[0]) == contentHash(whole[0]));
  // A correction of its days, and of its halves.
  const auto moved = events(vacation("2026-07-02", "2026-07-09"));
  CHECK(moved[0].uid == whole[0].uid);
  CHECK(contentHash(moved[0]) != contentHash(whole[0]));
  auto with_half = vacation("2026-07-03", "2026-07-09");
  with_half.insert(with_half.begin(), absence("2026-07-02", "Urlaub", Extent::second_half));
  const auto halved = events(with_half);
  REQUIRE(halved.size() == 2);
  CHECK(halved[1].uid == whole[0].uid);
  CHECK(halved[0].uid != whole[0].uid);
  // From a whole day to a half one, and to some hours.
  const auto one_day = events(vacation("2026-07-06", "2026-07-06"));
  CHECK(events({absence("2026-07-06", "Urlaub", Extent::first_half)})[0].uid == one_day[0].uid);
  CHECK(events({absence("2026-07-06", "Urlaub", Extent::minutes)})[0].uid == one_day[0].uid);
  // Another absence, another home, another kind of file.
  CHECK(events(vacation("2026-06-28", "2026-07-10", "8"))[0].uid != whole[0].uid);
  CHECK(events(vacation("2026-06-28", "2026-07-10"), false, july(), "other")[0].uid != whole[0].uid);
  CHECK(events(vacation("2026-06-28", "2026-07-10"), true)[0].uid != whole[0].uid);
}

TEST_CASE("reduced to absent, days in a row have no seam and one UID in every export", "[ical]") {
  auto rows = vacation("2026-06-29", "2026-07-03");
  for (auto &row : vacation("2026-07-04", "2026-08-02", "8")) rows.push_back(row);
  const auto july_alone = events(rows, true);
  const auto august = events(rows, true, {day("2026-08-01"), day("2026-08-31")});
  REQUIRE(july_alone.size() == 1);
  REQUIRE(august.size() == 1);
  CHECK(july_alone[0].days == CivilDays{day("2026-06-29"), day("2026-08-02")});
  CHECK(august[0].uid == july_alone[0].uid);
  CHECK(august[0].days == july_alone[0].days);
}

TEST_CASE("days known to be free are a calendar without events, but not without a component", "[ical]") {
  CHECK(exported({}) ==
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//roots//absences//"
        "EN\r\nCALSCALE:GREGORIAN\r\nBEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\nBEGIN:STANDARD\r\n"
        "DTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nTZNAME:UTC\r\n"
        "END:STANDARD\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n");
  CHECK(lines(exported(vacation("2026-07-06", "2026-07-06")), "BEGIN:VTIMEZONE").empty());
}

TEST_CASE("an absence until the last day that there is has a length, and no end in a year of five digits",
          "[ical]") {
  DayFacts facts;
  facts.absences = vacation("9999-12-29", "9999-12-31");
  const CivilDays december{day("9999-12-01"), day("9999-12-31")};
  const auto days = overviewOf(withWholeAbsences(december, facts), facts);
  std::vector<RevisedEvent> revised;
  for (auto &event : calendarEvents(days, december, "home", false))
    revised.push_back({event, {0, "2026-11-24T09:30:00Z"}});
  const auto text = iCalendarOf(revised);
  CHECK(lines(text, "DTSTART") == Texts{"DTSTART;VALUE=DATE:99991229"});
  CHECK(lines(text, "DURATION") == Texts{"DURATION:P3D"});
  CHECK(lines(text, "DTEND").empty());
  CHECK(text.find("10000") == std::string::npos);
}

TEST_CASE("rows beyond a gap of unknown days do not belong to an event", "[ical]") {
  DayFacts facts;
  facts.absences = vacation("2026-06-20", "2026-07-31");
  for (auto &row : vacation("2999-12-01", "2999-12-31")) facts.absences.push_back(row);
  facts.known.absences = {{day("2026-06-01"), day("2026-06-30")},
                          july(),
                          {day("2026-08-02"), day("2026-08-31")},
                          {day("2999-12-01"), day("2999-12-31")}};
  CHECK(withWholeAbsences(july(), facts) == CivilDays{day("2026-06-20"), day("2026-07-31")});
  const CivilDays far{day("2999-12-01"), day("2999-12-31")};
  CHECK(withWholeAbsences(far, facts) == far);
  // What the user entered is known everywhere.
  facts.manual_absences = vacation("2026-07-31", "2026-08-05", "manual-1");
  CHECK(withWholeAbsences(july(), facts) == CivilDays{day("2026-06-20"), day("2026-08-05")});
}

TEST_CASE("hours and work elsewhere are told, and only absence makes busy", "[ical]") {
  const auto text =
      exported({absence("2026-07-06", "", Extent::minutes),
                absence("2026-07-09", "Homeoffice", Extent::whole_day, Effect::work_elsewhere)});
  CHECK(lines(text, "SUMMARY") == Texts{"SUMMARY:Vacation (2:30)", "SUMMARY:Homeoffice"});
  CHECK(lines(text, "TRANSP") == Texts{"TRANSP:OPAQUE", "TRANSP:TRANSPARENT"});
}

TEST_CASE("a shared calendar shows only that the person is away", "[ical]") {
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
  for (std::size_t at = 0; at < text.size(); ++at)
    if (text.compare(at, 3, "\r\n ") == 0)
      at += 2;
    else
      unfolded.push_back(text[at]);
  CHECK(unfolded.find("ääää") != std::string::npos);
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    CHECK(line.size() <= 76);  // 75 and the carriage return
    CHECK((static_cast<unsigned char>(line.size() > 1 ? line[1] : 'x') & 0xC0u) != 0x80u);
  }
}

TEST_CASE("no label adds a line or anything unseen to a calendar", "[ical]") {
  const auto text = exported({absence("2026-07-06", test::kUnseen + "\r\nEND:VEVENT\r\nBEGIN:VEVENT")});
  CHECK(test::unseenIn(text).empty());
  CHECK(lines(text, "BEGIN:VEVENT").size() == 1);
}
