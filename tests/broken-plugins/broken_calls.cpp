// Function tables with broken calls: statuses, time, cancellation, threads, errors, secrets. Each fault is
// in a separate namespace.
#include "sound.h"

#include <pthread.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

using broken::host;
using broken::sound;

#define CONNECT                                                                                            \
  static roots_status connect(roots_provider *p, const roots_setting *s, size_t n, const roots_call *call, \
                              roots_account *account, roots_error *error)
#define FETCH                                                                           \
  static roots_status fetch(roots_provider *p, roots_days days, const roots_call *call, \
                            const roots_absence_receiver *receiver, roots_error *error)

namespace {

roots_status soundConnect(roots_provider *p, const roots_setting *s, size_t n, const roots_call *call,
                          roots_account *account, roots_error *error) {
  return sound.connect(p, s, n, call, account, error);
}

// The original call with the caller's changes, without progress and notices.
roots_call copyOf(const roots_call *call) {
  roots_call copy{};
  copy.struct_size = offsetof(roots_call, progress);
  copy.timeout_ms = call->timeout_ms;
  copy.context = call->context;
  copy.is_cancelled = call->is_cancelled;
  return copy;
}

int32_t never(void *) { return 0; }

}  // namespace

namespace names_no_setting {
CONNECT {
  const roots_status status = soundConnect(p, s, n, call, account, error);
  if (status == ROOTS_INVALID_SETTING && error != nullptr) error->setting[0] = '\0';
  return status;
}
}  // namespace names_no_setting
BROKEN_TABLE(names_no_setting, connect, names_no_setting::connect)

namespace refuses_unknown_setting {
CONNECT {
  for (size_t index = 0; index < n; ++index) {
    const std::string key(s[index].key.data, s[index].key.size);
    if (key != "api_key" && key != "base_url") return ROOTS_INVALID_SETTING;
  }
  return soundConnect(p, s, n, call, account, error);
}
}  // namespace refuses_unknown_setting
BROKEN_TABLE(refuses_unknown_setting, connect, refuses_unknown_setting::connect)

namespace calls_refusal_internal {
CONNECT {
  const roots_status status = soundConnect(p, s, n, call, account, error);
  return status == ROOTS_SIGN_IN_FAILED ? ROOTS_INTERNAL : status;
}
}  // namespace calls_refusal_internal
BROKEN_TABLE(calls_refusal_internal, connect, calls_refusal_internal::connect)

namespace calls_nonsense_a_refusal {
CONNECT {
  const roots_status status = soundConnect(p, s, n, call, account, error);
  return status == ROOTS_UNEXPECTED_REPLY ? ROOTS_SIGN_IN_FAILED : status;
}
}  // namespace calls_nonsense_a_refusal
BROKEN_TABLE(calls_nonsense_a_refusal, connect, calls_nonsense_a_refusal::connect)

namespace ignores_deadline {
CONNECT {
  roots_call patient = copyOf(call);
  patient.timeout_ms = 3'600'000;
  return soundConnect(p, s, n, &patient, account, error);
}
}  // namespace ignores_deadline
BROKEN_TABLE(ignores_deadline, connect, ignores_deadline::connect)

namespace ignores_cancellation {
CONNECT {
  roots_call deaf = copyOf(call);
  deaf.is_cancelled = never;
  return soundConnect(p, s, n, &deaf, account, error);
}
}  // namespace ignores_cancellation
BROKEN_TABLE(ignores_cancellation, connect, ignores_cancellation::connect)

namespace stays_connected {
static std::string connected_to;
CONNECT {
  std::string address;
  for (size_t index = 0; index < n; ++index)
    if (std::string(s[index].key.data, s[index].key.size) == "base_url")
      address.assign(s[index].value.data, s[index].value.size);
  if (!connected_to.empty() && address != connected_to) return ROOTS_TRY_LATER;
  const roots_status status = soundConnect(p, s, n, call, account, error);
  if (status == ROOTS_OK) connected_to = address;
  return status;
}
}  // namespace stays_connected
BROKEN_TABLE(stays_connected, connect, stays_connected::connect)

