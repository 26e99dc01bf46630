#include "service/random_scenario.h"

#include <algorithm>
#include <random>

namespace roots::test {
namespace {

using kit::addDays;
using sandbox::HourlyAbsence;
using sandbox::Scenario;
using sandbox::TimeOff;

class Dice {
 public:
  explicit Dice(unsigned seed) : generator_(seed) {}
  int from(int least, int most) { return std::uniform_int_distribution<int>(least, most)(generator_); }
  bool once_in(int times) { return from(1, times) == 1; }
  template <class Item>
  Item oneOf(std::initializer_list<Item> items) {
    return items.begin()[from(0, static_cast<int>(items.size()) - 1)];
  }

 private:
  std::mt19937 generator_;
};

const char *someStatus(Dice &dice) {
  return dice.oneOf({"approved", "approved", "approved", "deletion_pending", "pending", "rejected"});
}

kit::CivilDate someDay(Dice &dice) { return addDays(std::chrono::year(2026) / 7 / 1, dice.from(-50, 50)); }

TimeOff someTimeOff(Dice &dice, std::int64_t id) {
  TimeOff row;
  row.id = id;
  row.employee_id = 4711;
  row.type_id = dice.oneOf({sandbox::types::vacation, sandbox::types::sick_leave,
                            sandbox::types::special_leave, sandbox::types::home_office});
  row.status = someStatus(dice);
  row.first = someDay(dice);
  const int days = dice.once_in(3) ? 1 : dice.from(2, dice.once_in(4) ? 70 : 12);
  if (!dice.once_in(10)) row.last = addDays(row.first, days - 1);
  row.half_day_start = dice.once_in(4);
  row.half_day_end = dice.once_in(4) && !(days == 1 && row.half_day_start);
  row.days_hundredths = days * 100 - (row.half_day_start ? 50 : 0) - (row.half_day_end ? 50 : 0);
  return row;
}

// Office hours, so that local time and UTC have the same date.
HourlyAbsence someHours(Dice &dice, int number) {
  HourlyAbsence row;
  row.id = "5e1f0000-0000-4000-8000-0000000000" + std::to_string(10 + number);
  row.employee_id = 4711;
  row.type_id = sandbox::types::overtime_compensation;
  row.status = someStatus(dice);
  const auto first = someDay(dice);
  const int days = dice.once_in(3) ? dice.from(2, 35) : 1;
  for (int day = 0; day < days; ++day)
    row.days.push_back({addDays(first, day), dice.once_in(6) ? 0 : dice.from(1, 600)});
  row.start = kit::formatDate(first) + "T06:00:00.0Z";
  row.end = kit::formatDate(addDays(first, days - 1)) + "T15:30:00.0Z";
  return row;
}

}  // namespace

Scenario randomScenario(unsigned seed, int most_hourly) {
  Dice dice(seed);
  Scenario scenario = sandbox::small();
  auto &personio = scenario.personio;
  personio.time_offs.clear();
  const int time_offs = dice.from(0, 9);
  for (int number = 0; number < time_offs; ++number)
    personio.time_offs.push_back(someTimeOff(dice, 1 + number));
  const int hourly = dice.from(0, most_hourly);
  for (int number = 0; number < hourly; ++number) personio.hourly_absences.push_back(someHours(dice, number));

  auto &behaviour = personio.behaviour;
  behaviour.half_days_as_booleans = dice.once_in(2);
  // Such a service never delivers an open-ended absence through v1, so there is nothing to compare.
  const bool any_open_end = std::any_of(personio.time_offs.begin(), personio.time_offs.end(),
                                        [](const TimeOff &row) { return !row.last; });
  behaviour.time_offs_inside_window_only = !any_open_end && dice.once_in(4);
  behaviour.v2_end_is_last_day = dice.once_in(2);
  behaviour.v2_defaults_spelled_out = dice.once_in(2);
  behaviour.v2_filters_by_start_only = dice.once_in(2);
  behaviour.v2_relative_links = dice.once_in(2);
  behaviour.v2_cursor_alone = dice.once_in(2);
  behaviour.v2_last_link_is_null = dice.once_in(2);
  behaviour.v2_page_size = dice.once_in(2) ? dice.from(1, 5) : 0;
  behaviour.v2_requests_per_second = 1000;
  return scenario;
}

}  // namespace roots::test
