// Balances as the provider reports them. Nothing is calculated except for a total over accounts of one kind
// and unit, and no number is rounded.
#include "day/words.h"
#include "view/day_json.h"
#include "view/view_text.h"

#include <algorithm>

namespace roots::host {
namespace {

std::string amountText(long hundredths, Unit unit) {
  if (unit == Unit::days) return decimalText(hundredths) + (hundredths == 100 ? " day" : " days");
  const bool whole_minutes = hundredths * 60 % 100 == 0;
  return (whole_minutes ? formatMinutes(static_cast<int>(hundredths * 60 / 100)) : decimalText(hundredths)) +
         " h";
}

std::string lineOf(const Balance &balance) {
  if (balance.available_hundredths)
    return amountText(*balance.available_hundredths, balance.unit) + " left, planned leave deducted";
  if (balance.current_hundredths)
    return amountText(*balance.current_hundredths, balance.unit) + ", planned leave not deducted";
  return "unknown";
}

// The sum over several accounts of vacation in one unit; nullopt if there is only one, or one is unknown.
std::optional<long> vacationTotal(const std::vector<Balance> &balances, Unit unit) {
  long total = 0;
  int accounts = 0;
  for (const auto &balance : balances) {
    if (balance.kind != Kind::vacation || balance.unit != unit) continue;
    if (!balance.available_hundredths) return std::nullopt;
    total += *balance.available_hundredths;
    ++accounts;
  }
  return accounts > 1 ? std::optional(total) : std::nullopt;
}

bool holdsVacationDays(const std::vector<Balance> &balances) {
  return std::any_of(balances.begin(), balances.end(), [](const Balance &balance) {
    return balance.kind == Kind::vacation && balance.unit == Unit::days;
  });
}

void writeAmount(kit::JsonWriter &writer, const char *name, const std::optional<int> &hundredths) {
  writer.name(name);
  if (hundredths) {
    writer.hundredths(*hundredths);
  } else {
    writer.null();
  }
}

}  // namespace

TextLines balanceText(const std::vector<BalanceView> &views, const ViewContext &context) {
  TextLines text;
  for (const auto &view : views) {
    const std::string source = sourceName(context, view.source);
    text.add(source + ", as of " + view.as_of);
    if (view.balances.empty()) text.add("  " + source + " holds no balance for you.");
    std::size_t widest = 0;
    for (const auto &balance : view.balances) widest = std::max(widest, columnsOf(balance.label));
    for (const auto &balance : view.balances)
      text.add("  " + paddedRight(balance.label, widest + 2) + lineOf(balance));
    for (const Unit unit : {Unit::days, Unit::hours}) {
      if (const auto total = vacationTotal(view.balances, unit))
        text.add("  Vacation in all: " + amountText(*total, unit) + " left");
    }
    if (holdsVacationDays(view.balances))
      text.add("  Expiry dates (often 31 March) are not shown here. See " + source + ".");
  }
  if (views.empty()) text.add("No balance was fetched yet. sync fetches it.");
  return text.add(noteLines(context.notices));
}

std::string balanceJson(const std::vector<BalanceView> &views, const ViewContext &context) {
  kit::JsonWriter writer;
  writer.beginObject();
  writeState(writer, context);
  writer.name("balances").beginArray();
  for (const auto &view : views) {
    for (const auto &balance : view.balances) {
      writer.beginObject()
          .text("source", view.source)
          .text("id", balance.balance_id)
          .text("label", balance.label)
          .text("kind", wordOf(balance.kind));
      // Without an amount, the unit is omitted: providers may not know it.
      if (balance.available_hundredths || balance.current_hundredths) {
        writer.text("unit", wordOf(balance.unit));
      } else {
        writer.null("unit");
      }
      writeAmount(writer, "available", balance.available_hundredths);
      writeAmount(writer, "current", balance.current_hundredths);
      writer.text("as_of", view.as_of).endObject();
    }
  }
  writer.endArray().endObject();
  return writer.finish();
}

}  // namespace roots::host
