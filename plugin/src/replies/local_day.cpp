#include "replies/local_day.h"

#include "model/take_character.h"
#include "replies/time_zone.h"

#include <chrono>
#include <cstddef>
#include <string>

namespace roots::personio {
namespace {

using namespace std::chrono;

constexpr std::size_t kDateLength = 10;

// As it is written, without a meaning yet.
struct Written {
  kit::CivilDate date;
  seconds time{0};
  std::optional<seconds> offset;  // "Z": 0
};

std::optional<int> takeTwoDigits(std::string_view &text, int max) {
  if (text.size() < 2) return std::nullopt;
  int number = 0;
  for (const char digit : text.substr(0, 2)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = number * 10 + (digit - '0');
  }
  if (number > max) return std::nullopt;
  text.remove_prefix(2);
  return number;
}

// "14:30", "14:30:00", "14:30:00.000"
std::optional<seconds> takeClock(std::string_view &text) {
  const auto hour = takeTwoDigits(text, 23);
  if (!hour || !takeCharacter(text, ':')) return std::nullopt;
  const auto minute = takeTwoDigits(text, 59);
  if (!minute) return std::nullopt;
  seconds time = hours(*hour) + minutes(*minute);
  if (!takeCharacter(text, ':')) return time;
  const auto second = takeTwoDigits(text, 59);
  if (!second) return std::nullopt;
  time += seconds(*second);
  if (!takeCharacter(text, '.')) return time;
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  return time;
}

// "Z", "+02:00", "+0200", "+02"
std::optional<seconds> takeOffset(std::string_view &text) {
  if (takeCharacter(text, 'Z')) return seconds(0);
  const bool ahead = takeCharacter(text, '+');
  if (!ahead && !takeCharacter(text, '-')) return std::nullopt;
  const auto hour = takeTwoDigits(text, 23);
  if (!hour) return std::nullopt;
  seconds offset = hours(*hour);
  if (takeCharacter(text, ':') || !text.empty()) {
    const auto minute = takeTwoDigits(text, 59);
    if (!minute) return std::nullopt;
    offset += minutes(*minute);
  }
  return ahead ? offset : -offset;
}

std::optional<Written> parse(std::string_view text) {
  const auto date = kit::parseDate(text.substr(0, kDateLength));
  if (!date) return std::nullopt;
  Written written{*date, seconds(0), std::nullopt};
  text.remove_prefix(kDateLength);
  if (text.empty()) return written;
  if (!takeCharacter(text, 'T') && !takeCharacter(text, ' ')) return std::nullopt;
  const auto time = takeClock(text);
  if (!time) return std::nullopt;
  written.time = *time;
  if (text.empty()) return written;
  written.offset = takeOffset(text);
  if (!written.offset || !text.empty()) return std::nullopt;
  return written;
}

ReadDay asWritten(const Written &written) {
  return {LocalDay{written.date, written.time == seconds(0)}, DayFault::not_a_date};
}

// Zones "Europe/..." are 0 to 4 hours ahead of universal time, so a time from 00:00 to 19:59 there lies on
// the same day in all of them.
std::optional<LocalDay> sameAcrossEurope(const Written &written, std::string_view zone) {
  constexpr std::string_view europe = "Europe/";
  if (zone.substr(0, europe.size()) != europe || written.time >= hours(20)) return std::nullopt;
  return LocalDay{written.date, false};
}

ReadDay inZone(const Written &written, std::string_view zone) {
  const seconds offset_written = written.offset.value_or(seconds(0));
  const sys_seconds moment = sys_days(written.date) + written.time - offset_written;
  if (const auto known = TimeZone::named(zone)) {
    if (const auto offset = known->offsetAt(moment)) {
      const sys_seconds local = moment + *offset;
      const auto date = kit::fromRecord(kit::toRecord(kit::CivilDate(floor<days>(local))));
      if (!date) return {};
      return {LocalDay{*date, local == floor<days>(local)}, DayFault::not_a_date};
    }
  }
  // An offset other than 0 denotes local time.
  if (offset_written != seconds(0)) return asWritten(written);
  return {sameAcrossEurope(written, zone), DayFault::zone_needed};
}

}  // namespace

ReadDay readDay(std::string_view text, std::string_view zone) {
  const auto written = parse(text);
  if (!written) return {};
  if (!written->offset || written->time == seconds(0)) return asWritten(*written);
  return inZone(*written, zone);
}

ReadDay readDayOfMoment(std::string_view text, std::string_view zone) {
  const auto written = parse(text);
  return written ? inZone(*written, zone) : ReadDay{};
}

}  // namespace roots::personio
