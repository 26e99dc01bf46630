#include <roots/kit/retry.h>

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeParser.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <charconv>

namespace roots::kit {

using std::chrono::milliseconds;

namespace {

// What the provider interface can carry.
constexpr std::chrono::hours kMaxWait{24 * 24};
constexpr std::chrono::seconds kMinWait{1};

std::optional<Poco::Timestamp> momentIn(std::string_view text) {
  // Poco's parser takes almost anything for a date; the form of RFC 9110 has a fixed length.
  constexpr std::size_t length_of_date = 29;
  if (text.size() != length_of_date || !text.ends_with(" GMT")) return std::nullopt;
  Poco::DateTime when;
  int zone = 0;
  if (!Poco::DateTimeParser::tryParse(Poco::DateTimeFormat::HTTP_FORMAT, std::string(text), when, zone))
    return std::nullopt;
  return when.timestamp();
}

// By the clock of the service if the reply has a date: the clock of this computer may be wrong.
std::optional<milliseconds> timeUntil(std::string_view date, const HttpReply &reply) {
  const auto moment = momentIn(date);
  if (!moment) return std::nullopt;
  const auto date_header = reply.header("Date");
  const auto now = date_header ? momentIn(*date_header) : std::nullopt;
  const milliseconds left((*moment - now.value_or(Poco::Timestamp())) / 1000);
  // A time in the past does not determine when to retry.
  return left > milliseconds(0) ? std::optional(left) : std::nullopt;
}

}  // namespace

std::optional<milliseconds> retryAfter(const HttpReply &reply) {
  const auto header = reply.header("Retry-After");
  if (!header) return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, problem] = std::from_chars(header->data(), header->data() + header->size(), seconds);
  std::optional<milliseconds> wait;
  if (end == header->data() + header->size() && problem == std::errc()) {
    if (seconds < 0) return std::nullopt;
    constexpr auto max_seconds = std::chrono::duration_cast<std::chrono::seconds>(kMaxWait).count();
    wait = milliseconds(std::min<std::int64_t>(seconds, max_seconds) * 1000);
  } else {
    wait = timeUntil(*header, reply);
  }
  return wait ? std::optional(std::clamp<milliseconds>(*wait, kMinWait, kMaxWait)) : std::nullopt;
}

}  // namespace roots::kit
