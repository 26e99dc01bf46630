// A connected provider that reads absences from API v2, and its days as words.
#pragma once

#include "plugin/harness.h"

#include <string>
#include <vector>

namespace roots::personio::tests {

class WorldV2 : public Harness {
 public:
  explicit WorldV2(const std::string &api = "v2") {
    absence_api = api;
    beConnected();
  }

  // The first read of absences: the rows and their types.
  HttpScript &tell(const std::vector<std::string> &rows) {
    return script.expect(kPeriodsV2, 200, listV2(rows)).expect(kTypesV2, 200, typesV2());
  }
  HttpScript &breakDown(const std::string &id, const std::vector<std::string> &days) {
    return script.expect("GET /v2/absence-periods/" + id + "/breakdowns", 200, listV2(days));
  }
  std::vector<AbsenceDay> july() {
    const auto days = absences("2026-07-01", "2026-07-31");
    if (!days) FAIL(days.error().message);
    return *days;
  }
};

// "2026-07-06 whole" and so on, one per day.
inline std::vector<std::string> words(const std::vector<AbsenceDay> &days) {
  std::vector<std::string> said;
  for (const AbsenceDay &day : days) {
    const char *const extents[] = {"whole", "first half", "second half", "half", "minutes"};
    std::string text = kit::formatDate(kit::fromRecord(day.date).value()) + " ";
    text += day.extent == Extent::minutes ? std::to_string(day.minutes) + " minutes"
                                          : extents[static_cast<int>(day.extent) - ROOTS_WHOLE_DAY];
    said.push_back(text);
  }
  return said;
}

using Words = std::vector<std::string>;

inline std::string breakdownsOf(const std::string &id) {
  return "GET /v2/absence-periods/" + id + "/breakdowns";
}

// A row of two hours in the afternoon of this day.
inline std::string twoHours(const std::string &id, const std::string &date) {
  return periodV2(id, momentV2(date + "T14:00"), momentV2(date + "T16:00"), "7c-302");
}

// Absence "a" from 14 to 16 July in API v2, of which API v1 has only the first two days. What each leads to,
// and the reply that denies its days.
inline const std::string kAbsenceA = periodV2("a", momentV2("2026-07-14"), momentV2("2026-07-16"));
inline const Words kInDoubt{"2026-07-14 whole", "2026-07-15 whole", "2026-07-16 whole"};
inline const Words kAsInV1{"2026-07-14 whole", "2026-07-15 whole"};
inline const std::string kDenied = R"({"errors":[{"title":"Not Found"}]})";

inline HttpScript &expectV1(HttpScript &script) {
  return script.expect(kDayBased, 200, completeList({timeOff("1", "2026-07-14", "2026-07-15")}))
      .expect(kHourBased, 200, kNoAbsences);
}

}  // namespace roots::personio::tests
