#include "text/output.h"

#include "text/visible_text.h"

#include <ostream>

namespace roots::host {

void Output::line(std::string_view text) const { *stream_ << lineForTerminal(text) << std::endl; }

void Output::lines(const TextLines &lines) const { *stream_ << lines.text() << std::flush; }

void Output::json(std::string_view document) const {
  *stream_ << jsonForTerminal(document) << (document.ends_with('\n') ? "" : "\n") << std::flush;
}

void Output::iCalendar(std::string_view content_lines) const {
  *stream_ << linesForICalendar(content_lines) << std::flush;
}

void Output::status(std::string_view text) const {
  *stream_ << "\r\x1b[K" << lineForTerminal(text) << std::flush;
}

void Output::clearStatus() const { *stream_ << "\r\x1b[K" << std::flush; }

void Output::prompt(std::string_view text) const { *stream_ << lineForTerminal(text) << std::flush; }

bool Output::isWhole() const { return static_cast<bool>(stream_->flush()); }

}  // namespace roots::host
