// What all readers of Personio's lists share: going through the rows, finding members, and saying where
// something is not as it should be. Lives for one reply; only one row is held as JSON at a time.
#pragma once

#include "personio_endpoints.h"
#include "personio_json.h"
#include "reply_decisions.h"

#include <roots/kit/civil_date.h>
#include <roots/kit/http.h>
#include <roots/kit/json.h>
#include <roots/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace roots::personio {

class JsonReader {
 public:
  explicit JsonReader(const Endpoint &endpoint) : endpoint_(endpoint) {}

  // Reads every row of "data" (v2: "_data") with readRow(attributes, item) -> Result<void>, which fills an
  // item where it stays, and what is told of other pages. What the reply as a whole says goes before what is
  // wrong with a row.
  template <class Item, class ReadRow>
  [[nodiscard]] Result<Page<Item>> page(kit::HttpReply reply, ReadRow readRow) {
    Page<Item> page;
    page.items.reserve(reply.body.size() / kFewestBytesOfRow);
    std::optional<Error> wrong_row;
    const auto rest = listFrom(endpoint_, std::move(reply), [&](const kit::JsonElement &row) {
      if (wrong_row) return;
      element_ = &row;
      if (row.index == kMostRows) {
        wrong_row = wrong(row.document.root(), {}, "more rows than anybody asked for");
        return;
      }
      Result<kit::JsonView> attributes = attributesOf(row.document.root());
      Result<void> read = attributes ? readRow(*attributes, page.items.emplace_back())
                                     : Result<void>(std::move(attributes).error());
      element_ = nullptr;
      if (!read) wrong_row = std::move(read).error();
    });
    if (!rest) return rest.error();
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
  [[nodiscard]] Result<kit::CivilDate> date(kit::JsonView parent, std::string_view member) const;
  // No such member, null and the like: nullopt. Anything else must be of the type.
  [[nodiscard]] Result<std::optional<kit::CivilDate>> optionalDate(kit::JsonView parent,
                                                                   std::string_view member) const;
  [[nodiscard]] Result<std::optional<std::int64_t>> optionalHundredths(kit::JsonView parent,
                                                                       std::string_view member) const;
  [[nodiscard]] Result<bool> flag(kit::JsonView parent, std::string_view member) const;  // nothing: false
  // Whole minutes of one day, 0 ... 1440.
  [[nodiscard]] Result<int> minutesOfDay(kit::JsonView parent, std::string_view member) const;
  // What both versions of the API tell of a type of absence: all but id_v2.
  [[nodiscard]] Result<void> timeOffType(kit::JsonView attributes, TimeOffType &type) const;

 private:
  static constexpr std::size_t kMostRows = 100'000;      // asked for are 200
  static constexpr std::size_t kFewestBytesOfRow = 450;  // seen: 500 to 1,000

  [[nodiscard]] Result<kit::JsonView> attributesOf(kit::JsonView row);
  [[nodiscard]] Result<void> readEnvelope(const kit::JsonDocument &rest, PageCounts &counts,
                                          std::string &next_cursor) const;
  [[nodiscard]] Result<kit::CivilDate> dateIn(kit::JsonView value, kit::JsonView parent,
                                              std::string_view member) const;
  [[nodiscard]] Error wrongAt(std::string place, std::string_view member, std::string_view what) const;

  const Endpoint &endpoint_;
  const kit::JsonElement *element_ = nullptr;  // the row that is being read
  bool is_wrapped_ = false;                    // its members are in "attributes"
};

// The value of an attribute {"label": ..., "value": ...}; a bare value counts as well.
[[nodiscard]] kit::JsonView attributeValue(kit::JsonView attributes, std::string_view key);
// Text, or "" for anything else.
[[nodiscard]] std::string textOr(kit::JsonView view);
// An identifier as text, or "".
[[nodiscard]] std::string idOr(kit::JsonView view);
// Type, attributes -> attributes; a flat object stays as it is.
[[nodiscard]] kit::JsonView withoutWrapping(kit::JsonView view);
// "name" and "category" of a type of absence.
[[nodiscard]] AbsenceType absenceTypeOf(kit::JsonView type);
// "day", "DAY", "hours" and the like.
[[nodiscard]] TypeUnit typeUnitOf(kit::JsonView unit);

}  // namespace roots::personio
