#define _GNU_SOURCE
#include "cplatform.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS};
// These signals end a process that doesn't handle them (signal(7)), although nothing is wrong with the
// process. The real-time signals are others of this kind. SIGALRM is one as well, where nothing is overdue
// (signals.c).
static const int endings[] = {SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF, SIGPOLL, SIGPWR, SIGSTKFLT, SIGXCPU};
enum {
  count = sizeof crashes / sizeof crashes[0],
  ending_count = sizeof endings / sizeof endings[0],
  // How long each of two tries waits for a terminal that takes no output.
  patience_ms = 500
};

static atomic_int armed;
static int tty = -1;
static unsigned char reset[popsec_guard_capacity];
static size_t reset_length;
static struct termios found;
// The former actions, by the number of the signal.
static struct sigaction before[_NSIG];
static int is_installed;
// A handler needs a stack of its own, because the crash may be an overflow of the first stack.
static _Alignas(16) char stack[64 * 1024];

static void put(int descriptor, const void *bytes, size_t length) {
  const char *rest = bytes;
  while (length > 0) {
    ssize_t written = write(descriptor, rest, length);
    if (written <= 0) return;
    rest += written;
    length -= (size_t)written;
  }
}

// From here on only async-signal-safe functions are called.

// Writes bytes until the terminal takes none for a while. Returns the number of bytes that it took.
static size_t put_in_time(const unsigned char *bytes, size_t length) {
  size_t done = 0;
  while (done < length) {
    struct pollfd waiting = {.fd = tty, .events = POLLOUT};
    if (poll(&waiting, 1, patience_ms) <= 0 || !(waiting.revents & POLLOUT)) return done;
    ssize_t written = write(tty, bytes + done, length - done);
    if (written <= 0) return done;
    done += (size_t)written;
  }
  return done;
}

static void restore(void) {
  if (!atomic_exchange(&armed, 0)) return;
  // The system would stop a background process that changes the modes.
  sigset_t stopping;
  sigemptyset(&stopping);
  sigaddset(&stopping, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &stopping, NULL);
  // All processes with this terminal open share the flag, so it is set only for as long as needed.
  int flags = fcntl(tty, F_GETFL);
  if (flags >= 0) fcntl(tty, F_SETFL, flags | O_NONBLOCK);
  size_t done = put_in_time(reset, reset_length);
  if (done < reset_length) {
    // Nobody reads this terminal, so the waiting output is dropped to make room.
    tcflush(tty, TCOFLUSH);
    put_in_time(reset + done, reset_length - done);
  }
  if (flags >= 0) fcntl(tty, F_SETFL, flags);
  // Keys that were meant for the program must not become a command of the shell.
  tcflush(tty, TCIFLUSH);
  tcsetattr(tty, TCSANOW, &found);
}

int popsec_guard_is_blocked(void) {
  struct pollfd waiting = {.fd = tty, .events = POLLOUT};
  return atomic_load(&armed) && poll(&waiting, 1, 0) == 0;
}

void popsec_guard_leave(int signal) {
  restore();
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, NULL);
  sigset_t own;
  sigemptyset(&own);
  sigaddset(&own, signal);
  pthread_sigmask(SIG_UNBLOCK, &own, NULL);
  raise(signal);
}

static void say(int signal) {
  static const char text[] = "popsec: stopped by an internal error (signal ";
  char number[4];
  size_t length = 0;
  if (signal >= 10) number[length++] = (char)('0' + signal / 10 % 10);
  number[length++] = (char)('0' + signal % 10);
  number[length++] = ')';
  number[length++] = '\n';
  put(STDERR_FILENO, text, sizeof text - 1);
  put(STDERR_FILENO, number, length);
}

void popsec_crash_silently(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < count; i++) sigaction(crashes[i], &action, NULL);
}

static void crashed(int signal) {
  // From now on the default actions apply, even where restoring crashes, so that nothing prevents the end.
  popsec_crash_silently();
  sigset_t all;
  sigemptyset(&all);
  for (int i = 0; i < count; i++) sigaddset(&all, crashes[i]);
  sigprocmask(SIG_UNBLOCK, &all, NULL);
  restore();
  say(signal);
  raise(signal);
}

static void take(int signal, void (*handler)(int)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_ONSTACK;
  sigfillset(&action.sa_mask);
  sigaction(signal, &action, &before[signal]);
  // A signal that the program's parent had it ignore must not end it.
  if (handler == popsec_guard_leave && before[signal].sa_handler == SIG_IGN)
    sigaction(signal, &before[signal], NULL);
}

static void install(void) {
  static int has_exit;
  if (!has_exit) has_exit = atexit(restore) == 0;
  if (is_installed) return;
  stack_t alternate;
  memset(&alternate, 0, sizeof alternate);
  alternate.ss_sp = stack;
  alternate.ss_size = sizeof stack;
  sigaltstack(&alternate, NULL);
  for (int i = 0; i < count; i++) take(crashes[i], crashed);
  for (int i = 0; i < ending_count; i++) take(endings[i], popsec_guard_leave);
  for (int i = SIGRTMIN; i <= SIGRTMAX; i++) take(i, popsec_guard_leave);
  is_installed = 1;
}

int popsec_guard_keep_modes(int terminal) {
  struct termios now;
  if (tcgetattr(terminal, &now) != 0) return errno;
  found = now;
  return 0;
}

void popsec_guard_arm(int terminal, const unsigned char *bytes, size_t length) {
  atomic_store(&armed, 0);
  tty = terminal;
  reset_length = length < sizeof reset ? length : sizeof reset;
  memcpy(reset, bytes, reset_length);
  install();
  atomic_store(&armed, 1);
}

void popsec_guard_disarm(void) {
  atomic_store(&armed, 0);
  if (!is_installed) return;
  for (int i = 0; i < count; i++) sigaction(crashes[i], &before[crashes[i]], NULL);
  for (int i = 0; i < ending_count; i++) sigaction(endings[i], &before[endings[i]], NULL);
  for (int i = SIGRTMIN; i <= SIGRTMAX; i++) sigaction(i, &before[i], NULL);
  is_installed = 0;
}
