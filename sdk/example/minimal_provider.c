/* A complete provider in plain C: everyone has the first of May off, and works 8 hours from Monday to
 * Friday. It shows the structure of the interface; roots/provider_abi.h is the contract. */
#include <roots/provider_abi.h>
#include <stdlib.h>
#include <string.h>

struct roots_provider {
  int connected;
};

static roots_text text(const char *words) {
  roots_text result = {words, strlen(words)};
  return result;
}

static roots_text plugin_id(void) { return text(ROOTS_PLUGIN_ID); }
static roots_text plugin_version(void) { return text(ROOTS_PLUGIN_VERSION); }

/* An older host's record can be shorter: write only what lies inside struct_size. */
static roots_status fail(roots_error *error, roots_status status, const char *message) {
  if (error != NULL && error->struct_size >= sizeof(roots_error)) {
    error->http_status = 0;
    error->retry_after_ms = -1;
    error->setting[0] = '\0';
    strncpy(error->message, message, sizeof error->message - 1);
    error->message[sizeof error->message - 1] = '\0';
  }
  return status;
}

static roots_status create(const roots_host *host, roots_provider **out, roots_error *error) {
  roots_provider *provider = calloc(1, sizeof *provider);
  (void)host;
  if (provider == NULL) return fail(error, ROOTS_INTERNAL, "Out of memory.");
  *out = provider;
  return ROOTS_OK;
}

static void destroy(roots_provider *provider) { free(provider); }

static roots_status connect(roots_provider *provider, const roots_setting *settings, size_t count,
                            const roots_call *call, roots_account *out, roots_error *error) {
  (void)settings, (void)count, (void)call, (void)error;
  provider->connected = 1;
  if (out->struct_size >= sizeof(roots_account)) {
    strcpy(out->id, "everybody");
    strcpy(out->display_name, "Everybody");
  }
  return ROOTS_OK;
}

static int number_of(roots_date date) { return (date.year * 100 + date.month) * 100 + date.day; }

static roots_status fetch_absences(roots_provider *provider, roots_days days, const roots_call *call,
                                   const roots_absence_receiver *receiver, roots_error *error) {
  int year;
  if (!provider->connected) return fail(error, ROOTS_NOT_CONNECTED, "Connect first.");
  for (year = days.first.year; year <= days.last.year; ++year) {
    roots_absence_day day = {
        sizeof day, {0, 5, 1}, ROOTS_PUBLIC_HOLIDAY, ROOTS_WHOLE_DAY, 0, ROOTS_TIME_OFF, {NULL, 0}, {NULL, 0},
        0,          0};
    roots_status status;
    day.date.year = (int16_t)year;
    day.absence_id = text("labour-day");
    day.label = text("Labour Day");
    if (call->is_cancelled(call->context)) return ROOTS_CANCELLED;
    if (number_of(day.date) < number_of(days.first) || number_of(day.date) > number_of(days.last)) continue;
    status = receiver->accept(receiver->context, &day);
    if (status != ROOTS_OK) return status; /* the host's status ends the call */
  }
  return ROOTS_OK;
}

static roots_status fetch_schedule(roots_provider *provider, roots_days days, const roots_call *call,
                                   const roots_week_receiver *receiver, roots_error *error) {
  const roots_week week = {sizeof week, {0, 0, 0}, {480, 480, 480, 480, 480, 0, 0}, 0};
  (void)days, (void)call;
  if (!provider->connected) return fail(error, ROOTS_NOT_CONNECTED, "Connect first.");
  return receiver->accept(receiver->context, &week);
}

static roots_status fetch_balances(roots_provider *provider, const roots_call *call,
                                   const roots_balance_receiver *receiver, roots_error *error) {
  (void)call, (void)receiver;
  return provider->connected ? ROOTS_OK : fail(error, ROOTS_NOT_CONNECTED, "Connect first.");
}

static roots_status settings_locks(roots_provider *provider, const roots_lock_receiver *receiver,
                                   roots_error *error) {
  (void)provider, (void)receiver, (void)error;
  return ROOTS_OK; /* no locks */
}

ROOTS_EXPORT const roots_provider_api *roots_provider_entry_v1(void) {
  static const roots_provider_api table = {
      sizeof table, ROOTS_PROVIDER_ABI_MINOR, plugin_id,      plugin_version, create,        destroy,
      connect,      fetch_absences,           fetch_schedule, fetch_balances, settings_locks};
  return &table;
}
