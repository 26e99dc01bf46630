/* A library with the broken table that -DTABLE=broken_... selects.
 * -DBREAK_... selects faults of the library itself. */
#define _POSIX_C_SOURCE 200809L
#include <roots/provider_abi.h>

#include <pthread.h>
#include <signal.h>
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
#elif defined(BREAK_SLOW_TO_LOAD)
__attribute__((constructor)) static void wait(void) { sleep(3); }
#elif defined(BREAK_CLOSES_PIPES_AT_LOAD)
__attribute__((constructor)) static void hang(void) {
  for (int descriptor = 0; descriptor < 64; ++descriptor) close(descriptor);
  sleep(60);
}
#elif defined(BREAK_EXTRA_EXPORT)
ROOTS_EXPORT int a_function_of_my_own(void);
int a_function_of_my_own(void) { return 1; }
#elif defined(BREAK_NEEDS_ABSENT)
int roots_absent(void);
static int (*volatile needed)(void) = roots_absent;
#elif defined(BREAK_UNDEFINED_SYMBOL)
void nobody_defines_this(void);
static void (*volatile needed)(void) = nobody_defines_this;
#elif defined(BREAK_SIGNAL_BLOCKED_AT_LOAD)
__attribute__((constructor)) static void block(void) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR2);
  pthread_sigmask(SIG_BLOCK, &signals, NULL);
}
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
#if defined(BREAK_UNDEFINED_SYMBOL) || defined(BREAK_NEEDS_ABSENT)
  if (needed == NULL) return NULL;
#endif
  return TABLE();
}
