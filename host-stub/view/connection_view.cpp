#include "view/connection_view.h"

#include "view/json_parts.h"
#include "view/views.h"

namespace roots::host {
namespace {

TextLines lockLines(const std::vector<LockView> &locks) {
  TextLines lines;
  for (const auto &lock : locks)
    lines.add((lock.setting == "weekday_hours" ? "Weekly hours: " : "Absences: ") + lock.reason);
  return lines;
}

}  // namespace

TextLines connectedText(const ConnectedView &view) {
  const std::string &person = view.account.name;
  return TextLines()
      .add("Connected to " + view.name + (person.empty() ? "" : " as " + person) + ".")
      .add(lockLines(view.locks))
      .add(noteLines(view.notices));
}

std::string connectedJson(const ConnectedView &view) {
  kit::JsonWriter writer;
  writer.beginObject().text("id", view.id).text("name", view.name).text("state", view.state);
  writeAccount(writer, view.account);
  writeLocks(writer, view.locks);
  writer.texts("notices", view.notices);
  writeProblems(writer, view.problems);
  writer.endObject();
  return writer.finish();
}

TextLines previewText(const PreviewView &view) {
  TextLines text;
  const std::string &person = view.account.name;
  text.add(view.name + (person.empty() ? " accepts the credentials" : " identifies you as " + person) +
           ". Nothing is changed yet. After connecting, these would be read-only:");
  text.add(lockLines(view.locks));
  if (view.week) {
    text.add("Weekly hours would be  " + weekText(view.week->minutes) +
             (view.week->is_estimate ? "  (an estimate)" : ""));
    text.add("  By hand they are      " + (view.hours_by_hand ? weekText(*view.hours_by_hand) : "unknown"));
  }
  if (view.absences_by_hand > 0) {
    text.add(std::to_string(view.absences_by_hand) + (view.absences_by_hand == 1 ? " absence" : " absences") +
             " entered by hand would be kept but not applied, and restored on disconnect.");
  }
  return text.add(noteLines(view.notices));
}

std::string previewJson(const PreviewView &view) {
  kit::JsonWriter writer;
  writer.beginObject().text("id", view.id).text("name", view.name).text("state", "preview");
  writeAccount(writer, view.account);
  writeLocks(writer, view.locks);
  writeWeek(writer, "weekday_minutes", view.week ? std::optional(view.week->minutes) : std::nullopt);
  writer.flag("is_estimate", view.week && view.week->is_estimate);
  writeWeek(writer, "manual_weekday_minutes", view.hours_by_hand);
  writer.integer("manual_absence_count", static_cast<std::int64_t>(view.absences_by_hand));
  writer.texts("notices", view.notices).endObject();
  return writer.finish();
}

std::string disconnectedJson(const std::string &id) {
  return kit::JsonWriter().beginObject().text("id", id).text("state", "disconnected").endObject().finish();
}

std::string syncedText(CivilDays days) {
  return "Up to date from " + kit::formatDate(days.first) + " to " + kit::formatDate(days.last) + ".";
}

std::string syncedJson(CivilDays days) {
  kit::JsonWriter writer;
  writer.beginObject()
      .text("from", kit::formatDate(days.first))
      .text("to", kit::formatDate(days.last))
      .endObject();
  return writer.finish();
}

}  // namespace roots::host
