// Determines whether a list of Moco is complete from the metadata of its pages. One rule for all lists: if
// Moco reports the number of rows (X-Total), that number must come; otherwise, its link to a next page
// determines the end; without both, for example because a proxy removed them, pages are requested until one
// is not full.
#pragma once

#include <roots/kit/http.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace roots::host {

class ListPages {
 public:
  enum class Next {
    another_page,  // number()
    complete,
    changed,       // during reading: read it from the start
    inconsistent,  // problem()
  };

  // The page to request.
  [[nodiscard]] int number() const { return number_; }
  // Adds that page, with its number of rows.
  [[nodiscard]] Next take(const kit::HttpReply &reply, std::size_t rows);
  // The inconsistency, for a message: "X-Total is 250, but 200 rows came".
  [[nodiscard]] const std::string &problem() const { return problem_; }

 private:
  struct PageHeaders;
  Next inconsistent(std::string problem);
  Next another();
  Next byTotal(const PageHeaders &headers, std::size_t rows);
  [[nodiscard]] bool isLast(const PageHeaders &headers, std::int64_t rows) const;

  int number_ = 1;
  std::int64_t seen_ = 0;
  std::int64_t rows_of_first_ = 0;
  std::optional<std::int64_t> total_;
  std::size_t last_body_ = 0;  // its hash
  std::string problem_;
};

}  // namespace roots::host
