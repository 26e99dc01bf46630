#include "moco/moco_pages.h"

#include <roots/kit/link_header.h>
#include <roots/kit/url.h>

#include <array>
#include <charconv>
#include <functional>

namespace roots::host {
namespace {

std::optional<std::int64_t> numberIn(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = problem == std::errc() && end == text.data() + text.size() && number >= 0;
  return is_number ? std::optional(number) : std::nullopt;
}

std::optional<std::int64_t> numberIn(const kit::HttpReply &reply, std::string_view header) {
  const auto text = reply.header(header);
  return text ? numberIn(*text) : std::nullopt;
}

}  // namespace

// The metadata of one page.
struct ListPages::PageHeaders {
  std::optional<std::int64_t> total;
  std::optional<std::int64_t> page;
  std::optional<std::int64_t> per_page;
  bool has_next = false;
  std::optional<std::int64_t> next_page;
  bool has_links = false;  // to pages of the list

  explicit PageHeaders(const kit::HttpReply &reply)
      : total(numberIn(reply, "X-Total")),
        page(numberIn(reply, "X-Page")),
        per_page(numberIn(reply, "X-Per-Page")) {
    constexpr std::array<std::string_view, 5> relations{"first", "prev", "previous", "next", "last"};
    for (const kit::Link &link : kit::linksOf(reply)) {
      for (const std::string_view relation : relations) has_links = has_links || link.hasRelation(relation);
      if (!link.hasRelation("next")) continue;
      has_next = true;
      // Only the number is used: a reply never determines the host of a request.
      if (const auto number = kit::queryValue(link.target, "page")) next_page = numberIn(*number);
    }
  }
};

ListPages::Next ListPages::inconsistent(std::string problem) {
  problem_ = std::move(problem);
  return Next::inconsistent;
}

ListPages::Next ListPages::another() {
  ++number_;
  return Next::another_page;
}

ListPages::Next ListPages::byTotal(const PageHeaders &headers, std::size_t rows) {
  const bool has_changed = total_ && *total_ != *headers.total;
  total_ = headers.total;
  if (has_changed) return Next::changed;
  if (seen_ == *headers.total && (!headers.has_next || rows == 0)) return Next::complete;
  if (seen_ > *headers.total || rows == 0) {
    return inconsistent("X-Total is " + std::to_string(*headers.total) + ", but " + std::to_string(seen_) +
                        " rows came");
  }
  return another();
}

// For a list of unknown length.
bool ListPages::isLast(const PageHeaders &headers, std::int64_t rows) const {
  if (headers.has_next) return false;
  if (headers.has_links || rows == 0) return true;
  // Neither a length nor a link: a page that is not full is the last one.
  if (headers.per_page) return rows < *headers.per_page;
  return number_ > 1 && rows < rows_of_first_;
}

ListPages::Next ListPages::take(const kit::HttpReply &reply, std::size_t rows) {
  const PageHeaders headers(reply);
  const auto count = static_cast<std::int64_t>(rows);
  const std::size_t body = std::hash<std::string>()(reply.body);
  if (headers.page && *headers.page != number_) {
    return inconsistent("page " + std::to_string(*headers.page) + " came for page " +
                        std::to_string(number_));
  }
  if (headers.per_page && count > *headers.per_page)
    return inconsistent("a page holds more rows than X-Per-Page says");
  if (number_ > 1 && rows > 0 && body == last_body_) return inconsistent("the same page came twice");
  if (headers.next_page && *headers.next_page != number_ + 1)
    return inconsistent("the link to the next page leads to page " + std::to_string(*headers.next_page));
  last_body_ = body;
  seen_ += count;
  if (number_ == 1) rows_of_first_ = count;
  if (headers.total) return byTotal(headers, rows);
  if (headers.has_next && rows == 0) return inconsistent("an empty page has a next one");
  return isLast(headers, count) ? Next::complete : another();
}

}  // namespace roots::host
