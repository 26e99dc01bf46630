// The invented company: 1,200 employees, of whom the first has many absences. All data depends on the
// current day only, so a demo shows each kind on any day, and the same data on the same day.
#include "sandbox/scenario.h"

#include <algorithm>
#include <array>

namespace roots::sandbox {
namespace {

using kit::addDays;
using kit::CivilDate;
using std::chrono::year;

constexpr int kEmployees = 1200;
constexpr std::int64_t kUser = 70011;
constexpr std::int64_t kColleague = 70012;

constexpr std::array<const char *, 20> kFirstNames{"Ada",  "Ben",  "Clara", "David", "Elif", "Finn", "Greta",
                                                   "Hugo", "Ida",  "Jonas", "Kira",  "Lars", "Mila", "Noah",
                                                   "Olga", "Paul", "Rosa",  "Sven",  "Tara", "Ulf"};
constexpr std::array<const char *, 15> kLastNames{"Anders", "Brandt", "Cramer", "Dietz",   "Ebert",
                                                  "Falk",   "Graf",   "Hahn",   "Imhof",   "Jansen",
                                                  "Kern",   "Lenz",   "Moser",  "Neumann", "Otto"};

// Easter Sunday of the Gregorian calendar, after the method of Gauss as completed by Lichtenberg.
CivilDate easter(int number) {
  const int century = number / 100;
  const int secular_moon = 15 + (3 * century + 3) / 4 - (8 * century + 13) / 25;
  const int secular_sun = 2 - (3 * century + 3) / 4;
  const int moon = number % 19;
  const int full_moon_seed = (19 * moon + secular_moon) % 30;
  const int correction = (full_moon_seed + moon / 11) / 29;
  const int full_moon = 21 + full_moon_seed - correction;
  const int first_sunday = 7 - (number + number / 4 + secular_sun) % 7;
  const int distance = 7 - (full_moon - first_sunday) % 7;
  return addDays(CivilDate(year(number) / 3 / 1), full_moon + distance - 1);
}

struct PublicHoliday {
  CivilDate date;
  const char *name;
  bool afternoon_only = false;
};

// The public holidays of Saxony, and the afternoons that many companies give off.
std::vector<PublicHoliday> holidaysOf(int number) {
  const CivilDate sunday = easter(number);
  const CivilDate repentance = [&] {  // the Wednesday before 23 November
    CivilDate day = year(number) / 11 / 22;
    while (kit::weekdayIndex(day) != 2) day = addDays(day, -1);
    return day;
  }();
  const year y(number);
  return {{y / 1 / 1, "Neujahr"},
          {addDays(sunday, -2), "Karfreitag"},
          {addDays(sunday, 1), "Ostermontag"},
          {y / 5 / 1, "Tag der Arbeit"},
          {addDays(sunday, 39), "Christi Himmelfahrt"},
          {addDays(sunday, 50), "Pfingstmontag"},
          {y / 10 / 3, "Tag der Deutschen Einheit"},
          {y / 10 / 31, "Reformationstag"},
          {repentance, "Buß- und Bettag"},
          {y / 12 / 24, "Heiligabend", true},
          {y / 12 / 25, "1. Weihnachtstag"},
          {y / 12 / 26, "2. Weihnachtstag"},
          {y / 12 / 31, "Silvester", true}};
}

void addCompany(Personio &personio) {
  for (int number = 1; number < kEmployees; ++number) {
    Employee employee;
    employee.id = 4711 + number;
    employee.first_name = kFirstNames[static_cast<std::size_t>(number) % kFirstNames.size()];
    employee.last_name =
        kLastNames[static_cast<std::size_t>(number) / kFirstNames.size() % kLastNames.size()];
    const std::string suffix = std::to_string(number);
    if (number % 97 != 0)
      employee.email = employee.first_name + "." + employee.last_name + "." + suffix + "@example.com";
    employee.status = number % 50 == 0 ? "inactive" : "active";
    employee.weekly_hours_hundredths = 4000;
    employee.work_schedule = WorkSchedule{{480, 480, 480, 480, 480, 0, 0}, "Vollzeit", 90211, std::nullopt};
    personio.employees.push_back(std::move(employee));
  }
}

class RichYear {
 public:
  RichYear(Scenario &scenario, CivilDate today)
      : scenario_(scenario), today_(today), month_(kit::firstOfMonth(today)) {}

  void fill() {
    scenario_.personio.time_offs.clear();
    scenario_.moco.activities.clear();
    scenario_.moco.schedules.clear();
    addHolidays();
    addThisMonth();
    addRestOfYear();
    addMoco();
  }

 private:
  // The first working day of the current month on or after this day of the month.
  CivilDate workday(int day_of_month) const {
    CivilDate day = addDays(month_, day_of_month - 1);
    while (kit::weekdayIndex(day) >= 5 || isHoliday(day)) day = addDays(day, 1);
    return day;
  }

  bool isHoliday(CivilDate day) const {
    return std::any_of(scenario_.moco.schedules.begin(), scenario_.moco.schedules.end(),
                       [&](const MocoSchedule &row) { return row.date == day && row.code == 2; });
  }

  TimeOff &add(std::int64_t type, CivilDate first, std::optional<CivilDate> last) {
    TimeOff row;
    row.id = next_id_++;
    row.employee_id = scenario_.personio.employees.front().id;
    row.type_id = type;
    row.first = first;
    row.last = last;
    for (CivilDate day = first; last && day <= *last; day = addDays(day, 1))
      if (kit::weekdayIndex(day) < 5 && !isHoliday(day)) row.days_hundredths += 100;
    scenario_.personio.time_offs.push_back(row);
    return scenario_.personio.time_offs.back();
  }

