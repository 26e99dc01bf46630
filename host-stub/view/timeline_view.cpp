#include "view/day_json.h"
#include "view/view_text.h"

#include <algorithm>
#include <map>
#include <sstream>

namespace roots::host {
namespace {

constexpr std::size_t kIndent = 12;
constexpr int kBarCells = 16;

struct Sums {
  int booked = 0;
  int target = 0;
  bool target_known = true;
  std::map<std::string, int> reduced_by;  // "vacation" -> minutes
};

// Booked time against the target: "█████████░░░░░░░"; what goes beyond the target is drawn as "+".
std::string bar(const DayOverview &day, const TextStyle &style) {
  const int target = day.target_minutes.value_or(0);
  const int whole = std::max(target, day.booked_minutes);
  if (whole == 0) return std::string(kBarCells, ' ');
  const int booked = (day.booked_minutes * kBarCells + whole / 2) / whole;
  const int target_cells = (target * kBarCells + whole / 2) / whole;
  std::string inside;
  std::string beyond;
  std::string missing;
  for (int cell = 0; cell < kBarCells; ++cell) {
    if (cell < booked && cell < target_cells)
      inside += "█";
    else if (cell < booked)
      beyond += "+";
    else
      missing += "░";
  }
  return coloured(inside, "32", style) + coloured(beyond, "35", style) + coloured(missing, "2", style);
}

std::string balanceText(const DayOverview &day, const TextStyle &style) {
  if (!day.balance_minutes) return "";
  const int balance = *day.balance_minutes;
  const std::string text = (balance > 0 ? "+" : "") + formatMinutes(balance);
  return coloured(paddedLeft(text, 7), balance < 0 ? "31" : balance > 0 ? "35" : "32", style);
}

void writeLine(std::ostream &text, const std::string &line) {
  text << std::string(kIndent, ' ') << line << "\n";
}

void writeDayText(std::ostream &text, const DayOverview &day, const ViewContext &context,
                  const TextStyle &style) {
  const bool today = day.date == context.today;
  const std::string target = day.target_minutes ? formatMinutes(*day.target_minutes) : "unknown";
  text << coloured(paddedRight((today ? "▶" : " ") + dayText(day.date), kIndent), today ? "1" : "", style)
       << bar(day, style) << " " << paddedLeft(formatMinutes(day.booked_minutes), 6) << " of "
       << paddedLeft(target, 5) << (day.scheduled_is_estimate ? "~" : " ") << balanceText(day, style) << "\n";
  for (const auto &holiday : day.holidays) {
    const bool whole = holiday.extent == Extent::whole_day;
    writeLine(text, coloured("★ " + holiday.name + (whole ? "" : " (½ day)"), "33", style) +
                        ", public holiday, " + sourceName(context, "moco"));
  }
  for (const auto &absence : day.absences) {
    const std::string extent = extentText(absence.extent, absence.minutes);
    std::string name(absence.effect == Effect::work_elsewhere ? "⌂ " + absenceName(absence)
                                                              : std::string(kindName(absence.kind)));
    if (!absence.label.empty() && absence.effect != Effect::work_elsewhere) name += ": " + absence.label;
    writeLine(text, coloured(name, "36", style) + " (" + (extent.empty() ? "" : extent + ", ") +
                        sourceName(context, absence.source) + ")");
  }
  for (const TimeEntry *entry : day.entries) {
    const std::string what = entry->customer + " · " + entry->project + " · " + entry->task +
                             (entry->description.empty() ? "" : " – " + entry->description);
    const std::size_t room = static_cast<std::size_t>(std::max(style.width, 50)) - kIndent - 8;
    writeLine(text, paddedLeft(formatMinutes(entry->seconds / 60), 6) + "  " + shortened(what, room));
  }
}

void add(Sums &sums, const DayOverview &day) {
  sums.booked += day.booked_minutes;
  sums.target += day.target_minutes.value_or(0);
  sums.target_known = sums.target_known && day.target_minutes.has_value();
  for (const auto &reduction : day.reductions) {
    const bool holiday = reduction.cause == Reduction::Cause::holiday;
    if (reduction.minutes > 0)
      sums.reduced_by[holiday ? "public holiday" : absenceName(day.absences[reduction.index])] +=
          reduction.minutes;
  }
}

void writeSums(std::ostream &text, const Sums &sums, const TextStyle &style) {
  const int balance = sums.booked - sums.target;
  std::string line = "booked " + formatMinutes(sums.booked) + "   target ";
  line += sums.target_known
              ? formatMinutes(sums.target) + "   balance " + (balance > 0 ? "+" : "") + formatMinutes(balance)
              : "unknown";
  text << coloured(paddedRight(" Week", kIndent) + line, "1", style) << "\n";
  for (const auto &[cause, minutes] : sums.reduced_by)
    writeLine(text, "target lower by " + formatMinutes(minutes) + ": " + cause);
}

}  // namespace

std::string timelineText(const std::vector<DayOverview> &days, const ViewContext &context,
                         const TextStyle &style) {
  std::ostringstream text;
  Sums sums;
  for (std::size_t index = 0; index < days.size(); ++index) {
    writeDayText(text, days[index], context, style);
    add(sums, days[index]);
    const bool week_ends = kit::weekdayIndex(days[index].date) == 6 || index + 1 == days.size();
    if (!week_ends) continue;
    writeSums(text, sums, style);
    text << "\n";
    sums = Sums();
  }
  text << footer(context);
  return text.str();
}

std::string timelineJson(const std::vector<DayOverview> &days, const ViewContext &context) {
  kit::JsonWriter writer;
  writer.beginObject();
  if (!days.empty()) {
    writer.text("from", kit::formatDate(days.front().date)).text("to", kit::formatDate(days.back().date));
  }
  writeState(writer, context);
  writer.name("days").beginArray();
  for (const auto &day : days) writeDay(writer, day);
  writer.endArray().endObject();
  return writer.finish();
}

}  // namespace roots::host
