#include "api/list_progress.h"

#include <algorithm>

namespace roots::personio {

ListProgress::Next ListProgress::take(std::size_t rows, std::size_t new_rows, const PageCounts &counts) {
  ++pages_;
  rows_ += static_cast<std::int64_t>(rows);
  unique_rows_ += static_cast<std::int64_t>(new_rows);
  // Counts that the rows themselves contradict are as good as none.
  const std::int64_t total = counts.total_elements.value_or(-1);
  const bool has_total = total >= unique_rows_;
  const std::int64_t pages = counts.total_pages.value_or(0);
  const bool has_pages = pages > 0;

  // A row that is on two pages counts twice in the total of some lists.
  const bool total_reached = has_total && rows_ >= total;
  if (rows == 0) return has_total && !total_reached ? Next::incomplete : Next::complete;
  if (has_total && unique_rows_ >= total) return Next::complete;
  if (new_rows == 0) return total_reached ? Next::complete : Next::repeated;
  if (has_pages && pages_ >= pages && (!has_total || total_reached)) return Next::complete;
  if (has_total || has_pages) return Next::more;
  const bool is_last = isShort(rows);
  longest_page_ = std::max(longest_page_, rows);
  return is_last ? Next::complete : Next::more;
}

bool ListProgress::isShort(std::size_t rows) const {
  return rows < kMinRowsOfFullPage || rows < longest_page_;
}

}  // namespace roots::personio
