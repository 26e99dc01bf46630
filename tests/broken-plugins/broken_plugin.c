/* One plugin that is broken in as many ways as it is compiled with: -DBREAK_... chooses. */
#include <roots/provider_abi.h>
#include <stdlib.h>
#include <unistd.h>

#ifdef BREAK_UNDEFINED_SYMBOL
void nobody_defines_this(void);
#endif

#ifdef BREAK_CRASH_AT_LOAD
__attribute__((constructor)) static void crash(void) { abort(); }
#endif
#ifdef BREAK_HANG_AT_LOAD
__attribute__((constructor)) static void hang(void) { sleep(60); }
#endif

#define TEXT(words) \
  { words, sizeof(words) - 1 }

static roots_text plugin_id(void) {
#ifdef BREAK_WRONG_ID
  roots_text text = TEXT("example.other");
#else
  roots_text text = TEXT("example.broken");
#endif
  return text;
}

static roots_text plugin_version(void) {
  roots_text text = TEXT("1.0.0");
  return text;
}

static roots_status create(const roots_host *host, roots_provider **out, roots_error *error) {
  (void)host, (void)out, (void)error;
  return ROOTS_INTERNAL;
}
static void destroy(roots_provider *provider) { (void)provider; }
static roots_status connect_(roots_provider *p, const roots_setting *s, size_t n, const roots_call *c,
                             roots_account *a, roots_error *e) {
  (void)p, (void)s, (void)n, (void)c, (void)a, (void)e;
#ifdef BREAK_UNDEFINED_SYMBOL
  nobody_defines_this();
#endif
  return ROOTS_INTERNAL;
}
static roots_status absences(roots_provider *p, roots_days d, const roots_call *c,
                             const roots_absence_receiver *r, roots_error *e) {
  (void)p, (void)d, (void)c, (void)r, (void)e;
  return ROOTS_INTERNAL;
}
static roots_status schedule(roots_provider *p, roots_days d, const roots_call *c,
                             const roots_week_receiver *r, roots_error *e) {
  (void)p, (void)d, (void)c, (void)r, (void)e;
  return ROOTS_INTERNAL;
}
static roots_status balances(roots_provider *p, const roots_call *c, const roots_balance_receiver *r,
                             roots_error *e) {
  (void)p, (void)c, (void)r, (void)e;
  return ROOTS_INTERNAL;
}
static roots_status locks(roots_provider *p, const roots_lock_receiver *r, roots_error *e) {
  (void)p, (void)r, (void)e;
  return ROOTS_INTERNAL;
}

#ifdef BREAK_NO_ENTRY
#define ENTRY roots_provider_entry_v9
#else
#define ENTRY roots_provider_entry_v1
#endif

ROOTS_EXPORT const roots_provider_api *ENTRY(void) {
  static roots_provider_api table = {sizeof table, ROOTS_PROVIDER_ABI_MINOR,
                                     plugin_id,    plugin_version,
                                     create,       destroy,
                                     connect_,     absences,
                                     schedule,     balances,
                                     locks};
#ifdef BREAK_SHORT_TABLE
  table.struct_size = 40;
#endif
#ifdef BREAK_NULL_SLOT
  table.fetch_schedule = NULL;
#endif
#ifdef BREAK_NULL_TABLE
  return NULL;
#endif
  return &table;
}
