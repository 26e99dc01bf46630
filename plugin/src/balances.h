// From Personio's balances to the records of the interface. Pure function; nothing is ever added or
// subtracted: Personio's figures are quoted.
#pragma once

#include "model/personio_model.h"

#include <roots/records.hpp>
#include <roots/result.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace roots::personio {

struct QuotedBalances {
  std::vector<Balance> balances;
  // The amount, if any, of each balance whose unit, days or hours, is unknown.
  std::vector<std::optional<std::int64_t>> without_unit;
};

// Whether the list has the type of each balance. If not, it may have been read before a type was created.
[[nodiscard]] bool areTypesListed(const std::vector<TypeBalance> &balances,
                                  const std::vector<TimeOffType> &types);

// The unit of a balance is that of its type. Where the type is not in the list, or has a unit that is neither
// day nor hour, the record has no amount, because the interface has no unit for it: presenting 12.5 hours as
// days would be wrong. The amount is returned separately.
[[nodiscard]] Result<QuotedBalances> quoteBalances(const std::vector<TypeBalance> &balances,
                                                   const std::vector<TimeOffType> &types);

}  // namespace roots::personio
