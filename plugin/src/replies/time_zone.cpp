#include "replies/time_zone.h"

#include "replies/posix_zone_rule.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>

namespace roots::personio {
namespace {

using namespace std::chrono;

constexpr std::size_t kMaxFileBytes = 64 * 1024;  // the largest of the database has 4 KiB
constexpr seconds kMaxOffset = hours(26);

// Numbers of a file, most significant byte first. Reading past the end makes it bad.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool isBad() const { return is_bad_; }
  [[nodiscard]] std::string_view rest() const { return rest_; }

  std::string_view take(std::size_t count) {
    if (count > rest_.size()) {
      is_bad_ = true;
      count = 0;
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  std::int64_t number(std::size_t width) {
    std::uint64_t read = 0;
    for (const char byte : take(width)) read = read << 8U | static_cast<unsigned char>(byte);
    if (width == 4) return static_cast<std::int32_t>(static_cast<std::uint32_t>(read));
    return static_cast<std::int64_t>(read);
  }

 private:
  std::string_view rest_;
  bool is_bad_ = false;
};

struct Header {
  std::size_t universal_flags = 0;
  std::size_t standard_flags = 0;
  std::size_t leap_seconds = 0;
  std::size_t changes = 0;
  std::size_t types = 0;
  std::size_t letters = 0;
};

std::optional<Header> takeHeader(Bytes &bytes) {
  if (bytes.take(4) != "TZif") return std::nullopt;
  const std::string_view version = bytes.take(1);
  if (version.empty() || version.front() < '2') return std::nullopt;
  bytes.take(15);
  Header header;
  for (std::size_t *count : {&header.universal_flags, &header.standard_flags, &header.leap_seconds,
                             &header.changes, &header.types, &header.letters}) {
    const std::int64_t read = bytes.number(4);
    if (read < 0 || read > static_cast<std::int64_t>(kMaxFileBytes)) return std::nullopt;
    *count = static_cast<std::size_t>(read);
  }
  if (bytes.isBad()) return std::nullopt;
  return header;
}

// Only so many letters, so nothing outside the folder can be named.
bool isNameOfZone(std::string_view name) {
  constexpr std::string_view signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
  return !name.empty() && name.size() <= 64 && name.front() != '/' &&
         name.find_first_not_of(signs) == std::string_view::npos;
}

}  // namespace

std::optional<TimeZone> TimeZone::named(std::string_view name, const std::string &folder) {
  if (!isNameOfZone(name)) return std::nullopt;
  std::ifstream file(folder + "/" + std::string(name), std::ios::binary);
  std::string bytes(kMaxFileBytes + 1, '\0');
  if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size())) && !file.eof())
    return std::nullopt;
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (bytes.size() > kMaxFileBytes) return std::nullopt;
  return parse(bytes);
}

std::optional<TimeZone> TimeZone::parse(std::string_view text) {
  Bytes bytes(text);
  // The first part has times of 4 bytes, for readers of another age.
  const auto old = takeHeader(bytes);
  if (!old) return std::nullopt;
  bytes.take(old->changes * 5 + old->types * 6 + old->letters + old->leap_seconds * 8 + old->standard_flags +
             old->universal_flags);
  const auto header = takeHeader(bytes);
  if (!header || header->types == 0) return std::nullopt;

  std::vector<sys_seconds> moments;
  for (std::size_t index = 0; index < header->changes && !bytes.isBad(); ++index)
    moments.emplace_back(seconds(bytes.number(8)));
  const std::string_view types_of_changes = bytes.take(header->changes);
  std::vector<seconds> offsets;
  for (std::size_t index = 0; index < header->types && !bytes.isBad(); ++index) {
    offsets.emplace_back(bytes.number(4));
    if (offsets.back() < -kMaxOffset || offsets.back() > kMaxOffset) return std::nullopt;
    bytes.take(2);
  }
  bytes.take(header->letters + header->leap_seconds * 12 + header->standard_flags + header->universal_flags);
  if (bytes.isBad() || !std::is_sorted(moments.begin(), moments.end())) return std::nullopt;

  TimeZone zone;
  zone.first_offset_ = offsets.front();
  for (std::size_t index = 0; index < moments.size(); ++index) {
    const auto type = static_cast<unsigned char>(types_of_changes[index]);
    if (type >= offsets.size()) return std::nullopt;
    zone.changes_.push_back({moments[index], offsets[type]});
  }
  const std::string_view footer = bytes.rest();
  if (footer.size() < 2 || footer.front() != '\n') return std::nullopt;
  const std::size_t end = footer.find('\n', 1);
  if (end == std::string_view::npos) return std::nullopt;
  zone.rule_ = footer.substr(1, end - 1);
  return zone;
}

std::optional<seconds> TimeZone::offsetAt(sys_seconds moment) const {
  const auto next =
      std::upper_bound(changes_.begin(), changes_.end(), moment,
                       [](sys_seconds asked, const Change &change) { return asked < change.moment; });
  if (next == changes_.end()) {
    if (rule_.empty()) return std::nullopt;
    return offsetByRule(rule_, moment);
  }
  if (next == changes_.begin()) return first_offset_;
  return std::prev(next)->offset;
}

}  // namespace roots::personio
