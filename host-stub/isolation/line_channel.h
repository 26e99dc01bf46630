// Messages between two processes: one JSON document on each line, in both directions. Neither side trusts the
// other: a line that is no JSON, or longer than 64 MiB, ends the channel. One thread at a time.
#pragma once

#include <roots/kit/json.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace roots::host {

class LineChannel {
 public:
  // Takes the socket over and closes it.
  explicit LineChannel(int socket) : socket_(socket) {}
  ~LineChannel();
  LineChannel(const LineChannel &) = delete;
  LineChannel &operator=(const LineChannel &) = delete;

  // False: the other side is gone.
  bool send(const std::string &line);

  // The next message, or nothing within this time.
  [[nodiscard]] std::optional<kit::JsonDocument> receive(std::chrono::milliseconds time);

  // The other side is gone, or sent nonsense; everything it sent before has been received.
  [[nodiscard]] bool isOver() const { return over_; }

 private:
  std::optional<kit::JsonDocument> nextLine();

  int socket_;
  std::string buffer_;
  std::size_t searched_ = 0;  // no line end before this place of the buffer
  bool over_ = false;
};

}  // namespace roots::host
