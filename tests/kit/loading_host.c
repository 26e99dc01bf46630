/* loading-host LIBRARY [SIGNAL...]: blocks these signals, loads the library, and prints the numbers of the
 * signals that are blocked then, before its only thread does anything else. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argument_count, char **arguments) {
  sigset_t blocked;
  sigemptyset(&blocked);
  for (int index = 2; index < argument_count; ++index) sigaddset(&blocked, atoi(arguments[index]));
  pthread_sigmask(SIG_SETMASK, &blocked, NULL);
  const int binding = getenv("LAZY") == NULL ? RTLD_NOW : RTLD_LAZY;
  if (argument_count < 2 || dlopen(arguments[1], binding | RTLD_LOCAL) == NULL) {
    fprintf(stderr, "%s\n", argument_count < 2 ? "no library" : dlerror());
    return 1;
  }
  pthread_sigmask(SIG_SETMASK, NULL, &blocked);
  for (int number = 1; number < NSIG; ++number)
    if (sigismember(&blocked, number) == 1) printf("%d ", number);
  return 0;
}
