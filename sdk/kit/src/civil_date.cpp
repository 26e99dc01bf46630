#include <roots/kit/civil_date.h>
#include <roots/record_limits.hpp>

#include <algorithm>

namespace roots::kit {
namespace {

using namespace std::chrono;

std::optional<int> digits(std::string_view text) {
  int number = 0;
  for (const char character : text) {
    if (character < '0' || character > '9') return std::nullopt;
    number = number * 10 + (character - '0');
  }
  return number;
}

std::optional<CivilDate> realDay(int year_number, int month_number, int day_number) {
  if (!limits::year.allow(year_number) || month_number < 1 || day_number < 1) return std::nullopt;
  const CivilDate date{year(year_number), month(static_cast<unsigned>(month_number)),
                       day(static_cast<unsigned>(day_number))};
  if (!date.ok()) return std::nullopt;
  return date;
}

void appendPadded(std::string &text, int number, std::size_t width) {
  const std::string plain = std::to_string(number);
  text.append(width > plain.size() ? width - plain.size() : 0, '0').append(plain);
}

}  // namespace

std::optional<CivilDate> parseDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year_number = digits(text.substr(0, 4));
  const auto month_number = digits(text.substr(5, 2));
  const auto day_number = digits(text.substr(8, 2));
  if (!year_number || !month_number || !day_number) return std::nullopt;
  return realDay(*year_number, *month_number, *day_number);
}

std::optional<CivilDate> parseLeadingDate(std::string_view text) {
  if (text.size() > 10 && text[10] != 'T' && text[10] != ' ') return std::nullopt;
  return parseDate(text.substr(0, 10));
}

std::string formatDate(CivilDate date) {
  std::string text;
  appendPadded(text, int(date.year()), 4);
  text += '-';
  appendPadded(text, static_cast<int>(unsigned(date.month())), 2);
  text += '-';
  appendPadded(text, static_cast<int>(unsigned(date.day())), 2);
  return text;
}

CivilDate addDays(CivilDate date, int count) { return CivilDate(sys_days(date) + days(count)); }

int weekdayIndex(CivilDate date) { return static_cast<int>(weekday(sys_days(date)).iso_encoding()) - 1; }

CivilDate firstOfMonth(CivilDate date) { return date.year() / date.month() / day(1); }

CivilDate lastOfMonth(CivilDate date) { return CivilDate(date.year() / date.month() / last); }

std::optional<CivilDays> intersection(CivilDays a, CivilDays b) {
  const CivilDays common{std::max(a.first, b.first), std::min(a.last, b.last)};
  if (common.last < common.first) return std::nullopt;
  return common;
}

CivilDays allDays() {
  return {year(static_cast<int>(limits::year.least)) / January / day(1),
          year(static_cast<int>(limits::year.most)) / December / day(31)};
}

Date toRecord(CivilDate date) {
  return Date{int(date.year()), static_cast<int>(unsigned(date.month())),
              static_cast<int>(unsigned(date.day()))};
}

std::optional<CivilDate> fromRecord(const Date &date) { return realDay(date.year, date.month, date.day); }

}  // namespace roots::kit
