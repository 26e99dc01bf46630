// Messages between two processes: one JSON document per line, in both directions. Neither side trusts the
// other: a line that is not JSON, or longer than 64 MiB, closes the channel. Use on one thread at a time.
#pragma once

#include <roots/kit/json.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace roots::host {

class LineChannel {
 public:
  // Takes ownership of the socket and closes it.
  explicit LineChannel(int socket) : socket_(socket) {}
  ~LineChannel();
  LineChannel(const LineChannel &) = delete;
  LineChannel &operator=(const LineChannel &) = delete;

  // False: the other side has closed the channel, or did not read in time.
  bool send(const std::string &line,
            std::chrono::steady_clock::time_point limit = std::chrono::steady_clock::time_point::max());

  // The next message, or nothing within this time.
  [[nodiscard]] std::optional<kit::JsonDocument> receive(std::chrono::milliseconds time);

  // The other side has closed the channel or sent invalid data; all earlier messages have been received.
  [[nodiscard]] bool isOver() const { return over_; }

 private:
  std::optional<kit::JsonDocument> nextLine();

  int socket_;
  std::string buffer_;
  std::size_t searched_ = 0;  // there is no line end before this position of the buffer
  bool over_ = false;
};

}  // namespace roots::host
