#include "check/run_checks.h"

#include <roots/kit/civil_date.h>
#include <roots/kit/json.h>

namespace roots::check {

namespace {

std::string dayText(const Date &date) {
  const auto day = kit::fromRecord(date);
  return day ? kit::formatDate(*day) : "";
}

Date dayFrom(kit::JsonView view) {
  const auto day = kit::parseDate(view.textOrEmpty());
  return day ? kit::toRecord(*day) : Date{};
}

}  // namespace

std::string writeSubject(const Subject &subject) {
  kit::JsonWriter json;
  json.beginObject();
  json.text("folder", subject.folder.string());
  json.flag("has_service", subject.has_service);
  json.text("first", dayText(subject.days.first));
  json.text("last", dayText(subject.days.last));
  json.name("settings").beginObject();
  for (const auto &[key, value] : subject.settings) json.text(key, value);
  json.endObject();
  json.endObject();
  return json.finish();
}

Result<Subject> readSubject(const std::string &text) {
  const auto document = kit::JsonDocument::parse(text);
  if (!document) return document.error();
  const auto root = document->root();
  Subject subject;
  subject.folder = root["folder"].textOrEmpty();
  subject.has_service = root["has_service"].asFlag().value_or(false);
  subject.days = {dayFrom(root["first"]), dayFrom(root["last"])};
  const auto settings = root["settings"];
  for (std::size_t index = 0; index < settings.size(); ++index)
    subject.settings[std::string(settings.memberName(index))] = settings.memberValue(index).textOrEmpty();
  return subject;
}

}  // namespace roots::check
