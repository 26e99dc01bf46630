// Function tables with broken records. Most change only the absence on 31 December, so that everything else
// is correct.
#include "sound.h"

#include <utility>

using broken::sound;

namespace {

bool isNewYearsEve(const roots_absence_day &day) { return day.date.month == 12 && day.date.day == 31; }

// Passes each absence on after change(day).
template <void (*change)(roots_absence_day &)>
roots_status withChange(roots_provider *provider, roots_days days, const roots_call *call,
                        const roots_absence_receiver *receiver, roots_error *error) {
  auto *host = const_cast<roots_absence_receiver *>(receiver);
  const roots_absence_receiver own{host,
                                   [](void *context, const roots_absence_day *as_it_was) -> roots_status {
                                     const auto &its_host = *static_cast<roots_absence_receiver *>(context);
                                     roots_absence_day day = *as_it_was;
                                     if (isNewYearsEve(day)) change(day);
                                     return its_host.accept(its_host.context, &day);
                                   }};
  return sound.fetch_absences(provider, days, call, &own, error);
}

void badDate(roots_absence_day &day) { day.date.day = 32; }
void minutesWithoutExtent(roots_absence_day &day) { day.minutes = 30; }
void unknownKind(roots_absence_day &day) { day.kind = 77; }
void noId(roots_absence_day &day) { day.absence_id = {nullptr, 0}; }
void notUtf8(roots_absence_day &day) { day.label = {"\xff\xfe", 2}; }
void noSize(roots_absence_day &day) { day.struct_size = 0; }
void otherCount(roots_absence_day &day) { day.counted_hundredths += 50; }
void otherIdEachTime(roots_absence_day &day) {
  static char id[] = "z-0";
  ++id[2];
  day.absence_id = {id, 3};
}

}  // namespace

BROKEN_TABLE(bad_date, fetch_absences, withChange<badDate>)
BROKEN_TABLE(minutes_without_extent, fetch_absences, withChange<minutesWithoutExtent>)
BROKEN_TABLE(unknown_kind, fetch_absences, withChange<unknownKind>)
BROKEN_TABLE(no_id, fetch_absences, withChange<noId>)
BROKEN_TABLE(not_utf8, fetch_absences, withChange<notUtf8>)
BROKEN_TABLE(no_size, fetch_absences, withChange<noSize>)
BROKEN_TABLE(other_count, fetch_absences, withChange<otherCount>)
BROKEN_TABLE(other_ids_each_time, fetch_absences, withChange<otherIdEachTime>)

namespace same_day_twice {
static roots_status fetch(roots_provider *provider, roots_days days, const roots_call *call,
                          const roots_absence_receiver *receiver, roots_error *error) {
  auto *host = const_cast<roots_absence_receiver *>(receiver);
  const roots_absence_receiver own{
      host, [](void *context, const roots_absence_day *day) -> roots_status {
        const auto &its_host = *static_cast<roots_absence_receiver *>(context);
        const roots_status status = its_host.accept(its_host.context, day);
        return status == ROOTS_OK && isNewYearsEve(*day) ? its_host.accept(its_host.context, day) : status;
      }};
  return sound.fetch_absences(provider, days, call, &own, error);
}
}  // namespace same_day_twice
BROKEN_TABLE(same_day_twice, fetch_absences, same_day_twice::fetch)

namespace ignores_receiver {
static roots_status fetch(roots_provider *provider, roots_days days, const roots_call *call,
                          const roots_absence_receiver *receiver, roots_error *error) {
  auto *host = const_cast<roots_absence_receiver *>(receiver);
  const roots_absence_receiver own{host, [](void *context, const roots_absence_day *day) -> roots_status {
                                     const auto &its_host = *static_cast<roots_absence_receiver *>(context);
                                     its_host.accept(its_host.context, day);
                                     return ROOTS_OK;
                                   }};
  return sound.fetch_absences(provider, days, call, &own, error);
}
}  // namespace ignores_receiver
BROKEN_TABLE(ignores_receiver, fetch_absences, ignores_receiver::fetch)

namespace whole_month {
static roots_status fetch(roots_provider *provider, roots_days days, const roots_call *call,
                          const roots_absence_receiver *receiver, roots_error *error) {
  const bool one_month = days.first.year == days.last.year && days.first.month == days.last.month;
  if (one_month) days = {{days.first.year, days.first.month, 1}, {days.last.year, days.last.month, 28}};
  return sound.fetch_absences(provider, days, call, receiver, error);
}
}  // namespace whole_month
BROKEN_TABLE(whole_month, fetch_absences, whole_month::fetch)