namespace empty_account {
CONNECT {
  const roots_status status = soundConnect(p, s, n, call, account, error);
  account->id[0] = '\0';
  return status;
}
}  // namespace empty_account
BROKEN_TABLE(empty_account, connect, empty_account::connect)

namespace throws {
CONNECT {
  const roots_status status = soundConnect(p, s, n, call, account, error);
  if (status == ROOTS_UNEXPECTED_REPLY) throw std::runtime_error("the reply was not understood");
  return status;
}
}  // namespace throws
BROKEN_TABLE(throws, connect, throws::connect)

namespace prints {
CONNECT {
  std::printf("connecting\n");
  return soundConnect(p, s, n, call, account, error);
}
}  // namespace prints
BROKEN_TABLE(prints, connect, prints::connect)

namespace leaks_secret {
CONNECT {
  const roots_status status = soundConnect(p, s, n, call, account, error);
  if (status == ROOTS_OK || n == 0) return status;
  const std::string line = "failed with " + std::string(s[0].value.data, s[0].value.size);
  host->log(host->context, ROOTS_LOG_INFO, {line.data(), line.size()});
  return status;
}
}  // namespace leaks_secret
BROKEN_TABLE(leaks_secret, connect, leaks_secret::connect)

namespace leaks_token {
CONNECT {
  const roots_status status = soundConnect(p, s, n, call, account, error);
  if (status == ROOTS_OK)
    host->log(host->context, ROOTS_LOG_DEBUG, broken::text("signed in with recorded-token-of-session-4711"));
  return status;
}
}  // namespace leaks_token
BROKEN_TABLE(leaks_token, connect, leaks_token::connect)

namespace long_key {
CONNECT {
  const roots_status status = soundConnect(p, s, n, call, account, error);
  const std::string key(65, 'k');
  if (status == ROOTS_OK && host->struct_size >= sizeof(roots_host) && host->save_secret != nullptr)
    host->save_secret(host->context, {key.data(), key.size()}, broken::text("kept"));
  return status;
}
}  // namespace long_key
BROKEN_TABLE(long_key, connect, long_key::connect)

namespace thread_left {
static void *stay(void *) {
  ::sleep(2);
  return nullptr;
}
CONNECT {
  pthread_t thread{};
  if (pthread_create(&thread, nullptr, stay, nullptr) == 0) pthread_detach(thread);
  return soundConnect(p, s, n, call, account, error);
}
}  // namespace thread_left
BROKEN_TABLE(thread_left, connect, thread_left::connect)

