#include "fuzz/requirements.h"
#include "fuzz/targets.h"
#include "poco_connection.h"

#include <roots/kit/retry.h>

#include <algorithm>

namespace roots::fuzz {
namespace {

// Available bytes in parts of one size; then the peer closes.
class Pieces final : public kit::ByteSource {
 public:
  Pieces(std::string_view bytes, std::size_t piece) : left_(bytes), piece_(piece) {}

  bool readSome(std::string &into, const kit::CallLimits &) override {
    const std::string_view next = left_.substr(0, piece_);
    into.append(next);
    left_.remove_prefix(next.size());
    return !next.empty();
  }

 private:
  std::string_view left_;
  std::size_t piece_;
};

constexpr std::size_t kMaxBodySize = 4096;

// Everything that a caller can read.
std::string outcomeOf(std::string_view bytes, std::size_t piece) {
  Pieces source(bytes, piece);
  bool received_any = false;
  try {
    const kit::ReadReply read = kit::readReply(source, "GET", kMaxBodySize, {}, received_any);
    require(read.reply.status >= 200 && read.reply.status <= 599);
    require(read.reply.body.size() <= kMaxBodySize);
    std::string outcome = std::to_string(read.reply.status);
    for (const auto &[name, value] : read.reply.headers) outcome += "\n" + name + ": " + value;
    return outcome + "\n\n" + read.reply.body;
  } catch (const kit::TransportFailure &failure) {
    require(!failure.error.detail.empty());
    return std::to_string(static_cast<int>(failure.error.fault)) + failure.error.detail;
  }
}

std::string tunnelOutcomeOf(std::string_view bytes) {
  Pieces source(bytes, bytes.size());
  try {
    return std::to_string(kit::readTunnelReply(source, {}).status);
  } catch (const kit::TransportFailure &failure) {
    return failure.error.detail;
  }
}

bool holdsNoControlCharacter(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char letter) { return letter >= 0 && letter < 0x20; });
}

}  // namespace

void http_reply(std::string_view bytes) {
  if (bytes.empty()) return;
  const std::size_t piece = static_cast<unsigned char>(bytes.front()) % 16 + 1;
  bytes.remove_prefix(1);
  // The split of a reply into packets must not change its meaning.
  require(outcomeOf(bytes, piece) == outcomeOf(bytes, std::max<std::size_t>(bytes.size(), 1)));
  require(!tunnelOutcomeOf(bytes).empty());
}

void retry_after(std::string_view bytes) {
  const kit::HttpReply reply{429, {{"Retry-After", std::string(bytes)}}, ""};
  const auto pause = kit::retryAfter(reply);
  if (pause) require(*pause >= std::chrono::seconds(1) && *pause <= std::chrono::hours(24 * 24));
}

void base_url(std::string_view bytes) {
  const auto url = kit::parseBaseUrl(bytes);
  requireShowable(url);
  if (url) {
    require(!url->host.empty() && url->port != 0 && (url->secure || kit::isLoopback(url->host)));
    require(holdsNoControlCharacter(url->host) && holdsNoControlCharacter(url->path));
    require(url->path.empty() || (url->path.front() == '/' && url->path.back() != '/'));
  }
  (void)kit::queryValue(bytes, "cursor");
  const auto back = kit::queryValue("/?cursor=" + kit::percentEncoded(bytes), "cursor");
  require(back && *back == bytes);
}

void proxy(std::string_view bytes) {
  const std::string_view value = bytes.substr(0, bytes.find('\n'));
  const std::string_view exceptions =
      value.size() == bytes.size() ? std::string_view() : bytes.substr(value.size() + 1);
  const kit::EnvironmentLookup lookup = [&](const char *name) {
    const std::string_view wanted(name);
    return std::string(wanted == "https_proxy" ? value : wanted == "no_proxy" ? exceptions : "");
  };
  const auto chosen = kit::proxyFor({true, "api.example.com", 443, ""}, lookup);
  requireShowable(chosen);
  if (chosen && *chosen) require(!(*chosen)->host.empty() && (*chosen)->port != 0);
}

}  // namespace roots::fuzz
