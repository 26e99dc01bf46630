#include "view/view_text.h"

#include <cstdlib>
#include <numeric>

#include <array>

namespace roots::host {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

bool continuesCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::string twoDigits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

std::size_t columnsOf(std::string_view text) {
  std::size_t columns = 0;
  for (const char byte : text) columns += continuesCharacter(byte) ? 0 : 1;
  return columns;
}

std::string paddedRight(std::string_view text, std::size_t columns) {
  const std::size_t used = columnsOf(text);
  return std::string(text) + std::string(used < columns ? columns - used : 0, ' ');
}

std::string paddedLeft(std::string_view text, std::size_t columns) {
  const std::size_t used = columnsOf(text);
  return std::string(used < columns ? columns - used : 0, ' ') + std::string(text);
}

std::string shortened(std::string_view text, std::size_t columns) {
  if (columnsOf(text) <= columns) return std::string(text);
  std::string result;
  std::size_t used = 0;
  for (const char byte : text) {
    if (!continuesCharacter(byte) && ++used >= columns) break;
    result += byte;
  }
  return result + "…";
}

std::string_view weekdayName(CivilDate date) {
  return kWeekdays[static_cast<std::size_t>(kit::weekdayIndex(date))];
}

std::string_view monthName(CivilDate date) { return kMonths[unsigned(date.month()) - 1]; }

std::string dayText(CivilDate date) {
  return std::string(weekdayName(date)) + " " + twoDigits(static_cast<int>(unsigned(date.day()))) + " " +
         std::string(monthName(date).substr(0, 3));
}

std::string formatMinutes(int minutes) {
  const int amount = minutes < 0 ? -minutes : minutes;
  return (minutes < 0 ? "−" : "") + std::to_string(amount / 60) + ":" + twoDigits(amount % 60);
}

std::string_view kindName(Kind kind) {
  switch (kind) {
    case Kind::vacation:
      return "Vacation";
    case Kind::sick:
      return "Sick Leave";
    case Kind::public_holiday:
      return "Public Holiday";
    case Kind::personal:
      return "Personal Time Off";
    case Kind::other:
      return "Other";
  }
  return "Other";
}

std::string sourceName(const ViewContext &context, const std::string &source) {
  const auto found = context.source_names.find(source);
  return found == context.source_names.end() ? source : found->second;
}

std::string absenceName(const Absence &absence) {
  if (absence.effect == Effect::work_elsewhere)
    return absence.label.empty() ? "work elsewhere" : absence.label;
  switch (absence.kind) {
    case Kind::vacation:
      return "vacation";
    case Kind::sick:
      return "sick leave";
    case Kind::public_holiday:
      return "public holiday";
    case Kind::personal:
      return "personal time off";
    case Kind::other:
      return absence.label.empty() ? "other absence" : absence.label;
  }
  return "absence";
}

int minutesOfWeek(const std::array<int, 7> &minutes) {
  return std::accumulate(minutes.begin(), minutes.end(), 0);
}

std::string weekText(const std::array<int, 7> &minutes) {
  constexpr std::array<const char *, 7> names{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  std::string text;
  for (std::size_t day = 0; day < names.size(); ++day)
    text += std::string(names[day]) + " " + formatMinutes(minutes[day]) + "  ";
  return text + "= " + formatMinutes(minutesOfWeek(minutes));
}

std::string extentText(Extent extent, int minutes) {
  switch (extent) {
    case Extent::whole_day:
      return "";
    case Extent::first_half:
    case Extent::second_half:
    case Extent::half_day:
      return "½ day";
    case Extent::minutes:
      return formatMinutes(minutes) + " h";
  }
  return "";
}

std::string coloured(std::string_view text, std::string_view code, const TextStyle &style) {
  if (!style.colour || code.empty()) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

std::string footer(const ViewContext &context) {
  std::string lines;
  if (context.stale_since) {
    lines += "Stale: the last sync failed; shown is what was known before.\n";
  } else if (context.as_of) {
    lines += "As of " + *context.as_of + ".\n";
  }
  return lines + noteLines(context.notices);
}

std::string noteLines(const std::vector<std::string> &notices) {
  std::string lines;
  for (const auto &notice : notices) lines += "Note: " + notice + "\n";
  return lines;
}

std::string decimalText(long hundredths) {
  const long amount = std::labs(hundredths);
  std::string text = (hundredths < 0 ? "−" : "") + std::to_string(amount / 100);
  const long rest = amount % 100;
  if (rest != 0) text += "." + std::to_string(rest / 10) + (rest % 10 != 0 ? std::to_string(rest % 10) : "");
  return text;
}

}  // namespace roots::host
