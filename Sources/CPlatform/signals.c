#define _GNU_SOURCE
#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static const int taken[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};
enum { count = sizeof taken / sizeof taken[0] };

static struct sigaction before[count];
static int is_open;
static atomic_int reading = -1;
static atomic_int writing = -1;
// What came is kept here, so that a full pipe loses nothing.
static atomic_uint pending;

static void post(unsigned int bit) {
  int error = errno;
  atomic_fetch_or(&pending, bit);
  int descriptor = atomic_load(&writing);
  if (descriptor >= 0) {
    ssize_t ignored = write(descriptor, "", 1);
    (void)ignored;
  }
  errno = error;
}

static void arrived(int signal) { post(1u << signal); }

void popsec_wake(void) { post(1u); }

int popsec_signals_open(void) {
  if (atomic_load(&reading) < 0) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
    atomic_store(&reading, ends[0]);
    atomic_store(&writing, ends[1]);
  }
  if (!is_open) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = arrived;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < count; i++) sigaction(taken[i], &action, &before[i]);
    is_open = 1;
  }
  return atomic_load(&reading);
}

unsigned int popsec_signals_take(void) {
  char bytes[64];
  // Emptied first, and always: what comes between then wakes once too often, rather than
  // never or for ever.
  while (read(atomic_load(&reading), bytes, sizeof bytes) == (ssize_t)sizeof bytes) {
  }
  return atomic_exchange(&pending, 0);
}

void popsec_signals_forget(int signal) { atomic_fetch_and(&pending, ~(1u << signal)); }

void popsec_signals_close(void) {
  if (!is_open) return;
  for (int i = 0; i < count; i++) sigaction(taken[i], &before[i], NULL);
  is_open = 0;
}

void popsec_stop(void) {
  struct sigaction action, handled;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigemptyset(&action.sa_mask);
  sigaction(SIGTSTP, &action, &handled);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &handled, NULL);
}
