// Interprets Larkspur's replies: text in, records out. Pure functions, so that each rule has a test without a
// network. Each error is Status::unexpected_reply and names the member that was not understood, never its
// value: replies contain personal data.
#pragma once

#include <roots/kit/civil_date.h>
#include <roots/records.hpp>
#include <roots/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace larkspur {

[[nodiscard]] roots::Result<std::string> readToken(std::string_view reply);

[[nodiscard]] roots::Result<roots::Account> readProfile(std::string_view reply);

// One record for each approved day in the requested range. Services often send more than requested; the
// interface requires these days only.
[[nodiscard]] roots::Result<std::vector<roots::AbsenceDay>> readAbsences(std::string_view reply,
                                                                         roots::kit::CivilDays days);

[[nodiscard]] roots::Result<roots::Week> readWorkingWeek(std::string_view reply);

[[nodiscard]] roots::Result<std::vector<roots::Balance>> readAllowances(std::string_view reply);

}  // namespace larkspur
