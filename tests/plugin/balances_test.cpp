#include "balances.h"
#include "support/catch.h"

using namespace roots;
using namespace roots::personio;

namespace {

const std::vector<TimeOffType> kAccountTypes{{"301", "", {"Urlaub", "paid_vacation"}, TypeUnit::days},
                                             {"302", "", {"Ausgleich", "other"}, TypeUnit::hours},
                                             {"303", "", {"Zusatzurlaub", "paid_vacation"}, TypeUnit::days},
                                             {"304", "", {"Sonderurlaub", "other"}, TypeUnit::days},
                                             {"305", "", {"Neu", "other"}, TypeUnit::unknown}};

TypeBalance balance(const std::string &id, const std::string &name, std::optional<std::string> category,
                    std::optional<std::int64_t> current, std::optional<std::int64_t> available) {
  return {id, {name, std::move(category)}, current, available, {}};
}

std::vector<Balance> quoted(const std::vector<TypeBalance> &read) {
  const auto result = quoteBalances(read, kAccountTypes);
  REQUIRE(result.ok());
  return result->balances;
}

}  // namespace

TEST_CASE("both figures are exact to the hundredth, nothing is subtracted", "[balances]") {
  const auto records = quoted({balance("301", "Urlaub", "paid_vacation", 1833, 983)});
  REQUIRE(records.size() == 1);
  CHECK(records[0].current_hundredths == 1833);
  CHECK(records[0].available_hundredths == 983);
  CHECK(records[0].kind == Kind::vacation);
  CHECK(records[0].unit == Unit::days);
  CHECK(records[0].label == "Urlaub");
  CHECK(records[0].balance_id == "301");
}

TEST_CASE("without available_balance the available amount is unknown", "[balances]") {
  const auto records = quoted({balance("301", "Urlaub", "paid_vacation", 1250, std::nullopt)});
  REQUIRE(records.size() == 1);
  CHECK(records[0].current_hundredths == 1250);
  CHECK_FALSE(records[0].available_hundredths.has_value());
}

TEST_CASE("a type counted in hours stays in hours", "[balances]") {
  const auto records = quoted({balance("302", "Ausgleich", "other", 1250, std::nullopt)});
  REQUIRE(records.size() == 1);
  CHECK(records[0].unit == Unit::hours);
  CHECK(records[0].current_hundredths == 1250);
}

TEST_CASE("two kinds of vacation stay two lines", "[balances]") {
  const auto records = quoted({balance("301", "Urlaub", "paid_vacation", 2000, 2000),
                               balance("303", "Zusatzurlaub", "paid_vacation", 300, 300)});
  REQUIRE(records.size() == 2);
  CHECK(records[0].available_hundredths == 2000);
  CHECK(records[1].available_hundredths == 300);
}

TEST_CASE("a negative balance is not cut off", "[balances]") {
  const auto records = quoted({balance("301", "Urlaub", "paid_vacation", -150, -150)});
  REQUIRE(records.size() == 1);
  CHECK(records[0].available_hundredths == -150);
}

TEST_CASE("no balance results in no record, not in one of 0", "[balances]") { CHECK(quoted({}).empty()); }

TEST_CASE("defect 44: special leave is not the vacation account", "[balances]") {
  const auto records = quoted({balance("304", "Sonderurlaub", "other", 200, 200),
                               balance("301", "Annual leave", "paid_vacation", 1000, 1000)});
  REQUIRE(records.size() == 2);
  CHECK(records[0].kind == Kind::personal);
  CHECK(records[1].kind == Kind::vacation);
}

TEST_CASE("a balance without a category takes that of its type", "[balances]") {
  const auto records = quoted({balance("301", "Freie Tage", std::nullopt, 100, 100)});
  REQUIRE(records.size() == 1);
  CHECK(records[0].kind == Kind::vacation);
}

TEST_CASE("a balance whose type or unit is unknown is kept, without an amount that could mislead",
          "[balances]") {
  const auto result = quoteBalances(
      {balance("305", "Neu", "other", 100, 1250), balance("999", "Sabbatkonto", "other", 1, std::nullopt),
       balance("998", "?", "other", std::nullopt, std::nullopt),
       balance("301", "Urlaub", "paid_vacation", 100, 100)},
      kAccountTypes);
  REQUIRE(result.ok());
  REQUIRE(result->balances.size() == 4);
  for (std::size_t index = 0; index < 3; ++index) {
    CHECK_FALSE(result->balances[index].available_hundredths.has_value());
    CHECK_FALSE(result->balances[index].current_hundredths.has_value());
  }
  CHECK(result->balances[0].label == "Neu");
  CHECK(result->balances[0].balance_id == "305");
  CHECK(result->balances[1].label == "Sabbatkonto");
  CHECK(result->balances[3].available_hundredths == 100);
  REQUIRE(result->without_unit.size() == 3);
  CHECK(result->without_unit[0] == 1250);  // the available balance takes precedence
  CHECK(result->without_unit[1] == 1);
  CHECK_FALSE(result->without_unit[2].has_value());
}

TEST_CASE("two balances of one type are an error", "[balances]") {
  const auto result = quoteBalances({balance("301", "Urlaub", "paid_vacation", 100, 100),
                                     balance("301", "Urlaub", "paid_vacation", 200, 200)},
                                    kAccountTypes);
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().status == Status::unexpected_reply);
}

TEST_CASE("an amount that is out of range is an error", "[balances]") {
  CHECK_FALSE(quoteBalances({balance("301", "Urlaub", "paid_vacation", 99999999999, 1)}, kAccountTypes).ok());
  CHECK_FALSE(
      quoteBalances({balance("301", "Urlaub", "paid_vacation", -2147483648LL, 1)}, kAccountTypes).ok());
}
