// From Personio's JSON to the structs of personio_model.h. Tolerant where reality varies
// (0/1 for booleans, numbers as text, "" or [] for nothing, members that the credential may not read),
// strict where a guess would lie: then Status::unexpected_reply names endpoint and JSON pointer.
// Pure functions.
#pragma once

#include "personio_endpoints.h"
#include "personio_model.h"

#include <roots/kit/http.h>
#include <roots/kit/json.h>
#include <roots/result.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roots::personio {

struct Token {
  std::string text;
  std::chrono::seconds lifetime{0};
  std::string scope;  // the rights of the credentials, separated by blanks; "": not told
};

// What API v1 itself says of a list, if it does.
struct PageCounts {
  std::optional<std::int64_t> total_elements;
  std::optional<std::int64_t> current_page;
  std::optional<std::int64_t> total_pages;
};

// One page of a list.
template <class Item>
struct Page {
  std::vector<Item> items;  // one per row
  PageCounts counts;
  std::string next_cursor;  // API v2: "" on the last page
};

// Replies to a sign-in: nullopt if there is no token in it (v1: or "success" is not true).
[[nodiscard]] std::optional<Token> readTokenV1(const kit::JsonDocument &reply);
[[nodiscard]] std::optional<Token> readTokenV2(const kit::JsonDocument &reply);

// The code inside {"success": false, "error": {"code": 403}}; 0 if it tells none; nullopt for success.
[[nodiscard]] std::optional<int> failureCode(const kit::JsonDocument &reply);

// Replies to a GET, whatever their status: a page, or why there is none.
[[nodiscard]] Result<Page<Employee>> readEmployees(kit::HttpReply reply);
[[nodiscard]] Result<Page<AbsenceRow<TimeOff>>> readTimeOffs(kit::HttpReply reply,
                                                             std::string_view employee_id);
[[nodiscard]] Result<Page<AbsenceRow<AbsencePeriod>>> readAbsencePeriods(kit::HttpReply reply,
                                                                         std::string_view employee_id);
[[nodiscard]] Result<Page<TimeOffType>> readTimeOffTypes(kit::HttpReply reply);
[[nodiscard]] Result<Page<TypeBalance>> readBalances(kit::HttpReply reply);

// API v2 (personio_v2_json.cpp)
[[nodiscard]] Result<Page<AbsenceRow<PeriodV2>>> readPeriodsV2(kit::HttpReply reply,
                                                               std::string_view person_id);
[[nodiscard]] Result<Page<BreakdownV2>> readBreakdownsV2(kit::HttpReply reply);
[[nodiscard]] Result<Page<TimeOffType>> readAbsenceTypesV2(kit::HttpReply reply);

}  // namespace roots::personio
