#include "balances.h"

#include "absences/absence_kind.h"
#include "errors/personio_errors.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

namespace roots::personio {
namespace {

// False if the amount does not fit into the interface (whose lowest number means "unknown").
bool copyAmount(const std::optional<std::int64_t> &from, std::optional<int> &to) {
  if (!from) return true;
  if (*from <= std::numeric_limits<std::int32_t>::min() || *from > std::numeric_limits<std::int32_t>::max())
    return false;
  to = static_cast<int>(*from);
  return true;
}

// The balance's own category, or the type's where the balance has none.
AbsenceType typeWithCategory(const TypeBalance &balance, const TimeOffType *type) {
  AbsenceType joined = balance.type;
  if (type == nullptr) return joined;
  if (!joined.category) joined.category = type->type.category;
  if (joined.name.empty()) joined.name = type->type.name;
  return joined;
}

}  // namespace

bool areTypesListed(const std::vector<TypeBalance> &balances, const std::vector<TimeOffType> &types) {
  return std::all_of(balances.begin(), balances.end(),
                     [&](const TypeBalance &balance) { return findType(types, balance.type_id) != nullptr; });
}

Result<QuotedBalances> quoteBalances(const std::vector<TypeBalance> &balances,
                                     const std::vector<TimeOffType> &types) {
  QuotedBalances quoted;
  std::set<std::string> seen;
  for (const TypeBalance &balance : balances) {
    if (!seen.insert(balance.type_id).second) {
      return unexpectedReply(kBalanceOfEmployee, balance.place.pointer(),
                             "a second balance of the same type");
    }
    const TimeOffType *type = findType(types, balance.type_id);
    const AbsenceType joined = typeWithCategory(balance, type);
    Balance record;
    record.kind = classify(joined).kind;
    record.balance_id = balance.type_id;
    record.label = joined.name;
    if (type == nullptr || type->unit == TypeUnit::unknown) {
      const bool has_available = balance.available_balance_hundredths.has_value();
      quoted.without_unit.push_back(has_available ? balance.available_balance_hundredths
                                                  : balance.balance_hundredths);
      quoted.balances.push_back(std::move(record));
      continue;
    }
    record.unit = type->unit == TypeUnit::hours ? Unit::hours : Unit::days;
    if (!copyAmount(balance.available_balance_hundredths, record.available_hundredths) ||
        !copyAmount(balance.balance_hundredths, record.current_hundredths)) {
      return unexpectedReply(kBalanceOfEmployee, balance.place.pointer(), "too large a balance");
    }
    quoted.balances.push_back(std::move(record));
  }
  return quoted;
}

}  // namespace roots::personio
