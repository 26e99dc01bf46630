#include "benchmark/table.h"

#include <roots/kit/json.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>

namespace roots::benchmarks {
namespace {

constexpr double kMebibyte = 1024.0 * 1024.0;

// Three significant digits; two below one.
std::string number(double value) {
  const int before_point = value > 0 ? static_cast<int>(std::floor(std::log10(value))) + 1 : 1;
  const int digits = before_point >= 1 ? 3 : 2;
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", std::max(0, digits - before_point), value);
  return text.data();
}

std::string timeText(double seconds) {
  if (seconds >= 10) return number(seconds) + " s";
  if (seconds >= 0.9995e-3) return number(seconds * 1e3) + " ms";
  return number(seconds * 1e6) + " µs";
}

std::string bytesText(double bytes) {
  return bytes >= kMebibyte ? number(bytes / kMebibyte) + " MiB" : number(bytes / 1e3) + " kB";
}

struct Shown {
  Spread measured;
  std::optional<Spread> beside;
  std::optional<Spread> ratio;
};

// A time as displayed.
std::vector<double> shownValues(const Row &row, std::vector<double> values) {
  if (row.unit != Unit::speed) return values;
  for (double &value : values) value = row.bytes / value;
  return values;
}

std::vector<double> ratios(const std::vector<double> &values, const std::vector<double> &others) {
  std::vector<double> result;
  const std::size_t most = std::max(values.size(), others.size());
  for (std::size_t index = 0; index < most; ++index)
    result.push_back(values[index % values.size()] / others[index % others.size()]);
  return result;
}

std::optional<Shown> shownOf(const Row &row, const Figures &figures) {
  const auto measured = figures.find(row.measured);
  if (measured == figures.end() || measured->second.empty()) return std::nullopt;
  const std::vector<double> values = shownValues(row, measured->second);
  Shown shown{spreadOf(values), std::nullopt, std::nullopt};
  const auto beside = figures.find(row.beside);
  if (beside == figures.end() || beside->second.empty()) return shown;
  const std::vector<double> others = shownValues(row, beside->second);
  shown.beside = spreadOf(others);
  shown.ratio = spreadOf(ratios(values, others));
  shown.ratio->median = shown.measured.median / shown.beside->median;
  return shown;
}

std::string spreadText(const Spread &spread, Unit unit) {
  const std::string text = quantity(spread.median, unit);
  if (spread.lower == spread.upper) return text;
  return text + " (" + quantity(spread.lower, unit) + " – " + quantity(spread.upper, unit) + ")";
}

std::string ratioText(const Spread &ratio) {
  const std::string text = number(ratio.median);
  if (ratio.lower == ratio.upper) return text;
  return text + " (" + number(ratio.lower) + " – " + number(ratio.upper) + ")";
}

std::string budgetText(const Row &row) {
  switch (row.budget.kind) {
    case Budget::Kind::none:
      return "";
    case Budget::Kind::at_most:
      return "under " + quantity(row.budget.limit, row.unit);
    case Budget::Kind::ratio_at_most:
      return "ratio at most " + number(row.budget.limit);
    case Budget::Kind::ratio_at_least:
      return "ratio at least " + number(row.budget.limit);
  }
  return "";
}

std::optional<bool> isKept(const Row &row, const Shown &shown) {
  switch (row.budget.kind) {
    case Budget::Kind::none:
      return std::nullopt;
    case Budget::Kind::at_most:
      return shown.measured.median < row.budget.limit;
    case Budget::Kind::ratio_at_most:
      return shown.ratio ? std::optional(shown.ratio->median <= row.budget.limit) : std::nullopt;
    case Budget::Kind::ratio_at_least:
      return shown.ratio ? std::optional(shown.ratio->median >= row.budget.limit) : std::nullopt;
  }
  return std::nullopt;
}

std::string keptText(const std::optional<bool> &kept) { return !kept ? "" : *kept ? "yes" : "**no**"; }

// Nanoseconds, bytes, or thousandths: integers, as the JSON writer requires.
std::int64_t whole(double value, Unit unit) {
  const double factor = unit == Unit::time ? 1e9 : unit == Unit::count ? 1e3 : 1;
  return std::llround(value * factor);
}

const char *nameOf(Unit unit) {
  switch (unit) {
    case Unit::time:
      return "nanoseconds";
    case Unit::bytes:
      return "bytes";
    case Unit::count:
      return "thousandths";
    case Unit::speed:
      return "bytes per second";
  }
  return "";
}

void writeSpread(kit::JsonWriter &writer, const char *name, const Spread &spread, Unit unit) {
  writer.name(name).beginObject();
  writer.integer("median", whole(spread.median, unit)).integer("lower_quartile", whole(spread.lower, unit));
  writer.integer("upper_quartile", whole(spread.upper, unit)).endObject();
}

}  // namespace

Spread spreadOf(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const auto at = [&](std::size_t quarter) { return values[(values.size() - 1) * quarter / 4]; };
  const double median =
      values.size() % 2 == 1 ? at(2) : (values[values.size() / 2 - 1] + values[values.size() / 2]) / 2;
  return {median, at(1), values[values.size() - 1 - (values.size() - 1) / 4]};
}

std::string quantity(double value, Unit unit) {
  switch (unit) {
    case Unit::time:
      return timeText(value);
    case Unit::bytes:
      return bytesText(value);
    case Unit::count:
      return std::to_string(std::lround(value));
    case Unit::speed:
      return number(value / 1e6) + " MB/s";
  }
  return "";
}

std::string tableText(const Plan &plan, const Figures &figures) {
  std::string text =
      "| what | measured | beside it | ratio | budget | kept |\n|---|---:|---:|---:|---|---|\n";
  std::string subject;
  for (const Row &row : plan.rows) {
    const auto shown = shownOf(row, figures);
    if (!shown) continue;
    if (row.subject != subject) text += "| **" + row.subject + "** | | | | | |\n";
    subject = row.subject;
    const std::string beside =
        shown->beside ? row.beside_what + ": " + quantity(shown->beside->median, row.unit) : "";
    text += "| " + row.what + " | " + spreadText(shown->measured, row.unit) + " | " + beside + " | " +
            (shown->ratio ? ratioText(*shown->ratio) : "") + " | " + budgetText(row) + " | " +
            keptText(isKept(row, *shown)) + " |\n";
  }
  return text;
}

std::string tableJson(const Plan &plan, const Figures &figures, const std::string &about) {
  kit::JsonWriter writer(kit::JsonWriter::Style::indented);
  writer.beginObject().text("about", about).name("rows").beginArray();
  for (const Row &row : plan.rows) {
    const auto shown = shownOf(row, figures);
    if (!shown) continue;
    writer.beginObject().text("subject", row.subject).text("what", row.what).text("unit", nameOf(row.unit));
    writeSpread(writer, "measured", shown->measured, row.unit);
    if (shown->beside) writer.text("beside_what", row.beside_what);
    if (shown->beside) writeSpread(writer, "beside", *shown->beside, row.unit);
    if (shown->ratio) writeSpread(writer, "ratio_thousandths", *shown->ratio, Unit::count);
    if (const auto kept = isKept(row, *shown)) writer.text("budget", budgetText(row)).flag("kept", *kept);
    writer.endObject();
  }
  writer.endArray().endObject();
  return writer.finish();
}

}  // namespace roots::benchmarks
