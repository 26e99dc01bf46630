// Wraps an output stream so that all text passes through visible_text.h. Commands have no other access to
// standard output and standard error. Borrows the stream.
#pragma once

#include "text/text_lines.h"

#include <iosfwd>

namespace roots::host {

class Output {
 public:
  Output(std::ostream &stream) : stream_(&stream) {}  // NOLINT(*-explicit-*): a console is made of streams

  void line(std::string_view text) const;
  void lines(const TextLines &lines) const;
  void json(std::string_view document) const;
  void iCalendar(std::string_view content_lines) const;

  // On a terminal: replaces the current line until clearStatus().
  void status(std::string_view text) const;
  void clearStatus() const;
  // A prompt; the user types the answer after it.
  void prompt(std::string_view text) const;

  // Whether all output so far was written.
  [[nodiscard]] bool isWhole() const;

 private:
  std::ostream *stream_;
};

}  // namespace roots::host
