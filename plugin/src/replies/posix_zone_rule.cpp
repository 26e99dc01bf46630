#include "replies/posix_zone_rule.h"

#include "model/take_character.h"

#include <charconv>
#include <cstddef>

namespace roots::personio {
namespace {

using namespace std::chrono;

// The unread rest of a rule.
class RuleText {
 public:
  explicit RuleText(std::string_view text) : text_(text) {}

  [[nodiscard]] bool isOver() const { return text_.empty(); }
  [[nodiscard]] bool startsWith(char wanted) const { return !text_.empty() && text_.front() == wanted; }

  bool take(char wanted) { return takeCharacter(text_, wanted); }

  std::optional<int> takeNumber(int max) {
    int number = 0;
    const auto [end, problem] = std::from_chars(text_.data(), text_.data() + text_.size(), number);
    if (problem != std::errc() || number < 0 || number > max || startsWith('-')) return std::nullopt;
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    return number;
  }

  // "CEST" or "<+0330>". The letters do not matter.
  bool takeName() {
    constexpr std::size_t min_length = 3;
    if (take('<')) {
      const std::size_t end = text_.find('>');
      if (end == std::string_view::npos || end < min_length) return false;
      text_.remove_prefix(end + 1);
      return true;
    }
    std::size_t length = 0;
    while (length < text_.size() && isLetter(text_[length])) ++length;
    text_.remove_prefix(length);
    return length >= min_length;
  }

  // "-1", "+5:30", "-167:59:59"
  std::optional<seconds> takeTime() {
    constexpr int max_hours = 167;
    const bool negative = take('-');
    if (!negative) take('+');
    const auto hours_read = takeNumber(max_hours);
    if (!hours_read) return std::nullopt;
    seconds time = hours(*hours_read);
    for (const seconds unit : {seconds(minutes(1)), seconds(1)}) {
      if (!take(':')) break;
      const auto part = takeNumber(59);
      if (!part) return std::nullopt;
      time += *part * unit;
    }
    return negative ? -time : time;
  }

 private:
  static bool isLetter(char character) {
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
  }
  std::string_view text_;
};

// "M3.5.0": the fifth, that is the last, Sunday of March.
std::optional<sys_days> takeWeekdayOfMonth(RuleText &text, year in) {
  const auto month_read = text.takeNumber(12);
  if (!month_read || !text.take('.')) return std::nullopt;
  const auto week = text.takeNumber(5);
  if (!week || *week == 0 || *month_read == 0 || !text.take('.')) return std::nullopt;
  const auto day_read = text.takeNumber(6);
  if (!day_read) return std::nullopt;
  const month of(static_cast<unsigned>(*month_read));
  const weekday on(static_cast<unsigned>(*day_read));
  if (*week == 5) return sys_days(in / of / on[last]);
  return sys_days(in / of / on[static_cast<unsigned>(*week)]);
}

// "J60": the 60th day of a year without 29 February; "59": the day after 59 others.
std::optional<sys_days> takeDayOfYear(RuleText &text, year in) {
  const bool without_leap_day = text.take('J');
  const auto number = text.takeNumber(365);
  if (!number || (without_leap_day && *number == 0)) return std::nullopt;
  const sys_days first(in / January / 1);
  if (!without_leap_day) return first + days(*number);
  constexpr int days_before_march = 59;
  const bool after_leap_day = in.is_leap() && *number > days_before_march;
  return first + days(*number - 1 + (after_leap_day ? 1 : 0));
}

// ",M3.5.0/2": a local time in that year.
std::optional<local_seconds> takeChange(RuleText &text, year in) {
  if (!text.take(',')) return std::nullopt;
  const auto day_read = text.take('M') ? takeWeekdayOfMonth(text, in) : takeDayOfYear(text, in);
  if (!day_read) return std::nullopt;
  seconds time = hours(2);
  if (text.take('/')) {
    const auto read = text.takeTime();
    if (!read) return std::nullopt;
    time = *read;
  }
  return local_seconds(day_read->time_since_epoch()) + time;
}

}  // namespace

std::optional<seconds> offsetByRule(std::string_view rule, sys_seconds moment) {
  RuleText text(rule);
  if (!text.takeName()) return std::nullopt;
  const auto behind = text.takeTime();  // POSIX counts the hours that clocks are behind
  if (!behind) return std::nullopt;
  const seconds standard = -*behind;
  if (text.isOver()) return standard;

  if (!text.takeName()) return std::nullopt;
  seconds daylight = standard + hours(1);
  if (!text.startsWith(',')) {
    const auto behind_daylight = text.takeTime();
    if (!behind_daylight) return std::nullopt;
    daylight = -*behind_daylight;
  }
  const year in = year_month_day(floor<days>(moment + standard)).year();
  if (!in.ok()) return std::nullopt;
  const auto start = takeChange(text, in);
  if (!start) return std::nullopt;
  const auto end = takeChange(text, in);
  if (!end || !text.isOver()) return std::nullopt;

  // Each change is given in the local time that applies before it.
  const sys_seconds starts = sys_seconds(start->time_since_epoch()) - standard;
  const sys_seconds ends = sys_seconds(end->time_since_epoch()) - daylight;
  const bool in_northern_summer = starts <= moment && moment < ends;
  const bool in_southern_summer = ends < starts && (moment < ends || starts <= moment);
  return in_northern_summer || in_southern_summer ? daylight : standard;
}

}  // namespace roots::personio
