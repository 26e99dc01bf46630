// Parts of a view's text.
#pragma once

#include "support/text_search.h"
#include "text/text_lines.h"

namespace roots::test {

inline bool contains(const host::TextLines &text, const std::string &part) {
  return contains(text.text(), part);
}

}  // namespace roots::test
