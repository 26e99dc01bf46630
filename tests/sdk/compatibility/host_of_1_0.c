/* A host that was built when the interface was 1.0: it knows the records of that time and nothing later.
 * host_of_1_0 LIBRARY: connects without settings, fetches, and prints what it understood. Records of its
 * own are followed by bytes that must stay as they are. */
#include <dlfcn.h>
#include <roots/provider_abi.h>
#include <stdio.h>
#include <string.h>

#if ROOTS_PROVIDER_ABI_MINOR != 0
#error "This host must be built with the header of 1.0."
#endif

enum { CANARY = 0x5A };

struct guarded_account {
  roots_account record;
  unsigned char canary[64];
};
struct guarded_error {
  roots_error record;
  unsigned char canary[64];
};

static int is_untouched(const unsigned char *canary, size_t size) {
  size_t index;
  for (index = 0; index < size; ++index)
    if (canary[index] != CANARY) return 0;
  return 1;
}

static void ROOTS_CALL log_line(void *context, int32_t level, roots_text message) {
  (void)context, (void)level, (void)message;
}
static int32_t ROOTS_CALL never(void *context) {
  (void)context;
  return 0;
}

/* R8: the prefix that both know. R9: unknown numbers have a defined meaning. */
static roots_status ROOTS_CALL take_absence(void *context, const roots_absence_day *theirs) {
  roots_absence_day day;
  (void)context;
  memset(&day, 0, sizeof day);
  memcpy(&day, theirs, theirs->struct_size < sizeof day ? theirs->struct_size : sizeof day);
  if (day.kind < ROOTS_VACATION || day.kind > ROOTS_OTHER) day.kind = ROOTS_OTHER;
  if (day.effect < ROOTS_TIME_OFF || day.effect > ROOTS_COMPENSATION) day.effect = ROOTS_TIME_OFF;
  printf("absence %d-%02d-%02d kind %d effect %d %.*s\n", day.date.year, day.date.month, day.date.day,
         (int)day.kind, (int)day.effect, (int)day.label.size, day.label.data);
  return ROOTS_OK;
}

static roots_status ROOTS_CALL take_balance(void *context, const roots_balance *balance) {
  (void)context, (void)balance;
  return ROOTS_OK;
}

int main(int count, char **arguments) {
  void *const library = count == 2 ? dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL) : NULL;
  union {
    void *symbol;
    roots_provider_entry_fn *entry;
  } found;
  const roots_host host = {sizeof host, ROOTS_PROVIDER_ABI_MINOR, NULL, log_line, NULL, NULL};
  const roots_call call = {sizeof call, 5000, NULL, never, NULL, NULL};
  const roots_days days = {{2026, 7, 14}, {2026, 7, 14}};
  const roots_absence_receiver absences = {NULL, take_absence};
  const roots_balance_receiver balances = {NULL, take_balance};
  const roots_provider_api *table;
  roots_provider *provider = NULL;
  struct guarded_account account;
  struct guarded_error error;
  roots_status status;

  if (library == NULL) return 2;
  found.symbol = dlsym(library, ROOTS_PROVIDER_ENTRY);
  if (found.symbol == NULL) return 3;
  table = found.entry();
  if (table->struct_size < sizeof *table) return 4;
  memset(&account, CANARY, sizeof account);
  memset(&error, CANARY, sizeof error);
  memset(&account.record, 0, sizeof account.record);
  memset(&error.record, 0, sizeof error.record);
  account.record.struct_size = sizeof account.record;
  error.record.struct_size = sizeof error.record;

  if (table->create(&host, &provider, &error.record) != ROOTS_OK) return 5;
  status = table->connect(provider, NULL, 0, &call, &account.record, &error.record);
  printf("connect %d %s%s\n", (int)status, account.record.id, error.record.setting);
  if (status == ROOTS_OK) {
    printf("absences %d\n", (int)table->fetch_absences(provider, days, &call, &absences, &error.record));
    status = table->fetch_balances(provider, &call, &balances, &error.record);
    printf("balances %d\n", status < ROOTS_OK || status > ROOTS_NOT_CONNECTED ? ROOTS_INTERNAL : (int)status);
  }
  table->destroy(provider);
  printf("%s\n", is_untouched(account.canary, sizeof account.canary) &&
                         is_untouched(error.canary, sizeof error.canary)
                     ? "nothing written beyond"
                     : "written beyond the records");
  return 0;
}
