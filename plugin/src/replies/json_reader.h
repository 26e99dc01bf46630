// What all readers of Personio's lists share: iterating over the rows, finding members, and reporting the
// place of an error. Lives for the body of one reply; only one row is held as JSON at a time.
#pragma once

#include "model/personio_endpoints.h"
#include "replies/local_day.h"
#include "replies/personio_json.h"

#include <roots/kit/civil_date.h>
#include <roots/kit/json.h>
#include <roots/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace roots::personio {

// The body of a list without its rows ("data", v2: "_data"), which are handed over one by one. Rows are void
// if it fails.
[[nodiscard]] Result<kit::JsonDocument> parseRows(const Endpoint &endpoint, std::string body,
                                                  const kit::OnElement &onRow);

class JsonReader {
 public:
  explicit JsonReader(const Endpoint &endpoint) : endpoint_(endpoint) {}

  // Reads every row of "data" (v2: "_data") with readRow(attributes, item) -> Result<void>, which fills the
  // item in place, and the references to other pages. Errors of the reply as a whole take precedence over
  // errors of a row.
  template <class Item, class ReadRow>
  [[nodiscard]] Result<Page<Item>> page(std::string body, ReadRow readRow) {
    Page<Item> page;
    page.items.reserve(body.size() / kMinBytesPerRow);
    std::optional<Error> wrong_row;
    const auto rest = parseRows(endpoint_, std::move(body), [&](const kit::JsonElement &row) {
      if (wrong_row) return;
      element_ = &row;
      if (row.index == kMaxRows) {
        wrong_row = wrong(row.document.root(), {}, "more rows than requested");
        return;
      }
      Result<kit::JsonView> attributes = attributesOf(row.document.root());
      Result<void> read = attributes ? readRow(*attributes, page.items.emplace_back())
                                     : Result<void>(std::move(attributes).error());
      element_ = nullptr;
      if (!read) wrong_row = std::move(read).error();
    });
    if (!rest) return rest.error();
    page.failure_code = failureCode(*rest);
    if (page.failure_code) return page;
    if (auto read = readEnvelope(*rest, page.counts, page.next_cursor); !read) return std::move(read).error();
    if (wrong_row) return *std::move(wrong_row);
    return page;
  }

  // Of the row that page() is reading.
  [[nodiscard]] RowPlace rowPlace() const {
    return {element_->list == "_data", is_wrapped_, element_->index};
  }
  // "... was not understood: /data/0/attributes/status is <what>"; the member may be missing.
  [[nodiscard]] Error wrong(kit::JsonView parent, std::string_view member, std::string_view what) const;

  [[nodiscard]] Result<std::string> id(kit::JsonView parent, std::string_view member) const;
  // A local day. A time zone in the same object ("timezone_id", "timezone") is used if necessary.
  [[nodiscard]] Result<kit::CivilDate> date(kit::JsonView parent, std::string_view member) const;
  // The same with the name of a zone from elsewhere; "": none.
  [[nodiscard]] Result<LocalDay> localDay(kit::JsonView parent, std::string_view member,
                                          std::string_view zone) const;
  // No such member, null and the like: nullopt. Anything else must be of the type.
  [[nodiscard]] Result<std::optional<kit::CivilDate>> optionalDate(kit::JsonView parent,
                                                                   std::string_view member) const;
  [[nodiscard]] Result<std::optional<std::int64_t>> optionalHundredths(kit::JsonView parent,
                                                                       std::string_view member) const;
  [[nodiscard]] Result<bool> flag(kit::JsonView parent, std::string_view member) const;  // nothing: false
  // Whole minutes of one day, 0 ... 1440.
  [[nodiscard]] Result<int> minutesOfDay(kit::JsonView parent, std::string_view member) const;
  // What both versions of the API send of a type of absence: all but id_v2.
  [[nodiscard]] Result<void> timeOffType(kit::JsonView attributes, TimeOffType &type) const;

 private:
  static constexpr std::size_t kMaxRows = 100'000;     // requested are 200
  static constexpr std::size_t kMinBytesPerRow = 450;  // seen: 500 to 1,000

  [[nodiscard]] Result<kit::JsonView> attributesOf(kit::JsonView row);
  [[nodiscard]] Result<void> readEnvelope(const kit::JsonDocument &rest, PageCounts &counts,
                                          std::string &next_cursor) const;
  [[nodiscard]] Result<std::string> nextCursorIn(kit::JsonView holder, const std::string &place) const;
  [[nodiscard]] Error wrongAt(std::string place, std::string_view member, std::string_view what) const;

  const Endpoint &endpoint_;
  const kit::JsonElement *element_ = nullptr;  // the row that is being read
  bool is_wrapped_ = false;                    // its members are in "attributes"
};

// The value of an attribute {"label": ..., "value": ...}; a bare value counts as well.
[[nodiscard]] kit::JsonView attributeValue(kit::JsonView attributes, std::string_view key);
// Text, or "" for anything else.
[[nodiscard]] std::string readText(kit::JsonView view);
// An identifier as text, or "".
[[nodiscard]] std::string readId(kit::JsonView view);
// Type, attributes -> attributes; a flat object stays as it is.
[[nodiscard]] kit::JsonView withoutWrapping(kit::JsonView view);
// "name" and "category" of a type of absence.
[[nodiscard]] AbsenceType readAbsenceType(kit::JsonView type);
// "day", "DAY", "hours" and the like.
[[nodiscard]] TypeUnit readTypeUnit(kit::JsonView unit);

}  // namespace roots::personio
