// Random valid days, by a seed.
#pragma once

#include "day_builder.h"

#include <random>
#include <string>

namespace roots::test {

class Anything {
 public:
  explicit Anything(unsigned seed) : chance_(seed) {}

  int number(int most) { return static_cast<int>(chance_() % static_cast<unsigned>(most + 1)); }

  DayFacts facts(const std::string &date = "2026-07-15") {
    DayFacts facts;
    facts.schedule = {week()};
    for (int count = number(3); count > 0; --count) facts.holidays.push_back(holiday(date, half()));
    for (int count = number(5); count > 0; --count)
      facts.absences.push_back(any(std::to_string(count), date));
    return facts;
  }

  Absence any(const std::string &id, const std::string &date = "2026-07-15") {
    const auto extent = static_cast<Extent>(1 + number(4));
    const int minutes = extent == Extent::minutes ? 1 + number(600) : 0;
    return absence(date, extent, id, static_cast<Kind>(1 + number(4)), minutes,
                   static_cast<Effect>(1 + number(2)));
  }

  ScheduledWeek week() {
    ScheduledWeek week;
    for (int &minutes : week.minutes) minutes = number(1440);
    return week;
  }

  std::mt19937 &source() { return chance_; }

 private:
  Extent half() { return static_cast<Extent>(1 + number(3)); }
  std::mt19937 chance_;
};

}  // namespace roots::test