namespace late_thread {
static void *speakLate(void *) {
  ::usleep(100'000);
  host->log(host->context, ROOTS_LOG_INFO, broken::text("still here"));
  return nullptr;
}
CONNECT {
  pthread_t thread{};
  if (pthread_create(&thread, nullptr, speakLate, nullptr) == 0) pthread_detach(thread);
  return soundConnect(p, s, n, call, account, error);
}
}  // namespace late_thread
BROKEN_TABLE(late_thread, connect, late_thread::connect)

namespace too_old_for_notices {
CONNECT {
  const roots_status status = soundConnect(p, s, n, call, account, error);
  if (status == ROOTS_OK && call->notice != nullptr) call->notice(call->context, broken::text("Connected."));
  return status;
}
}  // namespace too_old_for_notices
BROKEN_TABLE(too_old_for_notices, connect, too_old_for_notices::connect)

namespace answers_unconnected {
FETCH {
  const roots_status status = sound.fetch_absences(p, days, call, receiver, error);
  return status == ROOTS_NOT_CONNECTED ? ROOTS_OK : status;
}
}  // namespace answers_unconnected
BROKEN_TABLE(answers_unconnected, fetch_absences, answers_unconnected::fetch)

namespace writes_past_error {
FETCH {
  const roots_status status = sound.fetch_absences(p, days, call, receiver, error);
  if (status == ROOTS_NOT_CONNECTED && error != nullptr) std::strcpy(error->message, "Connect first.");
  return status;
}
}  // namespace writes_past_error
BROKEN_TABLE(writes_past_error, fetch_absences, writes_past_error::fetch)

namespace needs_error_record {
FETCH {
  const roots_status status = sound.fetch_absences(p, days, call, receiver, error);
  if (status != ROOTS_OK && error->struct_size >= sizeof *error) error->retry_after_ms = -1;
  return status;
}
}  // namespace needs_error_record
BROKEN_TABLE(needs_error_record, fetch_absences, needs_error_record::fetch)

namespace says_nothing {
FETCH {
  const roots_status status = sound.fetch_absences(p, days, call, receiver, nullptr);
  return status;
}
}  // namespace says_nothing
BROKEN_TABLE(says_nothing, fetch_absences, says_nothing::fetch)

namespace ignores_cancelled_fetch {
FETCH {
  roots_call deaf = copyOf(call);
  deaf.is_cancelled = never;
  return sound.fetch_absences(p, days, &deaf, receiver, error);
}
}  // namespace ignores_cancelled_fetch
BROKEN_TABLE(ignores_cancelled_fetch, fetch_absences, ignores_cancelled_fetch::fetch)

namespace crashes {
FETCH {
  const bool reversed = days.last.month < days.first.month;
  if (reversed) std::abort();
  return sound.fetch_absences(p, days, call, receiver, error);
}
}  // namespace crashes
BROKEN_TABLE(crashes, fetch_absences, crashes::fetch)

namespace exits {
FETCH {
  const bool reversed = days.last.month < days.first.month;
  if (reversed) ::_exit(0);
  return sound.fetch_absences(p, days, call, receiver, error);
}
}  // namespace exits
BROKEN_TABLE(exits, fetch_absences, exits::fetch)

namespace records_then_error {
FETCH {
  const roots_status status = sound.fetch_absences(p, days, call, receiver, error);
  return status == ROOTS_OK ? ROOTS_TRY_LATER : status;
}
}  // namespace records_then_error
BROKEN_TABLE(records_then_error, fetch_absences, records_then_error::fetch)

// These faults occur in daily use: the host survives them only if the plugin runs in a separate process.
namespace crashes_in_first_fetch {
static roots_status fetch(roots_provider *, roots_days, const roots_call *, const roots_week_receiver *,
                          roots_error *) {
  std::abort();
}
}  // namespace crashes_in_first_fetch
BROKEN_TABLE(crashes_in_first_fetch, fetch_schedule, crashes_in_first_fetch::fetch)

namespace crashes_in_use {
static roots_status fetch(roots_provider *, const roots_call *, const roots_balance_receiver *,
                          roots_error *) {
  std::abort();
}
}  // namespace crashes_in_use
BROKEN_TABLE(crashes_in_use, fetch_balances, crashes_in_use::fetch)

namespace hangs_in_use {
static roots_status fetch(roots_provider *, const roots_call *, const roots_balance_receiver *,
                          roots_error *) {
  for (;;) ::sleep(1);
}
}  // namespace hangs_in_use
BROKEN_TABLE(hangs_in_use, fetch_balances, hangs_in_use::fetch)

namespace loops_on_progress {
static roots_status fetch(roots_provider *, const roots_call *call, const roots_balance_receiver *,
                          roots_error *) {
  for (;;) call->progress(call->context, 500, broken::text("Nearly done"));
}
}  // namespace loops_on_progress
BROKEN_TABLE(loops_on_progress, fetch_balances, loops_on_progress::fetch)

// If isolated, its standard input is its connection to the host.
namespace floods_the_host {
static roots_status fetch(roots_provider *, const roots_call *, const roots_balance_receiver *,
                          roots_error *) {
  const std::string question = "{\"load_secret\":\"token\"}\n";
  for (;;)
    if (::write(STDIN_FILENO, question.data(), question.size()) <= 0) ::usleep(1000);
}
}  // namespace floods_the_host
BROKEN_TABLE(floods_the_host, fetch_balances, floods_the_host::fetch)
