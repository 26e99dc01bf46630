/* A provider that is compiled against the interface of 1.0, of today, or of an invented later version, and
 * uses what that version has. What it delivers differs only in what is new. */
#include <roots/provider_abi.h>
#include <stdlib.h>
#include <string.h>

struct roots_provider {
  int connected;
};

static roots_text text(const char *words) {
  roots_text result;
  result.data = words;
  result.size = strlen(words);
  return result;
}

static roots_text plugin_id(void) { return text("example.versioned"); }
static roots_text plugin_version(void) { return text("1.0.0"); }

static roots_status create(const roots_host *host, roots_provider **out, roots_error *error) {
  (void)host, (void)error;
  *out = calloc(1, sizeof **out);
  return *out != NULL ? ROOTS_OK : ROOTS_INTERNAL;
}

static void destroy(roots_provider *provider) { free(provider); }

static roots_status connect_provider(roots_provider *provider, const roots_setting *settings, size_t count,
                                     const roots_call *call, roots_account *out, roots_error *error) {
  (void)settings, (void)count, (void)call, (void)error;
  provider->connected = 1;
  strcpy(out->id, "4711");
  strcpy(out->display_name, "Nele Muster");
#if ROOTS_PROVIDER_ABI_MINOR >= 2
  if (out->struct_size >= offsetof(roots_account, from_the_future) + sizeof out->from_the_future)
    out->from_the_future = 7;
#endif
  return ROOTS_OK;
}

static roots_status fetch_absences(roots_provider *provider, roots_days days, const roots_call *call,
                                   const roots_absence_receiver *receiver, roots_error *error) {
  roots_absence_day day;
  (void)provider, (void)call, (void)error;
  memset(&day, 0, sizeof day);
  day.struct_size = sizeof day;
  day.date = days.first;
  day.kind = ROOTS_VACATION;
  day.extent = ROOTS_WHOLE_DAY;
  day.effect = ROOTS_TIME_OFF;
  day.absence_id = text("1");
  day.label = text("Urlaub");
#if ROOTS_PROVIDER_ABI_MINOR >= 1
  day.counted_hundredths = 450;
#endif
#if ROOTS_PROVIDER_ABI_MINOR >= 2
  day.kind = 77;
  day.effect = 77;
  day.from_the_future = 7;
#endif
  return receiver->accept(receiver->context, &day);
}

static roots_status fetch_schedule(roots_provider *provider, roots_days days, const roots_call *call,
                                   const roots_week_receiver *receiver, roots_error *error) {
  const roots_week week = {sizeof week, {0, 0, 0}, {480, 480, 480, 480, 480, 0, 0}, 0};
  (void)provider, (void)days, (void)call, (void)error;
  return receiver->accept(receiver->context, &week);
}

/* A later version has statuses, units, and extents that are unknown today. */
static roots_status fetch_balances(roots_provider *provider, const roots_call *call,
                                   const roots_balance_receiver *receiver, roots_error *error) {
  (void)provider, (void)call, (void)receiver;
#if ROOTS_PROVIDER_ABI_MINOR >= 2
  if (error != NULL) strcpy(error->message, "Something of the future.");
  return 77;
#else
  (void)error;
  return ROOTS_OK;
#endif
}

static roots_status settings_locks(roots_provider *provider, const roots_lock_receiver *receiver,
                                   roots_error *error) {
  (void)provider, (void)receiver, (void)error;
  return ROOTS_OK;
}

#if ROOTS_PROVIDER_ABI_MINOR >= 2
static roots_status forecast(roots_provider *provider) {
  (void)provider;
  return ROOTS_OK;
}
#endif

ROOTS_EXPORT const roots_provider_api *roots_provider_entry_v1(void) {
  static const roots_provider_api table = {
      .struct_size = sizeof table,
      .abi_minor = ROOTS_PROVIDER_ABI_MINOR,
      .plugin_id = plugin_id,
      .plugin_version = plugin_version,
      .create = create,
      .destroy = destroy,
      .connect = connect_provider,
      .fetch_absences = fetch_absences,
      .fetch_schedule = fetch_schedule,
      .fetch_balances = fetch_balances,
      .settings_locks = settings_locks,
#if ROOTS_PROVIDER_ABI_MINOR >= 2
      .forecast = forecast,
#endif
  };
  return &table;
}
