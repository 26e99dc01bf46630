/* A library whose table is broken in the way that it is compiled for: -DTABLE=broken_... names the function.
 * Some ways are of the library itself: -DBREAK_... */
#include <roots/provider_abi.h>

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef TABLE
#define TABLE broken_nothing
#endif
const roots_provider_api *TABLE(void);

#if defined(BREAK_CRASH_AT_LOAD)
__attribute__((constructor)) static void crash(void) { abort(); }
#elif defined(BREAK_HANG_AT_LOAD)
__attribute__((constructor)) static void hang(void) { sleep(60); }
#elif defined(BREAK_EXTRA_EXPORT)
ROOTS_EXPORT int a_function_of_my_own(void);
int a_function_of_my_own(void) { return 1; }
#elif defined(BREAK_UNDEFINED_SYMBOL)
void nobody_defines_this(void);
static void (*volatile needed)(void) = nobody_defines_this;
#elif defined(BREAK_THREAD_ON_LOAD)
static void *do_nothing(void *nothing) { return nothing; }
__attribute__((constructor)) static void start(void) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, do_nothing, NULL) == 0) pthread_join(thread, NULL);
}
#endif

#if defined(BREAK_NO_ENTRY)
#define ENTRY roots_provider_entry_v9
#else
#define ENTRY roots_provider_entry_v1
#endif

ROOTS_EXPORT const roots_provider_api *ENTRY(void);
const roots_provider_api *ENTRY(void) {
#if defined(BREAK_UNDEFINED_SYMBOL)
  if (needed == NULL) return NULL;
#endif
  return TABLE();
}
