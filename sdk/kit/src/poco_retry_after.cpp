#include <roots/kit/retry.h>

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeParser.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <charconv>

namespace roots::kit {

using std::chrono::milliseconds;

std::optional<milliseconds> retryAfter(const HttpReply &reply) {
  constexpr milliseconds longest{std::chrono::hours(1)};
  const auto header = reply.header("Retry-After");
  if (!header) return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, problem] = std::from_chars(header->data(), header->data() + header->size(), seconds);
  if (problem == std::errc() && end == header->data() + header->size()) {
    if (seconds < 0) return std::nullopt;
    return seconds > 3600 ? longest : milliseconds(seconds * 1000);
  }
  // Poco's parser takes almost anything for a date; the form of RFC 9110 has a fixed length.
  constexpr std::size_t length_of_date = 29;
  if (header->size() != length_of_date || !header->ends_with(" GMT")) return std::nullopt;
  Poco::DateTime when;
  int zone = 0;
  if (!Poco::DateTimeParser::tryParse(Poco::DateTimeFormat::HTTP_FORMAT, std::string(*header), when, zone)) {
    return std::nullopt;
  }
  const milliseconds left((when.timestamp() - Poco::Timestamp()) / 1000);
  return std::clamp(left, milliseconds(0), longest);
}

}  // namespace roots::kit
