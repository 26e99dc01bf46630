// Whether a list of API v1 that comes in pages is complete: one rule for all of them. Pure.
//
// "current_page" is ignored: some lists number their pages from 0, some from 1. Where a reply has
// counts, the list is complete when they are reached, and incomplete when it ends before. Without counts
// the page size is unknown (a service may have a lower limit than was requested), so only a page that is
// certainly short, or empty, ends the list.
#pragma once

#include "replies/personio_json.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace roots::personio {

class ListProgress {
 public:
  enum class Next {
    more,
    complete,
    incomplete,  // it ended before its own count
    repeated,    // the page brought nothing new, and the list is not complete
  };

  // A page has come with so many rows, of which so many were not on an earlier page.
  [[nodiscard]] Next take(std::size_t rows, std::size_t new_rows, const PageCounts &counts);

 private:
  [[nodiscard]] bool isShort(std::size_t rows) const;

  // No list of Personio has a lower limit than this.
  static constexpr std::size_t kMinRowsOfFullPage = 10;

  std::int64_t pages_ = 0;
  std::int64_t rows_ = 0;
  std::int64_t unique_rows_ = 0;
  std::size_t longest_page_ = 0;
};

}  // namespace roots::personio
