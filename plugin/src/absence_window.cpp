#include "absence_window.h"

#include <algorithm>

namespace roots::personio {
namespace {

constexpr kit::CivilDate kFirstDate{std::chrono::year{1}, std::chrono::month{1}, std::chrono::day{1}};
constexpr kit::CivilDate kLastDate{std::chrono::year{9999}, std::chrono::month{12}, std::chrono::day{31}};

}  // namespace

kit::CivilDays padded(kit::CivilDays range, int days_before, int days_after) {
  const int before = std::min(days_before, kit::daysBetween(kFirstDate, range.first));
  const int after = std::min(days_after, kit::daysBetween(range.last, kLastDate));
  return {kit::addDays(range.first, -before), kit::addDays(range.last, after)};
}

bool touches(kit::CivilDate first, std::optional<kit::CivilDate> last, kit::CivilDays range) {
  return first <= range.last && (!last || *last >= range.first);
}

}  // namespace roots::personio
