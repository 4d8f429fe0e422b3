#define _GNU_SOURCE
#include "cplatform.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
enum { count = sizeof crashes / sizeof crashes[0] };

static atomic_int armed;
static int tty = -1;
static unsigned char reset[popsec_guard_capacity];
static size_t reset_length;
static struct termios found;
static struct sigaction before[count];
static int is_installed;
// A handler needs a stack of its own where the crash is an overflow of the first.
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

// Only async-signal-safe functions from here on.
static void restore(void) {
  if (!atomic_exchange(&armed, 0)) return;
  put(tty, reset, reset_length);
  tcsetattr(tty, TCSANOW, &found);
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
  // By default from now on, also where restoring crashes; nothing may block the way out.
  popsec_crash_silently();
  sigset_t all;
  sigemptyset(&all);
  for (int i = 0; i < count; i++) sigaddset(&all, crashes[i]);
  sigprocmask(SIG_UNBLOCK, &all, NULL);
  restore();
  say(signal);
  raise(signal);
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
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = crashed;
  action.sa_flags = SA_ONSTACK;
  sigfillset(&action.sa_mask);
  for (int i = 0; i < count; i++) sigaction(crashes[i], &action, &before[i]);
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
  for (int i = 0; i < count; i++) sigaction(crashes[i], &before[i], NULL);
  is_installed = 0;
}
