// Caches the breakdowns of absences from API v2 while an absence is unchanged: each costs a request.
// Persisted in the host's secret store, because absences may reveal health data. Owned by a source; for the
// thread of the call.
#pragma once

#include "model/personio_model.h"

#include <roots/kit/civil_date.h>
#include <roots/kit/json.h>
#include <roots/provider.hpp>

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace roots::personio {

class BreakdownCache {
 public:
  // settings_mark: identifies the settings that stored entries belong to.
  BreakdownCache(Host host, std::string settings_mark)
      : host_(std::move(host)), settings_mark_(std::move(settings_mark)) {}

  // Drops entries that cannot be validated (the days of absences without a time of change or
  // without an end) and what was read long ago: a schedule may have changed since.
  void beginCall(kit::CivilDate today);
  void store(const PeriodV2 &period, kit::CivilDate until, Breakdowns read);
  // nullptr: not read up to this day, or the absence has changed since.
  [[nodiscard]] const Breakdowns *find(const PeriodV2 &period, kit::CivilDate until) const;
  // For the next start. Entries beyond the size limit are read again then.
  void save();

 private:
  struct Entry {
    std::string version;  // of the absence when its days were read
    bool can_be_compared = true;
    kit::CivilDate until;
    kit::CivilDate read_on;
    Breakdowns read;
  };
  void load();
  [[nodiscard]] static bool readEntry(kit::JsonView view, Entry &entry);

  Host host_;
  std::string settings_mark_;
  kit::CivilDate today_;
  bool was_loaded_ = false;
  bool is_saved_ = true;
  std::map<std::string, Entry, std::less<>> entries_;  // by the period's id
};

}  // namespace roots::personio
