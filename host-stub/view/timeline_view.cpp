#include "day/totals.h"
#include "view/day_json.h"
#include "view/view_text.h"

#include <algorithm>
#include <map>
#include <span>

namespace roots::host {
namespace {

constexpr std::size_t kIndent = 12;
constexpr int kBarCells = 16;

// Booked time against the target: "█████████░░░░░░░"; time beyond the target is drawn as "+".
std::string bar(const DayOverview &day, const TextStyle &style) {
  const int target = day.target_minutes.value_or(0);
  const int whole = std::max(target, day.booked_minutes.value_or(0));
  if (whole == 0 || !day.booked_minutes) return std::string(kBarCells, ' ');
  const int booked = (*day.booked_minutes * kBarCells + whole / 2) / whole;
  const int target_cells = (target * kBarCells + whole / 2) / whole;
  std::string inside;
  std::string beyond;
  std::string missing;
  for (int cell = 0; cell < kBarCells; ++cell) {
    if (cell < booked && cell < target_cells) {
      inside += "█";
    } else if (cell < booked) {
      beyond += "+";
    } else {
      missing += "░";
    }
  }
  return coloured(inside, "32", style) + coloured(beyond, "35", style) + coloured(missing, "2", style);
}

// An unknown value is a dash, never a number.
std::string minutesText(const std::optional<int> &minutes) { return minutes ? formatMinutes(*minutes) : "–"; }

std::string signedText(const std::optional<int> &minutes) {
  return (minutes.value_or(0) > 0 ? "+" : "") + minutesText(minutes);
}

// A future day has no balance.
std::string balanceText(const DayOverview &day, const ViewContext &context, const TextStyle &style) {
  if (day.date > context.today) return "";
  const int balance = day.balance_minutes.value_or(0);
  const char *colour = !day.balance_minutes ? "" : balance < 0 ? "31" : balance > 0 ? "35" : "32";
  return coloured(paddedLeft(signedText(day.balance_minutes), 7), colour, style);
}

void addIndented(TextLines &text, const std::string &line) { text.add(std::string(kIndent, ' ') + line); }

void addDay(TextLines &text, const DayOverview &day, const ViewContext &context, const TextStyle &style) {
  const bool today = day.date == context.today;
  const std::string target = day.target_minutes ? formatMinutes(*day.target_minutes) : "unknown";
  text.add(coloured(paddedRight((today ? "▶" : " ") + dayText(day.date), kIndent), today ? "1" : "", style) +
           bar(day, style) + " " + paddedLeft(minutesText(day.booked_minutes), 6) + " of " +
           paddedLeft(target, 5) + (day.scheduled_is_estimate ? "~" : " ") +
           balanceText(day, context, style));
  for (const auto &holiday : day.holidays) {
    const bool whole = holiday.extent == Extent::whole_day;
    addIndented(text, coloured("★ " + holiday.name + (whole ? "" : " (½ day)"), "33", style) +
                          ", public holiday, " + sourceName(context, "moco"));
  }
  for (const auto &absence : day.absences) {
    const std::string extent = extentText(absence.extent, absence.minutes);
    std::string name(absence.effect == Effect::work_elsewhere ? "⌂ " + absenceName(absence)
                                                              : std::string(kindName(absence.kind)));
    if (!absence.label.empty() && absence.effect != Effect::work_elsewhere) name += ": " + absence.label;
    addIndented(text, coloured(name, "36", style) + " (" + (extent.empty() ? "" : extent + ", ") +
                          sourceName(context, absence.source) + ")");
  }
  for (const TimeEntry *entry : day.entries) {
    const std::string what = entry->customer + " · " + entry->project + " · " + entry->task +
                             (entry->description.empty() ? "" : " – " + entry->description);
    const std::size_t room = static_cast<std::size_t>(std::max(style.width, 50)) - kIndent - 8;
    addIndented(text, paddedLeft(formatMinutes(entry->seconds / 60), 6) + "  " + shortened(what, room));
  }
}

// "3 days without booked time", of days of which others have some.
std::string leftOut(const Total &total) {
  std::string text;
  const auto tell = [&](const Sum &sum, const char *what) {
    if (!sum.minutes || sum.days_unknown == 0) return;
    text += (text.empty() ? "" : ", ") + std::to_string(sum.days_unknown) +
            (sum.days_unknown == 1 ? " day" : " days") + " without " + what;
  };
  tell(total.booked, "booked time");
  tell(total.target, "schedule");
  return text.empty() ? "" : "   (left out: " + text + ")";
}

std::string totalText(const Total &total) {
  return "booked " + minutesText(total.booked.minutes) + "   target " + minutesText(total.target.minutes) +
         "   balance " + signedText(total.balance.minutes) + leftOut(total);
}

// Past days, today, and future days are never added up.
void addTotals(TextLines &text, const std::string &name, const Totals &totals, const TextStyle &style) {
  std::vector<std::string> lines;
  const bool is_over = !totals.today && !totals.ahead;
  if (totals.to_yesterday)
    lines.push_back((is_over ? "" : "to yesterday: ") + totalText(*totals.to_yesterday));
  if (totals.today) lines.push_back("today: " + totalText(*totals.today));
  if (totals.ahead) {
    Total ahead = *totals.ahead;
    if (ahead.booked.minutes.value_or(0) == 0) ahead.booked = Sum();
    lines.push_back("ahead: target " + minutesText(ahead.target.minutes) +
                    (ahead.booked.minutes ? "   booked " + formatMinutes(*ahead.booked.minutes) : "") +
                    leftOut(ahead));
  }
  std::string beginning = " " + name;
  for (const auto &line : lines) {
    text.add(coloured(paddedRight(beginning, kIndent) + line, "1", style));
    beginning.clear();
  }
}

void addReductions(TextLines &text, std::span<const DayOverview> days) {
  std::map<std::string, int> reduced_by;  // "vacation" -> minutes
  for (const auto &day : days) {
    for (const auto &reduction : day.reductions) {
      const bool holiday = reduction.cause == Reduction::Cause::holiday;
      if (reduction.minutes > 0) {
        reduced_by[holiday ? "public holiday" : absenceName(day.absences[reduction.index])] +=
            reduction.minutes;
      }
    }
  }
  for (const auto &[cause, minutes] : reduced_by)
    addIndented(text, "target lower by " + formatMinutes(minutes) + ": " + cause);
}

}  // namespace

TextLines timelineText(const std::vector<DayOverview> &days, const ViewContext &context,
                       const TextStyle &style) {
  TextLines text;
  std::size_t monday = 0;
  for (std::size_t index = 0; index < days.size(); ++index) {
    addDay(text, days[index], context, style);
    const bool week_ends = kit::weekdayIndex(days[index].date) == 6 || index + 1 == days.size();
    if (!week_ends) continue;
    const std::span week = std::span(days).subspan(monday, index + 1 - monday);
    addTotals(text, "Week", totalsOf(week, context.today), style);
    addReductions(text, week);
    text.add();
    monday = index + 1;
  }
  if (days.size() > 7) {
    addTotals(text, "Total", totalsOf(days, context.today), style);
    text.add();
  }
  return text.add(footer(context));
}

std::string timelineJson(const std::vector<DayOverview> &days, const ViewContext &context) {
  kit::JsonWriter writer;
  writer.beginObject();
  if (!days.empty())
    writer.text("from", kit::formatDate(days.front().date)).text("to", kit::formatDate(days.back().date));
  writeState(writer, context);
  writer.name("days").beginArray();
  for (const auto &day : days) writeDay(writer, day);
  writer.endArray();
  writeTotals(writer, totalsOf(days, context.today));
  writer.endObject();
  return writer.finish();
}

}  // namespace roots::host