namespace takes_reversed_range {
static roots_status fetch(roots_provider *provider, roots_days days, const roots_call *call,
                          const roots_absence_receiver *receiver, roots_error *error) {
  if (days.last.month < days.first.month) std::swap(days.first, days.last);
  return sound.fetch_absences(provider, days, call, receiver, error);
}
}  // namespace takes_reversed_range
BROKEN_TABLE(takes_reversed_range, fetch_absences, takes_reversed_range::fetch)

namespace unsorted_weeks {
static roots_status fetch(roots_provider *provider, roots_days days, const roots_call *call,
                          const roots_week_receiver *receiver, roots_error *error) {
  const roots_status status = sound.fetch_schedule(provider, days, call, receiver, error);
  const roots_week earlier{sizeof earlier, {2001, 1, 1}, {480, 480, 480, 480, 480, 0, 0}, 0};
  return status == ROOTS_OK ? receiver->accept(receiver->context, &earlier) : status;
}
}  // namespace unsorted_weeks
BROKEN_TABLE(unsorted_weeks, fetch_schedule, unsorted_weeks::fetch)

namespace balance_without_unit {
static roots_status fetch(roots_provider *provider, const roots_call *call,
                          const roots_balance_receiver *receiver, roots_error *error) {
  const roots_status status = sound.fetch_balances(provider, call, receiver, error);
  const roots_balance nothing{sizeof nothing,    ROOTS_VACATION,   9, 0, 0, 0,
                              broken::text("x"), broken::text("x")};
  return status == ROOTS_OK ? receiver->accept(receiver->context, &nothing) : status;
}
}  // namespace balance_without_unit
BROKEN_TABLE(balance_without_unit, fetch_balances, balance_without_unit::fetch)

namespace {

bool is_connected = false;
roots_status rememberingConnect(roots_provider *provider, const roots_setting *settings, size_t count,
                                const roots_call *call, roots_account *account, roots_error *error) {
  const roots_status status = sound.connect(provider, settings, count, call, account, error);
  is_connected = status == ROOTS_OK;
  return status;
}

// The original locks and, connected or not, one more.
template <bool when_connected, const char *setting, const char *reason>
roots_status oneLockMore(roots_provider *provider, const roots_lock_receiver *receiver, roots_error *error) {
  const roots_lock more{sizeof more, 0, broken::text(setting), broken::text(reason)};
  const roots_status status = sound.settings_locks(provider, receiver, error);
  const bool now = is_connected == when_connected;
  return status == ROOTS_OK && now ? receiver->accept(receiver->context, &more) : status;
}

template <auto locks>
const roots_provider_api *tableWithLocks() {
  static roots_provider_api table = sound;
  table.connect = rememberingConnect;
  table.settings_locks = locks;
  return &table;
}

constexpr char kAbsences[] = "absences";
constexpr char kHours[] = "weekday_hours";
constexpr char kEverything[] = "everything";
constexpr char kReason[] = "Because.";
constexpr char kNone[] = "";

}  // namespace

extern "C" const roots_provider_api *broken_locks_early() {
  return tableWithLocks<oneLockMore<false, kAbsences, kReason>>();
}
extern "C" const roots_provider_api *broken_locks_undeclared() {
  return tableWithLocks<oneLockMore<true, kEverything, kReason>>();
}
extern "C" const roots_provider_api *broken_locks_without_reason() {
  return tableWithLocks<oneLockMore<true, kAbsences, kNone>>();
}

namespace locks_hours_without_schedule {
static roots_status fetch(roots_provider *provider, roots_days days, const roots_call *call,
                          const roots_week_receiver *, roots_error *error) {
  const roots_week_receiver nobody{nullptr,
                                   [](void *, const roots_week *) -> roots_status { return ROOTS_OK; }};
  return sound.fetch_schedule(provider, days, call, &nobody, error);
}
}  // namespace locks_hours_without_schedule
extern "C" const roots_provider_api *broken_locks_hours_without_schedule() {
  static roots_provider_api table = *tableWithLocks<oneLockMore<true, kHours, kReason>>();
  table.fetch_schedule = locks_hours_without_schedule::fetch;
  return &table;
}
