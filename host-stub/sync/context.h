// What was fetched, and what is known about its age: the last good answer of each source stays in force
// until a better one replaces it, as a whole, for the days that were asked for. Plain values and pure
// functions; context_store.h keeps them on disk.
#pragma once

#include "day/model.h"

#include <roots/kit/json.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roots::host {

// How a kind of data stands. Times are UTC, "2026-11-24T09:30:00Z".
struct Freshness {
  std::string last_good;  // "": never fetched
  bool last_failed = false;
  std::string problem;  // of the last attempt, if it failed
  friend bool operator==(const Freshness &, const Freshness &) = default;

  // Since when the data is stale; nullopt: the last attempt was good, or there was none.
  [[nodiscard]] std::optional<std::string> staleSince() const {
    return last_failed && !last_good.empty() ? std::optional(last_good) : std::nullopt;
  }
};

// Rows of one kind and the days for which they are complete. Ranges are disjoint and sorted.
template <class Row>
struct Covered {
  std::vector<Row> rows;
  std::vector<CivilDays> ranges;
  Freshness freshness;
};

struct ProviderContext {
  std::string account_id;
  std::optional<CivilDate> employed_from;
  std::optional<CivilDate> employed_until;
  Covered<Absence> absences;
  std::vector<ScheduledWeek> weeks;  // every schedule ever seen, by the day from which it counts
  Freshness schedule_freshness;
  std::vector<Balance> balances;
  Freshness balance_freshness;
  std::vector<std::string> notices;  // of the last fetch, for people
};

struct MocoContext {
  Covered<TimeEntry> entries;
  Covered<Holiday> holidays;

  // Whether anything was ever fetched, or tried.
  [[nodiscard]] bool isKnown() const {
    return !(entries.freshness == Freshness() && holidays.freshness == Freshness());
  }
};

struct Context {
  std::map<std::string, ProviderContext> providers;  // by plugin id
  MocoContext moco;
};

// Replaces the rows on these days, keeps all others, and marks the days as complete.
template <class Row>
void replaceDays(Covered<Row> &covered, CivilDays days, std::vector<Row> rows);

// The days of the range that were never fetched, as ranges.
[[nodiscard]] std::vector<CivilDays> missingDays(const std::vector<CivilDays> &covered, CivilDays wanted);

// Adds what a provider told of the schedule to what was seen before. A week that is told without the day
// from which it counts, or with another content for a day known before, counts from today: the past is
// not rewritten. The very first one without such a day counts for all earlier days.
void rememberWeeks(std::vector<ScheduledWeek> &seen, const std::vector<Week> &told, CivilDate today);

[[nodiscard]] std::string contextJson(const Context &context);
[[nodiscard]] Result<Context> contextFrom(kit::JsonView root);

// ---- templates ----

[[nodiscard]] std::vector<CivilDays> united(const std::vector<CivilDays> &ranges, CivilDays added);

template <class Row>
void replaceDays(Covered<Row> &covered, CivilDays days, std::vector<Row> rows) {
  std::erase_if(covered.rows, [&](const Row &row) { return kit::contains(days, row.date); });
  for (auto &row : rows) covered.rows.push_back(std::move(row));
  covered.ranges = united(covered.ranges, days);
}

}  // namespace roots::host
