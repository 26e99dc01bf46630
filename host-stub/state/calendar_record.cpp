#include "state/calendar_record.h"

#include "state/state_file.h"

#include <roots/kit/hex.h>

#include <algorithm>
#include <limits>

namespace roots::host {
namespace {

constexpr int kRecordVersion = 1;

Error damagedRecord(const std::filesystem::path &file) {
  return makeError(
      Status::internal,
      "The file " + file.string() +
          ", which records exported events, is damaged. Remove it; calendars that already contain "
          "your absences then show them twice.");
}

}  // namespace

Result<CalendarRecord> CalendarRecord::open(const Home &home) {
  CalendarRecord record(home.dataFile("calendar.json"));
  const auto document = readVersionedFile(record.file_, kRecordVersion);
  if (!document) return document.error();
  if (!document->has_value()) {
    record.home_id_ = kit::randomHexText(32);
    record.has_changed_ = true;
    record.is_new_ = true;
    return record;
  }
  const kit::JsonView root = (*document)->root();
  record.home_id_ = root["home_id"].textOrEmpty();
  if (record.home_id_.empty()) return damagedRecord(record.file_);
  const kit::JsonView events = root["events"];
  for (std::size_t index = 0; index < events.size(); ++index) {
    const kit::JsonView event = events.at(index);
    const auto sequence = event["sequence"].asInteger();
    Revision revision{event["content"].textOrEmpty(), 0, event["changed"].textOrEmpty()};
    const std::string uid = event["uid"].textOrEmpty();
    const bool fits = sequence && *sequence >= 0 && *sequence < std::numeric_limits<int>::max();
    if (uid.empty() || revision.content.empty() || revision.changed.empty() || !fits)
      return damagedRecord(record.file_);
    revision.sequence = static_cast<int>(*sequence);
    record.events_.emplace(uid, std::move(revision));
  }
  return record;
}

const CalendarRecord::Revision &CalendarRecord::update(const std::string &uid, const std::string &content,
                                                       const std::string &now) {
  const auto [event, is_new] = events_.try_emplace(uid, Revision{content, 0, now});
  Revision &revision = event->second;
  if (is_new) {
    has_changed_ = true;
  } else if (revision.content != content) {
    // After the clock was set back, a later event must not look older.
    revision = Revision{content, revision.sequence + 1, std::max(revision.changed, now)};
    has_changed_ = true;
  }
  return revision;
}

Result<void> CalendarRecord::keep() {
  kit::JsonWriter writer(kit::JsonWriter::Style::indented);
  writer.beginObject()
      .integer("version", kRecordVersion)
      .text("home_id", home_id_)
      .name("events")
      .beginArray();
  for (const auto &[uid, revision] : events_) {
    writer.beginObject()
        .text("uid", uid)
        .text("content", revision.content)
        .integer("sequence", revision.sequence)
        .text("changed", revision.changed)
        .endObject();
  }
  writer.endArray().endObject();
  if (auto written = replaceStateFile(file_, writer.finish() + "\n"); !written) return written;
  has_changed_ = false;
  is_new_ = false;
  return {};
}

}  // namespace roots::host
