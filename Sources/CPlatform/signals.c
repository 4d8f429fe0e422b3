#define _GNU_SOURCE
#include "signals.h"

#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static const int taken[] = {SIGHUP, SIGWINCH, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};
enum { count = sizeof taken / sizeof taken[0], hangup = 0 };

// The signals that ask the program to end.
static const unsigned int endings = 1u << SIGTERM | 1u << SIGHUP | 1u << SIGINT | 1u << SIGQUIT;

enum {
  // The seconds that a program has to end after it was asked to: where its terminal takes no output, and
  // otherwise. A change that waits for another writer may take as long as the latter.
  blocked_patience = 2,
  patience = 40
};

static struct sigaction before[count];
static struct sigaction before_alarm;
static int is_open;
// The signal that asked the program to end; 0 where none has.
static atomic_int ending;
static atomic_int seconds_blocked;
static atomic_int seconds;
static atomic_int reading = -1;
static atomic_int writing = -1;
// The signals that came. They are kept here, so that none is lost where the pipe is full.
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

static void arrived(int signal) {
  int none = 0;
  if ((endings & 1u << signal) && atomic_compare_exchange_strong(&ending, &none, signal)) alarm(1);
  post(1u << signal);
}

// This handler runs in the first thread, which is the thread that draws, because the kernel prefers it
// (signal(7), complete_signal). So it interrupts a write to a terminal that nobody reads, and nothing is
// written after the terminal is restored.
static void overdue(int signal) {
  int error = errno;
  int cause = atomic_load(&ending);
  if (cause == 0) popsec_guard_leave(signal);
  int blocked = popsec_guard_is_blocked() ? atomic_fetch_add(&seconds_blocked, 1) + 1 : 0;
  if (blocked == 0) atomic_store(&seconds_blocked, 0);
  if (blocked >= blocked_patience || atomic_fetch_add(&seconds, 1) + 1 >= patience)
    popsec_guard_leave(cause);
  alarm(1);
  errno = error;
}

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
    action.sa_handler = overdue;
    sigaction(SIGALRM, &action, &before_alarm);
    atomic_store(&ending, 0);
    atomic_store(&seconds_blocked, 0);
    atomic_store(&seconds, 0);
    is_open = 1;
  }
  return atomic_load(&reading);
}

unsigned int popsec_signals_take(void) {
  char bytes[64];
  // The pipe is always emptied first. A signal that comes in between causes one wake-up too many, which is
  // better than none or an endless series.
  while (read(atomic_load(&reading), bytes, sizeof bytes) == (ssize_t)sizeof bytes) {
  }
  return atomic_exchange(&pending, 0);
}

void popsec_signals_forget(int signal) { atomic_fetch_and(&pending, ~(1u << signal)); }

void popsec_signals_close(void) {
  if (!is_open) return;
  alarm(0);
  // A closed terminal and the end of its session both send SIGHUP. The second one arrives while the
  // program is ending, and must not end it before it is done.
  before[hangup].sa_handler = SIG_IGN;
  for (int i = 0; i < count; i++) sigaction(taken[i], &before[i], NULL);
  sigaction(SIGALRM, &before_alarm, NULL);
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
