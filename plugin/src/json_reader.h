// What all readers of Personio's replies share: finding rows and members, and saying where something is
// not as it should be. Borrows the document; lives for one reply.
#pragma once

#include "personio_endpoints.h"
#include "personio_json.h"

#include <roots/kit/civil_date.h>
#include <roots/kit/json.h>
#include <roots/result.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace roots::personio {

class JsonReader {
 public:
  JsonReader(const kit::JsonDocument &document, const Endpoint &endpoint)
      : document_(document), endpoint_(endpoint) {}

  // Reads every row of "data" (v2: "_data") with readRow(attributes), and what is told of other pages.
  template <class Item, class ReadRow>
  [[nodiscard]] Result<Page<Item>> page(ReadRow readRow) {
    const std::string list = document_.root()["_data"].exists() ? "_data" : "data";
    const kit::JsonView rows = document_.root()[list];
    if (!rows.isArray()) return wrong(document_.root(), list, "not a list");
    Page<Item> page;
    readCounts(page.total_elements, page.current_page, page.total_pages);
    if (auto read = readNextCursor(page.next_cursor); !read) return std::move(read).error();
    page.items.reserve(rows.size());
    for (std::size_t index = 0; index < rows.size(); ++index) {
      const kit::JsonView row = rows.at(index);
      const kit::JsonView attributes = row["attributes"].exists() ? row["attributes"] : row;
      if (!attributes.isObject()) return wrong(row, "attributes", "not an object");
      row_place_ =
          "/" + list + "/" + std::to_string(index) + (row["attributes"].exists() ? "/attributes" : "");
      Result<Item> item = readRow(attributes);
      if (!item) return std::move(item).error();
      page.items.push_back(std::move(item).value());
    }
    return page;
  }

  // JSON pointer of the row that page() is reading; costs nothing, unlike placeOf().
  [[nodiscard]] const std::string &rowPlace() const { return row_place_; }
  [[nodiscard]] std::string placeOf(kit::JsonView parent, std::string_view member = {}) const;
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

 private:
  void readCounts(std::optional<std::int64_t> &total_elements, std::optional<std::int64_t> &current_page,
                  std::optional<std::int64_t> &total_pages) const;

  [[nodiscard]] Result<void> readNextCursor(std::string &cursor) const;

  const kit::JsonDocument &document_;
  const Endpoint &endpoint_;
  std::string row_place_;
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
