#include "absences/breakdown_cache.h"

#include "absences/breakdown_minutes.h"
#include "model/fingerprint.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace roots::personio {
namespace {

constexpr std::string_view kBreakdownsKey = "v2_breakdowns";
constexpr std::size_t kMaxEntries = 5000;
constexpr int kMaxAgeInDays = 7;
// A host may take 64 KiB of secrets from a plugin, the token and others included.
constexpr std::size_t kMaxBytesKept = std::size_t{32} << 10;

std::string textOf(const MomentV2 &moment) {
  return kit::formatDate(moment.date) + (moment.at_midnight ? "T0" : "T") +
         std::to_string(static_cast<int>(moment.half));
}

// Changes whenever the absence changes; short, so that many entries fit into the store.
std::string versionOf(const PeriodV2 &period) {
  return fingerprintOf({period.updated_at, period.type_id, textOf(period.start),
                        period.end ? textOf(*period.end) : std::string()});
}

std::size_t bytesOf(const std::string &id, const std::string &version, const Breakdowns &read) {
  constexpr std::size_t rest = 49;
  constexpr std::size_t bytes_of_day = 32;
  return id.size() + version.size() + rest + bytes_of_day * read.days.size();
}

void write(kit::JsonWriter &writer, const BreakdownV2 &day) {
  writer.beginArray().text(kit::formatDate(day.date)).integer(static_cast<int>(day.unit));
  writer.integer(day.hundredths).integer(day.millionths).endArray();
}

std::optional<BreakdownV2> readDay(kit::JsonView view) {
  const auto date = kit::parseDate(view.at(0).textOrEmpty());
  const auto unit = view.at(1).asInteger();
  const auto hundredths = view.at(2).asInteger();
  const auto millionths = view.at(3).asInteger();
  if (!date || !unit || !hundredths || *hundredths < 0 || !millionths || *millionths < 0) return std::nullopt;
  const bool is_hours = *unit == static_cast<int>(TypeUnit::hours);
  if (!is_hours && *unit != static_cast<int>(TypeUnit::days)) return std::nullopt;
  return BreakdownV2{*date, is_hours ? TypeUnit::hours : TypeUnit::days, *hundredths, {}, *millionths};
}

}  // namespace

void BreakdownCache::beginCall(kit::CivilDate today) {
  today_ = today;
  load();
  if (entries_.size() > kMaxEntries) entries_.clear();
  std::erase_if(entries_, [&](const auto &known) {
    const int age = kit::daysBetween(known.second.read_on, today);
    return !known.second.can_be_compared || age < 0 || age > kMaxAgeInDays;
  });
}

void BreakdownCache::store(const PeriodV2 &period, kit::CivilDate until, Breakdowns read) {
  // An absence without an end gains days, and an unusable answer is requested again.
  const bool is_usable = !read.days.empty() && (!areHours(read.days) || minutesOf(read.days).ok());
  const bool can_be_compared = !period.updated_at.empty() && period.end.has_value() && is_usable;
  entries_.insert_or_assign(period.id,
                            Entry{versionOf(period), can_be_compared, until, today_, std::move(read)});
  if (can_be_compared) is_saved_ = false;
}

const Breakdowns *BreakdownCache::find(const PeriodV2 &period, kit::CivilDate until) const {
  const auto known = entries_.find(period.id);
  if (known == entries_.end() || known->second.version != versionOf(period)) return nullptr;
  const Entry &entry = known->second;
  return entry.read.are_all || until <= entry.until ? &entry.read : nullptr;
}

void BreakdownCache::save() {
  if (is_saved_ || !host_.keepsSecrets()) return;
  kit::JsonWriter writer;
  writer.beginObject().text("settings", settings_mark_).name("absences").beginArray();
  std::size_t bytes = 0;
  for (const auto &[id, entry] : entries_) {
    if (!entry.can_be_compared) continue;
    bytes += bytesOf(id, entry.version, entry.read);
    if (bytes > kMaxBytesKept) break;
    writer.beginArray().text(id).text(entry.version).text(kit::formatDate(entry.until));
    writer.flag(entry.read.are_all).beginArray();
    for (const BreakdownV2 &day : entry.read.days) write(writer, day);
    writer.endArray().text(kit::formatDate(entry.read_on)).endArray();
  }
  writer.endArray().endObject();
  is_saved_ = host_.saveSecret(kBreakdownsKey, writer.finish());
}

// Invalid entries are dropped and read again.
void BreakdownCache::load() {
  if (was_loaded_) return;
  was_loaded_ = true;
  const std::optional<std::string> kept = host_.loadSecret(kBreakdownsKey);
  if (!kept || kept->empty()) return;
  const auto document = kit::JsonDocument::parse(*kept);
  if (!document || document->root()["settings"].asText() != std::string_view(settings_mark_)) return;
  const kit::JsonView absences = document->root()["absences"];
  for (std::size_t index = 0; index < absences.size(); ++index) {
    const kit::JsonView view = absences.at(index);
    Entry entry;
    if (!readEntry(view, entry)) continue;
    entries_.insert_or_assign(view.at(0).textOrEmpty(), std::move(entry));
  }
}

bool BreakdownCache::readEntry(kit::JsonView view, Entry &entry) {
  entry.version = view.at(1).textOrEmpty();
  const auto until = kit::parseDate(view.at(2).textOrEmpty());
  const auto are_all = view.at(3).asFlag();
  const kit::JsonView days = view.at(4);
  const auto read_on = kit::parseDate(view.at(5).textOrEmpty());
  if (!until || !are_all || !read_on || entry.version.empty() || !days.isArray()) return false;
  entry.read_on = *read_on;
  entry.until = *until;
  entry.read.are_all = *are_all;
  for (std::size_t index = 0; index < days.size(); ++index) {
    const auto day = readDay(days.at(index));
    if (!day) return false;
    entry.read.days.push_back(*day);
  }
  return true;
}

}  // namespace roots::personio
