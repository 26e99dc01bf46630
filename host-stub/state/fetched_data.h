// Fetched data and its age. The last good reply of each source stays in effect until a later one replaces
// it, as a whole, for the requested days. Plain values and pure functions; context_store.h stores them on
// disk.
#pragma once

#include "day/model.h"
#include "state/freshness.h"

#include <roots/kit/json.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roots::host {

// Rows of one kind, complete on the days that were fetched.
template <class Row>
struct Covered {
  std::vector<Row> rows;
  FreshnessByDay fetches;

  [[nodiscard]] std::vector<CivilDays> fetchedDays() const { return fetches.fetchedDays(); }
};

struct ProviderData {
  std::string account_id;
  std::optional<CivilDate> employed_from;
  std::optional<CivilDate> employed_until;
  Covered<Absence> absences;
  // The service denied access. Without the permission, only absences entered by hand are used.
  bool absences_refused = false;
  std::vector<ScheduledWeek> weeks;  // every schedule ever fetched, by the date from which it applies
  FreshnessByDay schedule_fetches;
  std::vector<Balance> balances;
  Freshness balance_freshness;
  std::vector<std::string> notices;  // of the last fetch, for users
};

struct MocoData {
  std::string account;  // of the account that the data belongs to; "": unknown
  Covered<TimeEntry> entries;
  Covered<Holiday> holidays;
  // Rows that could not be counted, on the covered days.
  std::vector<UncountedRow> odd_entries;
  std::vector<UncountedRow> odd_holidays;

  // Whether a fetch was ever attempted.
  [[nodiscard]] bool isKnown() const { return !entries.fetches.isEmpty() || !holidays.fetches.isEmpty(); }
};

// The version of its file.
inline constexpr int kFetchedDataVersion = 2;

struct FetchedData {
  std::map<std::string, ProviderData> providers;  // by plugin id
  MocoData moco;
};

// Notices about Moco's rows that could not be counted on these days; nullopt: on any day. The first ones by
// name, the others as a number.
[[nodiscard]] std::vector<std::string> noticesOf(const MocoData &moco,
                                                 const std::optional<CivilDays> &days = std::nullopt);

// Replaces the rows on these days, keeps all others, and marks the days as fetched now.
template <class Row>
void replaceDays(Covered<Row> &covered, CivilDays days, std::vector<Row> rows, const std::string &now) {
  std::erase_if(covered.rows, [&](const Row &row) { return kit::contains(days, row.date); });
  for (auto &row : rows) covered.rows.push_back(std::move(row));
  covered.fetches.markGood(days, now);
}

[[nodiscard]] std::string fetchedDataJson(const FetchedData &fetched);

// The readable parts of a file of this version or the previous one. A part that cannot be read is omitted
// as a whole and named. No day of such absences, entries, and holidays then counts as fetched.
struct ReadFetchedData {
  FetchedData fetched;
  std::vector<std::string> lost;  // "absences of roots.personio"
};
[[nodiscard]] ReadFetchedData readFetchedData(kit::JsonView root);

// The whole file, or an error that names what cannot be read.
[[nodiscard]] Result<FetchedData> parseFetchedData(kit::JsonView root);

}  // namespace roots::host
