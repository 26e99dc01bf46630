#include "replies/json_reader.h"

#include "errors/personio_errors.h"

#include <roots/kit/ascii.h>
#include <roots/kit/url.h>

#include <algorithm>

namespace roots::personio {
namespace {

// The name of the time zone in a row; "" if there is none.
std::string_view readZone(kit::JsonView parent) {
  const std::string_view zone = parent["timezone_id"].asText().value_or(std::string_view());
  return zone.empty() ? parent["timezone"].asText().value_or(std::string_view()) : zone;
}

}  // namespace

Result<kit::JsonDocument> parseRows(const Endpoint &endpoint, std::string body, const kit::OnElement &onRow) {
  Result<kit::JsonDocument> rest = kit::JsonDocument::parseList(std::move(body), {"data", "_data"}, onRow);
  if (!rest) return unexpectedReply(endpoint, "", "not valid JSON");
  if (!rest->root().isObject()) return unexpectedReply(endpoint, "", "not an object");
  return rest;
}

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
  std::string id = readId(attributeValue(parent, member));
  if (id.empty()) return wrong(parent, member, "not an identifier");
  return id;
}

Result<LocalDay> JsonReader::localDay(kit::JsonView parent, std::string_view member,
                                      std::string_view zone) const {
  const std::optional<std::string_view> text = parent[member].asText();
  const ReadDay read = text ? readDay(*text, zone) : ReadDay{};
  if (read.day) return *read.day;
  return wrong(parent, member,
               read.fault == DayFault::zone_needed ? "a time with an unknown time zone" : "not a date");
}

Result<kit::CivilDate> JsonReader::date(kit::JsonView parent, std::string_view member) const {
  const Result<LocalDay> read = localDay(parent, member, readZone(parent));
  if (!read) return read.error();
  return read->date;
}

Result<std::optional<kit::CivilDate>> JsonReader::optionalDate(kit::JsonView parent,
                                                               std::string_view member) const {
  if (parent[member].isBlank()) return std::optional<kit::CivilDate>();
  Result<kit::CivilDate> read = date(parent, member);
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
  if (!read) return wrong(parent, member, "not true or false");
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
  type.type = readAbsenceType(attributes);
  type.unit = readTypeUnit(attributes["unit"]);
  return {};
}

// The link to the next page may be absolute or relative, and on the last page be absent, null or empty. Most
// lists keep it in "_meta", some in "meta", beside "data". Only its cursor is used: a reply never
// determines the target of a request.
Result<void> JsonReader::readEnvelope(const kit::JsonDocument &rest, PageCounts &counts,
                                      std::string &next_cursor) const {
  const kit::JsonView root = rest.root();
  const std::string list = root["_data"].exists() ? "_data" : "data";
  if (!root[list].isArray()) return wrongAt("", list, "not a list");
  if (list == "_data" && root["data"].exists()) return wrongAt("", list, "a second list beside /data");
  const kit::JsonView metadata = root["metadata"];
  counts = {metadata["total_elements"].asInteger(), metadata["current_page"].asInteger(),
            metadata["total_pages"].asInteger()};

  for (const std::string_view name : {"_meta", "meta", ""}) {
    const kit::JsonView holder = name.empty() ? root : root[name];
    if (!holder.isBlank() && !holder.isObject()) return wrongAt("", name, "not an object");
    const std::string place = name.empty() ? "" : "/" + std::string(name);
    Result<std::string> cursor = nextCursorIn(holder, place);
    if (!cursor) return std::move(cursor).error();
    if (cursor->empty()) continue;
    if (!next_cursor.empty() && next_cursor != *cursor)
      return wrongAt(place + "/links", "next", "another page than the other link to the next one");
    next_cursor = *std::move(cursor);
  }
  return {};
}

Result<std::string> JsonReader::nextCursorIn(kit::JsonView holder, const std::string &place) const {
  const kit::JsonView links = holder["links"];
  if (!links.isBlank() && !links.isObject()) return wrongAt(place, "links", "not an object");
  const kit::JsonView href = links["next"].isObject() ? links["next"]["href"] : links["next"];
  if (href.isBlank()) return std::string();
  std::string cursor = kit::queryValue(readText(href), "cursor").value_or("");
  if (cursor.empty()) return wrongAt(place + "/links", "next", "a link without a cursor");
  return cursor;
}

kit::JsonView attributeValue(kit::JsonView attributes, std::string_view key) {
  const kit::JsonView attribute = attributes[key];
  const kit::JsonView value = attribute["value"];
  return value.exists() ? value : attribute;
}

// JSON may contain a NUL, but no text of the provider interface may.
std::string readText(kit::JsonView view) {
  std::string text(view.asText().value_or(std::string_view()));
  text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());
  return text;
}

// IDs containing NUL are rejected, for the same reason.
std::string readId(kit::JsonView view) {
  std::optional<std::string> id = view.asId();
  return id && id->find('\0') == std::string::npos ? *std::move(id) : std::string();
}

kit::JsonView withoutWrapping(kit::JsonView view) {
  const kit::JsonView attributes = view["attributes"];
  return attributes.isObject() ? attributes : view;
}

AbsenceType readAbsenceType(kit::JsonView type) {
  AbsenceType read;
  read.name = readText(type["name"]);
  if (const auto category = type["category"].asText(); category && !category->empty())
    read.category = std::string(*category);
  return read;
}

TypeUnit readTypeUnit(kit::JsonView unit) {
  const std::string text = kit::lowered(readText(unit));
  if (text == "day" || text == "days") return TypeUnit::days;
  if (text == "hour" || text == "hours") return TypeUnit::hours;
  return TypeUnit::unknown;
}

}  // namespace roots::personio
