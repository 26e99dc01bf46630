// Text for the user, line by line. Each added line stays one line, regardless of its content: a line break in
// a name cannot forge a second line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace roots::host {

class TextLines {
 public:
  TextLines() = default;

  TextLines &add(std::string_view line = {});
  TextLines &add(const TextLines &more);
  // One line per text, each with the same prefix.
  TextLines &add(std::string_view beginning, const std::vector<std::string> &texts);
  // Several lines of the program itself, such as its help.
  TextLines &addOwn(std::string_view lines);

  [[nodiscard]] bool empty() const { return text_.empty(); }
  // The output: each line with its line break.
  [[nodiscard]] const std::string &text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace roots::host
