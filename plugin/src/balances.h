// From Personio's balances to the records of the interface. Pure function; nothing is ever added or
// subtracted: Personio's figures are quoted.
#pragma once

#include "personio_model.h"

#include <roots/records.hpp>
#include <roots/result.hpp>

#include <vector>

namespace roots::personio {

struct QuotedBalances {
  std::vector<Balance> balances;
  int without_unit = 0;  // left out: nobody says whether they count days or hours
};

// The unit of a balance is that of its type. A type that is not in the list, or has a unit that is
// neither day nor hour, is left out and counted: taking 12.5 hours for days would be a lie.
[[nodiscard]] Result<QuotedBalances> quoteBalances(const std::vector<TypeBalance> &balances,
                                                   const std::vector<TimeOffType> &types);

}  // namespace roots::personio
