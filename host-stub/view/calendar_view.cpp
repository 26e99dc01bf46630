// The month as a grid. Each kind has a letter, so that nothing depends on color: whole days are filled,
// half-days have a half-filled sign and are not filled, hours are written out, and work elsewhere has a
// separate sign.
#include "view/day_json.h"
#include "view/view_text.h"

#include <algorithm>
#include <map>

namespace roots::host {
namespace {

constexpr std::size_t kCellColumns = 11;

struct KindSign {
  const char *letter;
  const char *filled;  // ANSI: on a coloured ground
  const char *ink;     // ANSI: in colour only
};

KindSign signOf(Kind kind) {
  switch (kind) {
    case Kind::vacation:
      return {"V", "30;46", "36"};
    case Kind::sick:
      return {"S", "97;41", "31"};
    case Kind::public_holiday:
      return {"H", "30;43", "33"};
    case Kind::personal:
      return {"P", "97;45", "35"};
    case Kind::other:
      return {"O", "97;100", "37"};
  }
  return {"O", "97;100", "37"};
}

// The mark of one absence or public holiday in a cell and in the legend.
struct Mark {
  std::string text;
  std::string colour;
  std::string meaning;
};

const char *halfSign(Extent extent) {
  switch (extent) {
    case Extent::first_half:
      return "◐";
    case Extent::second_half:
      return "◑";
    default:
      return "½";
  }
}

Mark markOf(Kind kind, Extent extent, int minutes) {
  const KindSign sign = signOf(kind);
  const std::string name(kindName(kind));
  switch (extent) {
    case Extent::whole_day:
      return {sign.letter, sign.filled, name};
    case Extent::first_half:
      return {std::string(sign.letter) + halfSign(extent), sign.ink, name + ", first half of the day"};
    case Extent::second_half:
      return {std::string(sign.letter) + halfSign(extent), sign.ink, name + ", second half of the day"};
    case Extent::half_day:
      return {std::string(sign.letter) + halfSign(extent), sign.ink, name + ", half of the day"};
    case Extent::minutes:
      return {std::string(sign.letter) + formatMinutes(minutes), sign.ink, name + ", hours"};
  }
  return {sign.letter, sign.filled, name};
}

Mark markOf(const Absence &absence) {
  if (absence.effect == Effect::work_elsewhere)
    return {"⌂", "4", "work elsewhere (" + absenceName(absence) + "): the target stays"};
  return markOf(absence.kind, absence.extent, absence.minutes);
}

std::vector<Mark> marksOf(const DayOverview &day) {
  std::vector<Mark> marks;
  for (const auto &holiday : day.holidays) marks.push_back(markOf(Kind::public_holiday, holiday.extent, 0));
  for (const auto &absence : day.absences) marks.push_back(markOf(absence));
  return marks;
}

// "[12] V  " in as many columns as a cell has.
std::string cellOf(const DayOverview &day, const ViewContext &context, const TextStyle &style) {
  const std::string number = std::to_string(unsigned(day.date.day()));
  const bool today = day.date == context.today;
  const bool free_day = day.scheduled_minutes.value_or(1) == 0;
  std::string head = today ? "[" + number + "]" : " " + number + " ";
  std::size_t used = columnsOf(head) + (number.size() == 1 ? 1 : 0);
  std::string cell = (number.size() == 1 ? " " : "") + coloured(head,
                                                                today      ? "1"
                                                                : free_day ? "2"
                                                                           : "",
                                                                style);
  const auto marks = marksOf(day);
  for (std::size_t index = 0; index < marks.size(); ++index) {
    const std::size_t needed = columnsOf(marks[index].text) + (index > 0 ? 1 : 0);
    if (used + needed + 1 > kCellColumns) {
      cell += "+";  // more than fits; the day's explanation lists all
      ++used;
      break;
    }
    if (index > 0) cell += " ";
    cell += coloured(marks[index].text, marks[index].colour, style);
    used += needed;
  }
  return cell + std::string(used < kCellColumns ? kCellColumns - used : 0, ' ');
}

TextLines legendOf(const std::vector<DayOverview> &days, const TextStyle &style) {
  std::map<std::string, Mark> seen;  // by meaning, each once
  for (const auto &day : days) {
    for (auto &mark : marksOf(day)) {
      // All hourly absences of a kind share one line.
      if (mark.meaning.ends_with(", hours")) mark.text = mark.text.substr(0, 1) + "h:mm";
      seen.emplace(mark.meaning, mark);
    }
  }
  TextLines legend;
  for (const auto &[meaning, mark] : seen) {
    legend.add("  " + coloured(mark.text, mark.colour, style) +
               std::string(6 - std::min<std::size_t>(5, columnsOf(mark.text)), ' ') + meaning);
  }
  return legend;
}

// An empty cell means that there is nothing on that day only if all data is known.
TextLines gapsIn(const std::vector<DayOverview> &days) {
  TextLines lines;
  const auto tell = [&](const char *what, auto isUnknown) {
    const auto unknown = std::count_if(days.begin(), days.end(), isUnknown);
    if (unknown == 0) return;
    const bool all = static_cast<std::size_t>(unknown) == days.size();
    lines.add("  " + std::string(what) + " are not known" +
              (all ? "." : " for " + std::to_string(unknown) + (unknown == 1 ? " day." : " days.")));
  };
  tell("Absences", [](const DayOverview &day) { return !day.absences_known; });
  tell("Public holidays", [](const DayOverview &day) { return !day.holidays_known; });
  return lines;
}

}  // namespace

TextLines calendarText(CivilDate month, const std::vector<DayOverview> &days, const ViewContext &context,
                       const TextStyle &style) {
  TextLines text;
  text.add(coloured(std::string(monthName(month)) + " " + std::to_string(int(month.year())), "1", style))
      .add();
  std::string row;
  for (const std::string_view name : kWeekdayNames) row += paddedRight(" " + std::string(name), kCellColumns);
  text.add(row);
  row.clear();
  if (!days.empty())
    row.assign(static_cast<std::size_t>(kit::weekdayIndex(days.front().date)) * kCellColumns, ' ');
  for (const auto &day : days) {
    row += cellOf(day, context, style);
    if (kit::weekdayIndex(day.date) != 6) continue;
    text.add(row);
    row.clear();
  }
  if (!row.empty()) text.add(row);
  const TextLines legend = legendOf(days, style);
  const TextLines gaps = gapsIn(days);
  text.add().add(legend).add(gaps);
  if (legend.empty() && gaps.empty()) text.add("  No absences and no public holidays.");
  return text.add().add(footer(context));
}

std::string calendarJson(CivilDate month, const std::vector<DayOverview> &days, const ViewContext &context) {
  kit::JsonWriter writer;
  writer.beginObject().text("month", kit::formatDate(month).substr(0, 7));
  writeState(writer, context);
  writer.name("days").beginArray();
  for (const auto &day : days) writeDay(writer, day);
  writer.endArray();
  writeTotals(writer, totalsOf(days, context.today));
  writer.endObject();
  return writer.finish();
}

}  // namespace roots::host
