// The age of fetched data, day by day: a successful fetch of some days says nothing about others. Plain
// values and pure functions.
#pragma once

#include <roots/kit/civil_date.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace roots::host {

using kit::CivilDate;
using kit::CivilDays;

// The state of some data. Times are UTC, "2026-11-24T09:30:00Z".
struct Freshness {
  std::string last_good;  // "": never fetched
  bool last_failed = false;
  std::string problem;  // of the last attempt, if it failed
  friend bool operator==(const Freshness &, const Freshness &) = default;

  void markGood(const std::string &now) { *this = Freshness{now, false, ""}; }
  void markFailed(const std::string &why) {
    last_failed = true;
    problem = why;
  }

  // The time since which the data is stale; nullopt: the last attempt succeeded, or there was none.
  [[nodiscard]] std::optional<std::string> staleSince() const {
    return last_failed && !last_good.empty() ? std::optional(last_good) : std::nullopt;
  }
};

struct DaysFreshness {
  CivilDays days;
  Freshness freshness;
  friend bool operator==(const DaysFreshness &, const DaysFreshness &) = default;
};

class FreshnessByDay {
 public:
  void markGood(CivilDays days, const std::string &now);
  void markFailed(CivilDays days, const std::string &problem);  // known data keeps its age
  void set(CivilDays days, const Freshness &freshness);

  // Disjoint, sorted, and merged where possible; days that were never requested are in none.
  [[nodiscard]] const std::vector<DaysFreshness> &ranges() const { return ranges_; }
  [[nodiscard]] bool isEmpty() const { return ranges_.empty(); }
  // Days that were fetched at least once, even if a later attempt failed.
  [[nodiscard]] std::vector<CivilDays> fetchedDays() const;
  // The states of these days, in order.
  [[nodiscard]] std::vector<Freshness> on(CivilDays days) const;
  // Combined: the state of failed days if any failed, and the age of the oldest data.
  [[nodiscard]] Freshness summary(CivilDays days) const;

  friend bool operator==(const FreshnessByDay &, const FreshnessByDay &) = default;

 private:
  void change(CivilDays days, const std::function<void(Freshness &)> &edit);
  std::vector<DaysFreshness> ranges_;
};

// The days of the range outside the given ranges, which are disjoint and sorted.
[[nodiscard]] std::vector<CivilDays> missingDays(const std::vector<CivilDays> &covered, CivilDays wanted);

}  // namespace roots::host
