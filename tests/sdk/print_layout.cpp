// Prints every struct, field and constant of the interface with its offset, one per line, in a fixed order.
#include <roots/provider_abi.h>

#include <cstdio>

#define STRUCT(type) std::printf("%s %zu\n", #type, sizeof(type))
#define FIELD(type, field) \
  std::printf("%s.%s %zu %zu\n", #type, #field, offsetof(type, field), sizeof(((type *)nullptr)->field))
#define CONSTANT(name) std::printf("%s = %lld\n", #name, static_cast<long long>(name))

int main() {
  CONSTANT(ROOTS_PROVIDER_ABI_MAJOR);
  std::printf("entry %s\n", ROOTS_PROVIDER_ENTRY);
  CONSTANT(ROOTS_OK);
  CONSTANT(ROOTS_CANCELLED);
  CONSTANT(ROOTS_INVALID_SETTING);
  CONSTANT(ROOTS_SIGN_IN_FAILED);
  CONSTANT(ROOTS_ACCESS_MISSING);
  CONSTANT(ROOTS_PERSON_NOT_FOUND);
  CONSTANT(ROOTS_TRY_LATER);
  CONSTANT(ROOTS_UNEXPECTED_REPLY);
  CONSTANT(ROOTS_INTERNAL);
  CONSTANT(ROOTS_NOT_CONNECTED);
  CONSTANT(ROOTS_LOG_DEBUG);
  CONSTANT(ROOTS_LOG_INFO);
  CONSTANT(ROOTS_LOG_WARNING);
  CONSTANT(ROOTS_LOG_ERROR);
  CONSTANT(ROOTS_VACATION);
  CONSTANT(ROOTS_SICK);
  CONSTANT(ROOTS_PUBLIC_HOLIDAY);
  CONSTANT(ROOTS_PERSONAL);
  CONSTANT(ROOTS_OTHER);
  CONSTANT(ROOTS_WHOLE_DAY);
  CONSTANT(ROOTS_FIRST_HALF);
  CONSTANT(ROOTS_SECOND_HALF);
  CONSTANT(ROOTS_HALF_DAY);
  CONSTANT(ROOTS_MINUTES);
  CONSTANT(ROOTS_TIME_OFF);
  CONSTANT(ROOTS_WORK_ELSEWHERE);
  CONSTANT(ROOTS_COMPENSATION);
  CONSTANT(ROOTS_UNIT_DAYS);
  CONSTANT(ROOTS_UNIT_HOURS);
  CONSTANT(ROOTS_AMOUNT_UNKNOWN);
  // These never grow: their size is part of the contract.
  STRUCT(roots_text);
  STRUCT(roots_date);
  STRUCT(roots_days);
  STRUCT(roots_setting);
  STRUCT(roots_text_receiver);
  STRUCT(roots_absence_receiver);
  STRUCT(roots_week_receiver);
  STRUCT(roots_balance_receiver);
  STRUCT(roots_lock_receiver);
  FIELD(roots_text, data);
  FIELD(roots_text, size);
  FIELD(roots_date, year);
  FIELD(roots_date, month);
  FIELD(roots_date, day);
  FIELD(roots_days, first);
  FIELD(roots_days, last);
  FIELD(roots_setting, key);
  FIELD(roots_setting, value);
  FIELD(roots_text_receiver, context);
  FIELD(roots_text_receiver, accept);
  FIELD(roots_absence_receiver, context);
  FIELD(roots_absence_receiver, accept);
  FIELD(roots_week_receiver, context);
  FIELD(roots_week_receiver, accept);
  FIELD(roots_balance_receiver, context);
  FIELD(roots_balance_receiver, accept);
  FIELD(roots_lock_receiver, context);
  FIELD(roots_lock_receiver, accept);
  // These can grow at their end.
  FIELD(roots_error, struct_size);
  FIELD(roots_error, http_status);
  FIELD(roots_error, retry_after_ms);
  FIELD(roots_error, setting);
  FIELD(roots_error, message);
  FIELD(roots_host, struct_size);
  FIELD(roots_host, abi_minor);
  FIELD(roots_host, context);
  FIELD(roots_host, log);
  FIELD(roots_host, load_secret);
  FIELD(roots_host, save_secret);
  FIELD(roots_call, struct_size);
  FIELD(roots_call, timeout_ms);
  FIELD(roots_call, context);
  FIELD(roots_call, is_cancelled);
  FIELD(roots_call, progress);
  FIELD(roots_call, notice);
  FIELD(roots_account, struct_size);
  FIELD(roots_account, employed_from);
  FIELD(roots_account, employed_until);
  FIELD(roots_account, id);
  FIELD(roots_account, display_name);
  FIELD(roots_absence_day, struct_size);
  FIELD(roots_absence_day, date);
  FIELD(roots_absence_day, kind);
  FIELD(roots_absence_day, extent);
  FIELD(roots_absence_day, minutes);
  FIELD(roots_absence_day, effect);
  FIELD(roots_absence_day, absence_id);
  FIELD(roots_absence_day, label);
  FIELD(roots_absence_day, counted_hundredths);
  FIELD(roots_absence_day, reserved);
  FIELD(roots_week, struct_size);
  FIELD(roots_week, valid_from);
  FIELD(roots_week, minutes);
  FIELD(roots_week, is_estimate);
  FIELD(roots_balance, struct_size);
  FIELD(roots_balance, kind);
  FIELD(roots_balance, unit);
  FIELD(roots_balance, available_hundredths);
  FIELD(roots_balance, current_hundredths);
  FIELD(roots_balance, reserved);
  FIELD(roots_balance, balance_id);
  FIELD(roots_balance, label);
  FIELD(roots_lock, struct_size);
  FIELD(roots_lock, reserved);
  FIELD(roots_lock, setting);
  FIELD(roots_lock, reason);
  FIELD(roots_provider_api, struct_size);
  FIELD(roots_provider_api, abi_minor);
  FIELD(roots_provider_api, plugin_id);
  FIELD(roots_provider_api, plugin_version);
  FIELD(roots_provider_api, create);
  FIELD(roots_provider_api, destroy);
  FIELD(roots_provider_api, connect);
  FIELD(roots_provider_api, fetch_absences);
  FIELD(roots_provider_api, fetch_schedule);
  FIELD(roots_provider_api, fetch_balances);
  FIELD(roots_provider_api, settings_locks);
  return 0;
}
