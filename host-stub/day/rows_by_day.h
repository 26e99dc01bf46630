// The rows of a range of days, found by day without looking at the others. Linear in rows and days. Borrows
// the rows.
#pragma once

#include "day/model.h"

#include <initializer_list>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace roots::host {

template <class Row>
class RowsByDay {
 public:
  // Counts first, then puts each row into its place: rows of a day keep their order. Rows are many and far
  // apart, so each is looked at once.
  RowsByDay(CivilDays days, std::initializer_list<const std::vector<Row> *> lists)
      : starts_(static_cast<std::size_t>(kit::daysBetween(days.first, days.last)) + 2) {
    std::vector<std::pair<std::size_t, const Row *>> found;
    for (const std::vector<Row> *list : lists) {
      for (const Row &row : *list) {
        if (!kit::contains(days, row.date)) continue;
        const auto day = static_cast<std::size_t>(kit::daysBetween(days.first, row.date));
        found.emplace_back(day, &row);
        ++starts_[day + 1];
      }
    }
    std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
    rows_.resize(found.size());
    std::vector<std::size_t> next = starts_;
    for (const auto &[day, row] : found) rows_[next[day]++] = row;
  }

  // Of the day that lies so many days after the first.
  [[nodiscard]] std::span<const Row *const> on(std::size_t day) const {
    return std::span(rows_).subspan(starts_[day], starts_[day + 1] - starts_[day]);
  }

 private:
  std::vector<std::size_t> starts_;  // for each day where its rows start, and where the last ones end
  std::vector<const Row *> rows_;
};

}  // namespace roots::host
