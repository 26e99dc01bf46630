// An index of the rows of a range by day, so that finding those of one day does not read the others. Linear
// in rows and days. Borrows the rows.
#pragma once

#include "day/model.h"

#include <algorithm>
#include <initializer_list>
#include <numeric>
#include <span>
#include <vector>

namespace roots::host {

template <class Row>
class RowsByDay {
 public:
  // There are many rows, so each is read once. Rows that are sorted by day, as services deliver them, are
  // already in place; others are moved. The rows of a day keep their order.
  RowsByDay(CivilDays days, std::initializer_list<const std::vector<Row> *> lists)
      : starts_(static_cast<std::size_t>(kit::daysBetween(days.first, days.last)) + 2) {
    std::vector<std::size_t> days_of_rows;
    std::size_t most = 0;
    for (const std::vector<Row> *list : lists) most += list->size();
    most = std::min(most, kUsualRowsOfDay * starts_.size());
    rows_.reserve(most);
    days_of_rows.reserve(most);
    for (const std::vector<Row> *list : lists) {
      for (const Row &row : *list) {
        if (!kit::contains(days, row.date)) continue;
        const auto day = static_cast<std::size_t>(kit::daysBetween(days.first, row.date));
        rows_.push_back(&row);
        days_of_rows.push_back(day);
        ++starts_[day + 1];
      }
    }
    std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
    if (!std::is_sorted(days_of_rows.begin(), days_of_rows.end())) putInPlace(days_of_rows);
  }

  // The rows of the day that is this number of days after the first.
  [[nodiscard]] std::span<const Row *const> on(std::size_t day) const {
    return std::span(rows_).subspan(starts_[day], starts_[day + 1] - starts_[day]);
  }

 private:
  static constexpr std::size_t kUsualRowsOfDay = 64;  // no memory is reserved for more

  void putInPlace(const std::vector<std::size_t> &days_of_rows) {
    const std::vector<const Row *> rows = rows_;
    std::vector<std::size_t> next = starts_;
    for (std::size_t index = 0; index < rows.size(); ++index)
      rows_[next[days_of_rows[index]]++] = rows[index];
  }

  std::vector<std::size_t> starts_;  // for each day the start of its rows, and the end of the last ones
  std::vector<const Row *> rows_;
};

}  // namespace roots::host
