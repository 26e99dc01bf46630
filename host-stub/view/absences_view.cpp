#include "view/absences_view.h"

#include "day/words.h"
#include "view/views.h"

namespace roots::host {
namespace {

void write(kit::JsonWriter &writer, const ManualAbsence &absence) {
  writer.beginObject()
      .text("id", absence.id)
      .text("kind", wordOf(absence.kind))
      .text("from", kit::formatDate(absence.days.first))
      .text("to", kit::formatDate(absence.days.last))
      .text("extent", wordOf(absence.extent))
      .text("note", absence.note)
      .endObject();
}

}  // namespace

std::string absenceText(const ManualAbsence &absence) {
  std::string line = absence.id + "  " + kit::formatDate(absence.days.first);
  if (absence.days.last != absence.days.first) line += " to " + kit::formatDate(absence.days.last);
  line += "  " + std::string(kindName(absence.kind));
  if (absence.extent == Extent::first_half) line += ", first half";
  if (absence.extent == Extent::second_half) line += ", second half";
  if (!absence.note.empty()) line += "  " + absence.note;
  return line;
}

TextLines absencesText(const AbsencesView &view) {
  TextLines text;
  if (!view.are_all_known) {
    text.add(std::string("Absences entered by hand are unknown") +
             (view.absences.empty() ? "" : ", except these") + ": settings.json is damaged.");
  } else if (view.absences.empty()) {
    text.add("No absences entered by hand.");
  }
  for (const auto &absence : view.absences) text.add(absenceText(absence));
  if (!view.replaced_by.empty())
    text.add("Kept, but not applied while " + view.replaced_by + " is connected.");
  return text;
}

std::string absencesJson(const AbsencesView &view) {
  kit::JsonWriter writer;
  writer.beginObject()
      .flag("applied", view.replaced_by.empty())
      .flag("absences_known", view.are_all_known)
      .name("absences")
      .beginArray();
  for (const auto &absence : view.absences) write(writer, absence);
  writer.endArray().endObject();
  return writer.finish();
}

std::string absenceJson(const ManualAbsence &absence) {
  kit::JsonWriter writer;
  write(writer, absence);
  return writer.finish();
}

std::string removedAbsenceJson(const std::string &id) {
  return kit::JsonWriter().beginObject().text("id", id).text("state", "removed").endObject().finish();
}

}  // namespace roots::host
