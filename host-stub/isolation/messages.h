// The protocol between the host and an isolated plugin, as JSON: calls, results, and the plugin's requests
// to the host during a call. Pure. Reading is strict: a missing member, or one of a wrong type, makes the
// whole message unreadable. Records are checked like those of a plugin in this process.
//
//   host -> plugin   {"call":"connect","timeout_ms":n,"settings":{...}}
//   {"call":"fetch_absences","first","last"}
//                    {"cancel":true}   {"secret":text or null}   {"kept":flag}
//   plugin -> host   {"log":level,"text"}   {"progress":permille,"text"}   {"notice":text}
//                    {"load_secret":key}   {"save_secret":key,"value"}
//                    {"status":n, on failure the error, else "account" or "records"}
#pragma once

#include <roots/kit/json.h>
#include <roots/records.hpp>
#include <roots/result.hpp>

#include <optional>
#include <string>
#include <vector>

namespace roots::host {

[[nodiscard]] std::string writeError(const Error &error);
[[nodiscard]] Error readError(kit::JsonView message);

[[nodiscard]] std::string writeAccount(const Account &account);
[[nodiscard]] Result<Account> readAccount(kit::JsonView message);

[[nodiscard]] std::string writeRecords(const std::vector<AbsenceDay> &days);
[[nodiscard]] std::string writeRecords(const std::vector<Week> &weeks);
[[nodiscard]] std::string writeRecords(const std::vector<Balance> &balances);
[[nodiscard]] std::string writeRecords(const std::vector<Lock> &locks);

[[nodiscard]] Result<std::vector<AbsenceDay>> readAbsenceDays(kit::JsonView message, const Days &range);
[[nodiscard]] Result<std::vector<Week>> readWeeks(kit::JsonView message);
[[nodiscard]] Result<std::vector<Balance>> readBalances(kit::JsonView message);
[[nodiscard]] Result<std::vector<Lock>> readLocks(kit::JsonView message,
                                                  const std::vector<std::string> &declared);

// "2026-07-14", or "" for an unknown day.
[[nodiscard]] std::string writeDay(const Date &date);
[[nodiscard]] std::optional<Date> readDay(kit::JsonView view);

}  // namespace roots::host
