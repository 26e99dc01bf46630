#include "json_reader.h"

#include "lower_case.h"
#include "personio_errors.h"

#include <roots/kit/url.h>

#include <algorithm>

namespace roots::personio {
namespace {

constexpr std::int64_t kMinutesOfDay = 24 * 60;

bool endsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// "2026-07-13T22:00:00Z" is a day later in Berlin. A moment of universal time names a local day only at
// midnight, where Personio means the date itself.
bool isAnotherDayElsewhere(std::string_view text) {
  constexpr std::size_t date_length = 10;
  if (text.size() <= date_length) return false;
  const bool universal = endsWith(text, "Z") || endsWith(text, "+00:00") || endsWith(text, "+0000");
  return universal && text.substr(date_length + 1, 5) != "00:00";
}

}  // namespace

Error JsonReader::wrong(kit::JsonView parent, std::string_view member, std::string_view what) const {
  const RowPlace row{rowPlace().in_v2_list, false, element_->index};
  return wrongAt(row.pointer() + element_->document.pointerTo(parent), member, what);
}

Error JsonReader::wrongAt(std::string place, std::string_view member, std::string_view what) const {
  if (!member.empty()) place.append("/").append(member);
  return unexpectedReply(endpoint_, place, what);
}

Result<kit::JsonView> JsonReader::attributesOf(kit::JsonView row) {
  const kit::JsonView wrapped = row["attributes"];
  is_wrapped_ = wrapped.exists();
  const kit::JsonView attributes = is_wrapped_ ? wrapped : row;
  if (!attributes.isObject()) return wrong(row, "attributes", "not an object");
  return attributes;
}

Result<std::string> JsonReader::id(kit::JsonView parent, std::string_view member) const {
  std::string id = idOr(attributeValue(parent, member));
  if (id.empty()) return wrong(parent, member, "not an identifier");
  return id;
}

Result<kit::CivilDate> JsonReader::dateIn(kit::JsonView value, kit::JsonView parent,
                                          std::string_view member) const {
  const std::optional<std::string_view> text = value.asText();
  const std::optional<kit::CivilDate> date = text ? kit::parseLeadingDate(*text) : std::nullopt;
  if (!date) return wrong(parent, member, "not a date");
  if (isAnotherDayElsewhere(*text)) return wrong(parent, member, "a moment, not a day");
  return *date;
}

Result<kit::CivilDate> JsonReader::date(kit::JsonView parent, std::string_view member) const {
  return dateIn(parent[member], parent, member);
}

Result<std::optional<kit::CivilDate>> JsonReader::optionalDate(kit::JsonView parent,
                                                               std::string_view member) const {
  const kit::JsonView value = parent[member];
  if (value.isBlank()) return std::optional<kit::CivilDate>();
  Result<kit::CivilDate> read = dateIn(value, parent, member);
  if (!read) return std::move(read).error();
  return std::optional<kit::CivilDate>(*read);
}

Result<std::optional<std::int64_t>> JsonReader::optionalHundredths(kit::JsonView parent,
                                                                   std::string_view member) const {
  const kit::JsonView value = parent[member];
  if (value.isBlank()) return std::optional<std::int64_t>();
  const std::optional<std::int64_t> read = value.asHundredths();
  if (!read) return wrong(parent, member, "not a number");
  return read;
}

Result<bool> JsonReader::flag(kit::JsonView parent, std::string_view member) const {
  const kit::JsonView value = parent[member];
  if (value.isBlank()) return false;
  const std::optional<bool> read = value.asFlag();
  if (!read) return wrong(parent, member, "neither yes nor no");
  return *read;
}

Result<int> JsonReader::minutesOfDay(kit::JsonView parent, std::string_view member) const {
  const std::optional<std::int64_t> read = parent[member].asInteger();
  if (!read || *read < 0 || *read > kMinutesOfDay) return wrong(parent, member, "not the minutes of one day");
  return static_cast<int>(*read);
}

Result<void> JsonReader::timeOffType(kit::JsonView attributes, TimeOffType &type) const {
  Result<std::string> read = id(attributes, "id");
  if (!read) return std::move(read).error();
  type.id = *std::move(read);
  type.type = absenceTypeOf(attributes);
  type.unit = typeUnitOf(attributes["unit"]);
  return {};
}

// The link to the next page may be absolute or relative, and on the last page be absent, null or empty.
// Only its cursor is used: a request never goes where a reply says.
Result<void> JsonReader::readEnvelope(const kit::JsonDocument &rest, PageCounts &counts,
                                      std::string &next_cursor) const {
  const kit::JsonView root = rest.root();
  const std::string list = root["_data"].exists() ? "_data" : "data";
  if (!root[list].isArray()) return wrongAt("", list, "not a list");
  if (list == "_data" && root["data"].exists()) return wrongAt("", list, "a second list beside /data");
  const kit::JsonView metadata = root["metadata"];
  counts = {metadata["total_elements"].asInteger(), metadata["current_page"].asInteger(),
            metadata["total_pages"].asInteger()};

  const kit::JsonView meta = root["_meta"];
  if (!meta.isBlank() && !meta.isObject()) return wrongAt("", "_meta", "not an object");
  const kit::JsonView links = meta["links"];
  if (!links.isBlank() && !links.isObject()) return wrongAt("/_meta", "links", "not an object");
  const kit::JsonView href = links["next"].isObject() ? links["next"]["href"] : links["next"];
  if (href.isBlank()) return {};
  next_cursor = kit::queryValue(textOr(href), "cursor").value_or("");
  if (next_cursor.empty()) return wrongAt("/_meta/links", "next", "a link without a cursor");
  return {};
}

kit::JsonView attributeValue(kit::JsonView attributes, std::string_view key) {
  const kit::JsonView attribute = attributes[key];
  const kit::JsonView value = attribute["value"];
  return value.exists() ? value : attribute;
}

// A NUL may be written in JSON, but no text of the provider interface may hold one.
std::string textOr(kit::JsonView view) {
  std::string text(view.asText().value_or(std::string_view()));
  text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());
  return text;
}

// One with a NUL is none, for the same reason.
std::string idOr(kit::JsonView view) {
  std::optional<std::string> id = view.asId();
  return id && id->find('\0') == std::string::npos ? *std::move(id) : std::string();
}

kit::JsonView withoutWrapping(kit::JsonView view) {
  const kit::JsonView attributes = view["attributes"];
  return attributes.isObject() ? attributes : view;
}

AbsenceType absenceTypeOf(kit::JsonView type) {
  AbsenceType read;
  read.name = textOr(type["name"]);
  if (const auto category = type["category"].asText(); category && !category->empty()) {
    read.category = std::string(*category);
  }
  return read;
}

TypeUnit typeUnitOf(kit::JsonView unit) {
  const std::string text = lowerCase(textOr(unit));
  if (text == "day" || text == "days") return TypeUnit::days;
  if (text == "hour" || text == "hours") return TypeUnit::hours;
  return TypeUnit::unknown;
}

}  // namespace roots::personio
