// From Personio's JSON to the structs of personio_model.h. Tolerant where reality varies
// (0/1 for booleans, numbers as text, "" or [] for nothing, members that the credential may not read),
// strict where a guess would lie: then Status::unexpected_reply names endpoint and JSON pointer.
// Pure functions.
#pragma once

#include "model/personio_endpoints.h"
#include "model/personio_model.h"

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
  std::string scope;  // the rights of the credentials, separated by blanks; "": not sent
};

// The counts that API v1 sends with a list, if any.
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
  std::string next_cursor;               // API v2: "" on the last page
  std::optional<int> failure_code = {};  // API v1: it reports this failure instead of a list
};

// Replies to a sign-in: nullopt if there is no token in it (v1: or "success" is not true).
[[nodiscard]] std::optional<Token> readTokenV1(const kit::JsonDocument &reply);
[[nodiscard]] std::optional<Token> readTokenV2(const kit::JsonDocument &reply);

// The code inside {"success": false, "error": {"code": 403}}; 0 if there is none; nullopt for success.
[[nodiscard]] std::optional<int> failureCode(const kit::JsonDocument &reply);

// The body of a reply to a GET.
[[nodiscard]] Result<Page<Employee>> readEmployees(std::string body);
[[nodiscard]] Result<Page<AbsenceRow<TimeOff>>> readTimeOffs(std::string body, std::string_view employee_id);
[[nodiscard]] Result<Page<AbsenceRow<AbsencePeriod>>> readAbsencePeriods(std::string body,
                                                                         std::string_view employee_id);
[[nodiscard]] Result<Page<TimeOffType>> readTimeOffTypes(std::string body);
[[nodiscard]] Result<Page<TypeBalance>> readBalances(std::string body);

// API v2 (personio_v2_json.cpp)
[[nodiscard]] Result<Page<AbsenceRow<PeriodV2>>> readPeriodsV2(std::string body, std::string_view person_id);
[[nodiscard]] Result<Page<BreakdownV2>> readBreakdownsV2(std::string body);
[[nodiscard]] Result<Page<TimeOffType>> readAbsenceTypesV2(std::string body);

}  // namespace roots::personio
