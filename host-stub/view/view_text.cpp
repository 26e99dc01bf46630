#include "view/view_text.h"

#include <cstdlib>
#include <numeric>

#include <array>

namespace roots::host {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

std::string twoDigits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

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
  return kWeekdayNames[static_cast<std::size_t>(kit::weekdayIndex(date))];
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
  std::string text;
  for (std::size_t day = 0; day < kWeekdayNames.size(); ++day)
    text += std::string(kWeekdayNames[day]) + " " + formatMinutes(minutes[day]) + "  ";
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
  return inColour(text, code);
}

TextLines footer(const ViewContext &context) {
  TextLines lines;
  if (context.stale_since) {
    lines.add("Stale: the last sync failed. Showing the last known data.");
  } else if (context.as_of) {
    lines.add("As of " + *context.as_of + ".");
  }
  if (!context.moco_is_connected) lines.add(std::string(kWithoutMoco));
  return lines.add(noteLines(context.notices));
}

TextLines pageLinkText(const std::string &link) {
  return TextLines()
      .add("Open this in a browser on this computer; it works until you press Ctrl-C:")
      .add()
      .add("  " + link);
}

std::string pageLinkJson(const std::string &link) {
  return kit::JsonWriter().beginObject().text("link", link).endObject().finish();
}

TextLines noteLines(const std::vector<std::string> &notices) { return TextLines().add("Note: ", notices); }

std::string decimalText(long hundredths) {
  const long amount = std::labs(hundredths);
  std::string text = (hundredths < 0 ? "−" : "") + std::to_string(amount / 100);
  const long rest = amount % 100;
  if (rest != 0) text += "." + std::to_string(rest / 10) + (rest % 10 != 0 ? std::to_string(rest % 10) : "");
  return text;
}

}  // namespace roots::host