  void addHolidays() {
    std::int64_t id = 9101;
    for (int number = int(today_.year()) - 1; number <= int(today_.year()) + 1; ++number) {
      for (const auto &holiday : holidaysOf(number)) {
        MocoSchedule row;
        row.id = id++;
        row.user_id = kUser;
        row.date = holiday.date;
        row.am = !holiday.afternoon_only;
        row.comment = holiday.name;
        scenario_.moco.schedules.push_back(row);
      }
    }
  }

  // Each kind, in each month.
  void addThisMonth() {
    const CivilDate start = workday(3);
    TimeOff &trip = add(types::vacation, start, addDays(start, 1));  // from midday of the first day
    trip.half_day_start = true;
    trip.days_hundredths -= 50;
    add(types::sick_leave, workday(9), workday(9));
    add(types::home_office, workday(12), workday(12));
    TimeOff &move = add(types::special_leave, workday(16), workday(16));
    move.half_day_end = true;
    move.days_hundredths = 50;
    TimeOff &asked_for = add(types::vacation, workday(20), workday(20));
    asked_for.status = "pending";
    add(types::vacation, workday(26), workday(26));
    const CivilDate lieu = workday(18);
    HourlyAbsence hours;
    hours.id = "5e1f0000-0000-4000-8000-000000000001";
    hours.employee_id = scenario_.personio.employees.front().id;
    hours.type_id = types::overtime_compensation;
    hours.start = kit::formatDate(lieu) + "T12:00:00.0Z";
    hours.end = kit::formatDate(lieu) + "T14:30:00.0Z";
    hours.days = {{lieu, 150}};
    scenario_.personio.hourly_absences = {hours};
  }

  void addRestOfYear() {
    const CivilDate before = addDays(month_, -40);
    TimeOff &summer = add(types::vacation, before, addDays(before, 11));  // until midday of the last day
    summer.half_day_end = true;
    TimeOff &rejected = add(types::vacation, addDays(month_, 45), addDays(month_, 49));
    rejected.status = "rejected";
    add(types::parental_leave, addDays(kit::lastOfMonth(month_), 75), std::nullopt);
  }

  bool isAbsent(CivilDate day) const {
    return std::any_of(scenario_.personio.time_offs.begin(), scenario_.personio.time_offs.end(),
                       [&](const TimeOff &row) {
                         const bool off = row.status == "approved" && row.type_id != types::home_office;
                         return off && row.first <= day && (!row.last || day <= *row.last);
                       });
  }

  void addWork(std::int64_t user, CivilDate day, int worked_seconds, std::size_t kind) {
    constexpr std::array<const char *, 4> customers{"Sample GmbH", "Beispiel AG", "Sample GmbH", "Probe KG"};
    constexpr std::array<const char *, 4> projects{"Web shop", "Data platform", "Internal", "App"};
    constexpr std::array<const char *, 4> tasks{"Development", "Review", "Meetings", "Support"};
    constexpr std::array<const char *, 4> words{"Checkout", "Import of orders", "Weekly",
                                                "Questions of users"};
    MocoActivity work;
    work.id = 8801 + static_cast<std::int64_t>(scenario_.moco.activities.size());
    work.user_id = user;
    work.date = day;
    work.seconds = worked_seconds;
    work.customer = customers[kind];
    work.project = projects[kind];
    work.task = tasks[kind];
    work.description = words[kind];
    scenario_.moco.activities.push_back(work);
  }

  // Entries of about four months up to today: more than fit on one page of Moco.
  void addMoco() {
    Moco &moco = scenario_.moco;
    moco.users.push_back({kColleague, "Ada", "Anders", "Ada.Anders.20@example.com", "", false});
    moco.users.front().key_sees_everyone = true;
    const std::array<int, 7> planned = scenario_.personio.employees.front().work_schedule->minutes;
    for (CivilDate day = addDays(month_, -95); day <= today_; day = addDays(day, 1)) {
      const int minutes = planned[static_cast<std::size_t>(kit::weekdayIndex(day))];
      if (minutes == 0 || isHoliday(day)) continue;
      addWork(kColleague, day, 4 * 3600, 3);
      if (isAbsent(day)) continue;
      const int number = static_cast<int>(unsigned(day.day()));
      const int wobble = (number * 37 % 5 - 2) * 15 * 60;
      addWork(kUser, day, minutes * 60 / 2, 0);
      addWork(kUser, day, minutes * 60 / 4, 1);
      addWork(kUser, day, minutes * 60 / 4 + wobble, number % 2 == 0 ? 2 : 3);
    }
    // The host ignores vacation and sick leave of Moco while Personio is connected.
    MocoSchedule vacation;
    vacation.id = 9901;
    vacation.user_id = kUser;
    vacation.date = workday(26);
    vacation.code = 4;
    moco.schedules.push_back(vacation);
  }

  Scenario &scenario_;
  CivilDate today_;
  CivilDate month_;
  std::int64_t next_id_ = 1;
};

}  // namespace

Scenario builtinScenario(CivilDate today) {
  Scenario scenario = small();
  scenario.name = "built-in";
  addCompany(scenario.personio);
  RichYear(scenario, today).fill();
  return scenario;
}

}  // namespace roots::sandbox
