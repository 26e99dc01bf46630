#include "text/text_lines.h"

#include "text/visible_text.h"

namespace roots::host {

TextLines &TextLines::add(std::string_view line) {
  text_ += lineForTerminal(line) + '\n';
  return *this;
}

TextLines &TextLines::add(const TextLines &more) {
  text_ += more.text_;
  return *this;
}

TextLines &TextLines::add(std::string_view beginning, const std::vector<std::string> &texts) {
  for (const auto &text : texts) add(std::string(beginning) + text);
  return *this;
}

TextLines &TextLines::addOwn(std::string_view lines) {
  if (lines.ends_with('\n')) lines.remove_suffix(1);
  for (;;) {
    const std::size_t end = lines.find('\n');
    add(lines.substr(0, end));
    if (end == std::string_view::npos) return *this;
    lines.remove_prefix(end + 1);
  }
}

}  // namespace roots::host
