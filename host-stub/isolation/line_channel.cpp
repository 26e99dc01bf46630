#include "isolation/line_channel.h"

#include <roots/kit/wipe.h>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace roots::host {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kLimitInterval = 100;  // milliseconds; the interval of checks for a limit
constexpr std::size_t kMaxLineLength = 64u * 1024 * 1024;

}  // namespace

LineChannel::~LineChannel() {
  ::close(socket_);
  kit::wipe(buffer_);
}

bool LineChannel::send(const std::string &line, Clock::time_point limit) {
  std::string text = line + '\n';
  const kit::WipedAtEnd wiped(text);
  std::size_t sent = 0;
  while (sent < text.size()) {
    const auto count = ::send(socket_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count > 0) {
      sent += static_cast<std::size_t>(count);
    } else if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      if (Clock::now() >= limit) return false;
      pollfd waiting{socket_, POLLOUT, 0};
      (void)::poll(&waiting, 1, kLimitInterval);
    } else if (count == 0 || errno != EINTR) {
      return false;
    }
  }
  return true;
}

std::optional<kit::JsonDocument> LineChannel::nextLine() {
  const std::size_t end = buffer_.find('\n', searched_);
  if (end == std::string::npos) {
    searched_ = buffer_.size();
    if (searched_ > kMaxLineLength) over_ = true;
    return std::nullopt;
  }
  auto document = kit::JsonDocument::parse(std::string_view(buffer_).substr(0, end));
  buffer_.erase(0, end + 1);
  searched_ = 0;
  if (document) return std::move(*document);
  over_ = true;
  return std::nullopt;
}

std::optional<kit::JsonDocument> LineChannel::receive(std::chrono::milliseconds time) {
  const auto deadline = std::chrono::steady_clock::now() + time;
  while (!over_) {
    if (auto message = nextLine()) return message;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd waiting{socket_, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::max<long>(0, left.count())));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return std::nullopt;
    std::array<char, 65536> bytes{};
    const auto count = ::read(socket_, bytes.data(), bytes.size());
    if (count > 0) {
      buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    } else {
      over_ = true;
    }
  }
  return std::nullopt;
}

}  // namespace roots::host
