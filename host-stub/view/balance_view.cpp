// Balances as the provider counts them. Nothing is ever added or subtracted here but a total over accounts
// of one kind and unit, and no number is rounded.
#include "day/words.h"
#include "view/view_text.h"

#include <algorithm>
#include <sstream>

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
  return "not told";
}

// The sum over several accounts of vacation in one unit; nullopt if there is one only, or one is not told.
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
  if (hundredths)
    writer.hundredths(*hundredths);
  else
    writer.null();
}

}  // namespace

std::string balanceText(const std::vector<BalanceView> &views, const ViewContext &context) {
  std::ostringstream text;
  for (const auto &view : views) {
    const std::string source = sourceName(context, view.source);
    text << source << ", as of " << view.as_of << "\n";
    if (view.balances.empty()) text << "  " << source << " holds no balance for you.\n";
    std::size_t widest = 0;
    for (const auto &balance : view.balances) widest = std::max(widest, columnsOf(balance.label));
    for (const auto &balance : view.balances)
      text << "  " << paddedRight(balance.label, widest + 2) << lineOf(balance) << "\n";
    for (const Unit unit : {Unit::days, Unit::hours}) {
      if (const auto total = vacationTotal(view.balances, unit))
        text << "  Vacation in all: " << amountText(*total, unit) << " left\n";
    }
    if (holdsVacationDays(view.balances))
      text << "  Whether part of it expires (often on 31 March) is not told here; " << source
           << " shows it.\n";
  }
  if (views.empty()) text << "No balance was fetched yet. sync fetches it.\n";
  text << noteLines(context.notices);
  return text.str();
}

std::string balanceJson(const std::vector<BalanceView> &views, const ViewContext &context) {
  kit::JsonWriter writer;
  writer.beginObject();
  if (context.stale_since)
    writer.text("stale_since", *context.stale_since);
  else
    writer.null("stale_since");
  writer.name("balances").beginArray();
  for (const auto &view : views) {
    for (const auto &balance : view.balances) {
      writer.beginObject()
          .text("source", view.source)
          .text("id", balance.balance_id)
          .text("label", balance.label)
          .text("kind", wordOf(balance.kind))
          .text("unit", wordOf(balance.unit));
      writeAmount(writer, "available", balance.available_hundredths);
      writeAmount(writer, "current", balance.current_hundredths);
      writer.text("as_of", view.as_of).endObject();
    }
  }
  writer.endArray().texts("notices", context.notices).endObject();
  return writer.finish();
}

}  // namespace roots::host
