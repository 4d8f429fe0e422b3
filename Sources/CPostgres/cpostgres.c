#define _GNU_SOURCE
#include "cpostgres.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

// Every function that is used: its result, its name here, its name in libpq, its parameters.
#define FUNCTIONS(F)                                                                                                   \
  F(popsec_pq_option *, parse, "PQconninfoParse", (const char *, char **))                                             \
  F(void, free_options, "PQconninfoFree", (popsec_pq_option *))                                                        \
  F(void, free, "PQfreemem", (void *))                                                                                 \
  F(popsec_pq_connection *, connect, "PQconnectdbParams", (const char *const *, const char *const *, int))             \
  F(int, status, "PQstatus", (const popsec_pq_connection *))                                                           \
  F(int, transaction_status, "PQtransactionStatus", (const popsec_pq_connection *))                                    \
  F(const char *, error, "PQerrorMessage", (const popsec_pq_connection *))                                             \
  F(int, needs_password, "PQconnectionNeedsPassword", (const popsec_pq_connection *))                                  \
  F(const char *, parameter, "PQparameterStatus", (const popsec_pq_connection *, const char *))                        \
  F(int, server_version, "PQserverVersion", (const popsec_pq_connection *))                                            \
  F(int, backend, "PQbackendPID", (const popsec_pq_connection *))                                                      \
  F(int, socket, "PQsocket", (const popsec_pq_connection *))                                                           \
  F(char *, host, "PQhost", (const popsec_pq_connection *))                                                            \
  F(char *, port, "PQport", (const popsec_pq_connection *))                                                            \
  F(void, finish, "PQfinish", (popsec_pq_connection *))                                                                \
  F(int, send_query, "PQsendQuery", (popsec_pq_connection *, const char *))                                            \
  F(int, send_prepare, "PQsendPrepare",                                                                                \
    (popsec_pq_connection *, const char *, const char *, int, const unsigned int *))                                   \
  F(int, send_prepared, "PQsendQueryPrepared",                                                                         \
    (popsec_pq_connection *, const char *, int, const char *const *, const int *, const int *, int))                   \
  F(int, send_params, "PQsendQueryParams",                                                                             \
    (popsec_pq_connection *, const char *, int, const unsigned int *, const char *const *, const int *, const int *,   \
     int))                                                                                                             \
  F(int, put_copy_data, "PQputCopyData", (popsec_pq_connection *, const char *, int))                                  \
  F(int, put_copy_end, "PQputCopyEnd", (popsec_pq_connection *, const char *))                                         \
  F(int, flush, "PQflush", (popsec_pq_connection *))                                                                   \
  F(int, consume, "PQconsumeInput", (popsec_pq_connection *))                                                          \
  F(int, is_busy, "PQisBusy", (popsec_pq_connection *))                                                                \
  F(popsec_pq_result *, next_result, "PQgetResult", (popsec_pq_connection *))                                          \
  F(int, set_nonblocking, "PQsetnonblocking", (popsec_pq_connection *, int))                                           \
  F(int, enter_pipeline, "PQenterPipelineMode", (popsec_pq_connection *))                                              \
  F(int, leave_pipeline, "PQexitPipelineMode", (popsec_pq_connection *))                                               \
  F(int, pipeline_sync, "PQpipelineSync", (popsec_pq_connection *))                                                    \
  F(int, result_status, "PQresultStatus", (const popsec_pq_result *))                                                  \
  F(const char *, diagnostic, "PQresultErrorField", (const popsec_pq_result *, int))                                   \
  F(int, row_count, "PQntuples", (const popsec_pq_result *))                                                           \
  F(int, column_count, "PQnfields", (const popsec_pq_result *))                                                        \
  F(const char *, column_name, "PQfname", (const popsec_pq_result *, int))                                             \
  F(unsigned int, type, "PQftype", (const popsec_pq_result *, int))                                                    \
  F(int, is_null, "PQgetisnull", (const popsec_pq_result *, int, int))                                                 \
  F(int, length, "PQgetlength", (const popsec_pq_result *, int, int))                                                  \
  F(const char *, value, "PQgetvalue", (const popsec_pq_result *, int, int))                                           \
  F(const char *, changed_rows, "PQcmdTuples", (popsec_pq_result *))                                                   \
  F(const char *, command, "PQcmdStatus", (popsec_pq_result *))                                                        \
  F(void, clear, "PQclear", (popsec_pq_result *))                                                                      \
  F(void *, set_processor, "PQsetNoticeProcessor",                                                                     \
    (popsec_pq_connection *, void (*)(void *, const char *), void *))

#define MEMBER(result, name, symbol, parameters) result(*name) parameters;
static struct {
  FUNCTIONS(MEMBER)
} libpq;

static const char *trouble;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    // The text of dlerror is gone after its next call.
    const char *reason = dlerror();
    trouble = reason == NULL ? NULL : strdup(reason);
    if (trouble == NULL) trouble = "libpq.so.5 can't be loaded";
    return;
  }
#define FIND(result, name, symbol, parameters)                                                                         \
  *(void **)&libpq.name = dlsym(library, symbol);                                                                      \
  if (libpq.name == NULL && trouble == NULL) trouble = "libpq.so.5 lacks " symbol;
  FUNCTIONS(FIND)
}

const char *popsec_pq_load(void) {
  pthread_once(&once, load);
  return trouble;
}

popsec_pq_option *popsec_pq_parse(const char *conninfo, char **error) { return libpq.parse(conninfo, error); }
void popsec_pq_free_options(popsec_pq_option *options) { libpq.free_options(options); }
void popsec_pq_free(void *memory) { libpq.free(memory); }

int popsec_pq_is_shared_pass_file(unsigned int owner, unsigned int mode) {
  return S_ISREG(mode) && owner == 0 && (mode & 0077) == 0040;
}

// Copies root's pass file for a group into memory that has the rights which libpq asks of such a file. Returns its
// descriptor, or -1 where the file is none of these, or can't be read.
static int copied_pass_file(const char *path) {
  enum { most = 65536 };
  char bytes[4096];
  struct stat status;
  int copy = -1;
  const int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (file < 0) return -1;
  if (fstat(file, &status) == 0 && popsec_pq_is_shared_pass_file(status.st_uid, status.st_mode) && status.st_size <= most)
    copy = memfd_create("popsec-pgpass", MFD_CLOEXEC);
  int is_good = copy >= 0 && fchmod(copy, 0600) == 0;
  ssize_t count = 0;
  while (is_good && (count = read(file, bytes, sizeof bytes)) > 0) is_good = write(copy, bytes, (size_t)count) == count;
  explicit_bzero(bytes, sizeof bytes);
  close(file);
  if (copy < 0 || (is_good && count == 0)) return copy;
  close(copy);
  return -1;
}

popsec_pq_connection *popsec_pq_connect(
  const char *uri, const char *host, const char *hostaddr, const char *port, const char *seconds, const char *silence,
  const char *pass_file) {
  char copy_path[64];
  if (pass_file == NULL) pass_file = getenv("PGPASSFILE");
  const int copy = pass_file == NULL ? -1 : copied_pass_file(pass_file);
  if (copy >= 0) snprintf(copy_path, sizeof copy_path, "/proc/self/fd/%d", copy);
  // What stands before dbname, the URI may override; what stands behind dbname overrides the URI, unless it is null.
  const char *const keywords[] = {
    "target_session_attrs", "tcp_user_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count",
    "dbname", "host", "hostaddr", "port", "application_name", "client_encoding", "connect_timeout",
    "passfile", NULL,
  };
  const char *const values[] = {
    "primary", silence, "5", "2", "3", uri, host, hostaddr, port, "popsec", "UTF8", seconds,
    copy < 0 ? NULL : copy_path, NULL,
  };
  popsec_pq_connection *connection = libpq.connect(keywords, values, 1);
  // libpq has read the passwords of all hosts by now.
  if (copy >= 0) close(copy);
  // Nothing that is sent may block, because whoever waits does not wait for ever.
  if (connection != NULL && libpq.status(connection) == POPSEC_PQ_CONNECTION_OK) libpq.set_nonblocking(connection, 1);
  return connection;
}

int popsec_pq_status(const popsec_pq_connection *connection) { return libpq.status(connection); }

int popsec_pq_transaction_status(const popsec_pq_connection *connection) {
  return libpq.transaction_status(connection);
}

const char *popsec_pq_error(const popsec_pq_connection *connection) { return libpq.error(connection); }

int popsec_pq_needs_password(const popsec_pq_connection *connection) { return libpq.needs_password(connection); }

const char *popsec_pq_parameter(const popsec_pq_connection *connection, const char *name) {
  return libpq.parameter(connection, name);
}

int popsec_pq_server_version(const popsec_pq_connection *connection) { return libpq.server_version(connection); }
int popsec_pq_backend(const popsec_pq_connection *connection) { return libpq.backend(connection); }
int popsec_pq_socket(const popsec_pq_connection *connection) { return libpq.socket(connection); }
const char *popsec_pq_host(const popsec_pq_connection *connection) { return libpq.host(connection); }
const char *popsec_pq_port(const popsec_pq_connection *connection) { return libpq.port(connection); }
void popsec_pq_finish(popsec_pq_connection *connection) { libpq.finish(connection); }

// The time of a clock that only goes forward.
static long long milliseconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

// Sends what is left to send, and waits until a result can be taken. Returns 0 where that lasts longer than the limit, or
// where the connection is lost.
static int await_result(popsec_pq_connection *connection, int limit) {
  const long long end = limit < 0 ? -1 : milliseconds_now() + limit;
  for (;;) {
    const int unsent = libpq.flush(connection);
    if (unsent < 0) return 0;
    if (unsent == 0 && !libpq.is_busy(connection)) return 1;
    const long long left = end < 0 ? -1 : end - milliseconds_now();
    if (end >= 0 && left <= 0) return 0;
    struct pollfd waited = {libpq.socket(connection), (short)(POLLIN | (unsent ? POLLOUT : 0)), 0};
    // What TLS has already taken from the socket does not make the socket readable.
    const int ready = poll(&waited, 1, end < 0 || left > 100 ? 100 : (int)left);
    if (ready < 0 && errno != EINTR) return 0;
    if (!libpq.consume(connection)) return 0;
  }
}

// The last result of what was sent, as PQexec gives it. A connection whose answer does not come in time is lost.
static popsec_pq_result *last_result(popsec_pq_connection *connection, int is_sent, int limit) {
  popsec_pq_result *last = NULL;
  if (!is_sent) return NULL;
  for (;;) {
    if (!await_result(connection, limit)) shutdown(libpq.socket(connection), SHUT_RDWR);
    popsec_pq_result *next = libpq.next_result(connection);
    if (next == NULL) return last;
    if (last != NULL) libpq.clear(last);
    last = next;
  }
}

popsec_pq_result *popsec_pq_exec(popsec_pq_connection *connection, const char *sql, int limit) {
  return last_result(connection, libpq.send_query(connection, sql), limit);
}

popsec_pq_result *popsec_pq_copy(
  popsec_pq_connection *connection, const char *sql, const char *data, int length, int limit) {
  if (!libpq.send_query(connection, sql)) return NULL;
  if (!await_result(connection, limit)) shutdown(libpq.socket(connection), SHUT_RDWR);
  popsec_pq_result *begun = libpq.next_result(connection);
  if (begun == NULL) return NULL;
  if (libpq.result_status(begun) != POPSEC_PQ_COPY_IN) {
    // The statement failed, and only the end of its results is left.
    popsec_pq_result *rest = last_result(connection, 1, limit);
    if (rest != NULL) libpq.clear(rest);
    return begun;
  }
  libpq.clear(begun);
  // What can't be sent at once is kept by libpq, which needs room for it.
  if (libpq.put_copy_data(connection, data, length) != 1 || libpq.put_copy_end(connection, NULL) != 1) {
    shutdown(libpq.socket(connection), SHUT_RDWR);
  }
  return last_result(connection, 1, limit);
}

popsec_pq_result *popsec_pq_prepare(
  popsec_pq_connection *connection, const char *name, const char *sql, int count, const unsigned int *types, int limit) {
  return last_result(connection, libpq.send_prepare(connection, name, sql, count, types), limit);
}

int popsec_pq_enter_pipeline(popsec_pq_connection *connection) { return libpq.enter_pipeline(connection); }
int popsec_pq_leave_pipeline(popsec_pq_connection *connection) { return libpq.leave_pipeline(connection); }

int popsec_pq_send_prepare(
  popsec_pq_connection *connection, const char *name, const char *sql, int count, const unsigned int *types) {
  return libpq.send_prepare(connection, name, sql, count, types);
}

int popsec_pq_send_prepared(
  popsec_pq_connection *connection, const char *name, int count, const char *const *values, const int *lengths,
  const int *formats) {
  return libpq.send_prepared(connection, name, count, values, lengths, formats, 1);
}

int popsec_pq_send_params(
  popsec_pq_connection *connection, const char *sql, int count, const unsigned int *types, const char *const *values,
  const int *lengths, const int *formats) {
  return libpq.send_params(connection, sql, count, types, values, lengths, formats, 1);
}

static int is_failure(const popsec_pq_result *result) {
  const int status = libpq.result_status(result);
  return status != POPSEC_PQ_COMMAND_OK && status != POPSEC_PQ_TUPLES_OK && status != POPSEC_PQ_EMPTY_QUERY;
}

int popsec_pq_end_batch(popsec_pq_connection *connection) { return libpq.pipeline_sync(connection); }

popsec_pq_result *popsec_pq_next_answer(popsec_pq_connection *connection, int limit) {
  // A null ends the results of each statement. Two of them in a row come from a connection that is lost.
  for (int nulls = 0; nulls < 2; nulls += 1) {
    if (!await_result(connection, limit)) shutdown(libpq.socket(connection), SHUT_RDWR);
    popsec_pq_result *next = libpq.next_result(connection);
    if (next != NULL) return next;
  }
  return NULL;
}

popsec_pq_result *popsec_pq_answer(popsec_pq_connection *connection, int limit, int *is_whole) {
  popsec_pq_result *told = NULL;
  *is_whole = 0;
  for (;;) {
    popsec_pq_result *next = popsec_pq_next_answer(connection, limit);
    if (next == NULL) return told;
    if (libpq.result_status(next) == POPSEC_PQ_PIPELINE_SYNC) {
      libpq.clear(next);
      *is_whole = 1;
      return told;
    }
    // The server leaves out what comes behind a statement that failed.
    if (told != NULL && is_failure(told)) {
      libpq.clear(next);
    } else {
      if (told != NULL) libpq.clear(told);
      told = next;
    }
  }
}

int popsec_pq_send_question(popsec_pq_connection *connection, const char *name) {
  // Without the synchronization, all questions would be one transaction, and might have the answer of the first.
  return libpq.send_prepared(connection, name, 0, NULL, NULL, NULL, 1) && libpq.pipeline_sync(connection) &&
         libpq.flush(connection) >= 0;
}

int popsec_pq_read(popsec_pq_connection *connection) {
  return libpq.flush(connection) >= 0 && libpq.consume(connection);
}

int popsec_pq_has_result(popsec_pq_connection *connection) { return !libpq.is_busy(connection); }
popsec_pq_result *popsec_pq_next_result(popsec_pq_connection *connection) { return libpq.next_result(connection); }

int popsec_pq_result_status(const popsec_pq_result *result) { return libpq.result_status(result); }

const char *popsec_pq_diagnostic(const popsec_pq_result *result, int field) {
  return libpq.diagnostic(result, field);
}

int popsec_pq_row_count(const popsec_pq_result *result) { return libpq.row_count(result); }
int popsec_pq_column_count(const popsec_pq_result *result) { return libpq.column_count(result); }

const char *popsec_pq_column_name(const popsec_pq_result *result, int column) {
  return libpq.column_name(result, column);
}

unsigned int popsec_pq_type(const popsec_pq_result *result, int column) { return libpq.type(result, column); }

int popsec_pq_is_null(const popsec_pq_result *result, int row, int column) {
  return libpq.is_null(result, row, column);
}

int popsec_pq_length(const popsec_pq_result *result, int row, int column) {
  return libpq.length(result, row, column);
}

const char *popsec_pq_value(const popsec_pq_result *result, int row, int column) {
  return libpq.value(result, row, column);
}

const char *popsec_pq_changed_rows(popsec_pq_result *result) { return libpq.changed_rows(result); }
const char *popsec_pq_command(popsec_pq_result *result) { return libpq.command(result); }
void popsec_pq_clear(popsec_pq_result *result) { libpq.clear(result); }

static void count_notice(void *count, const char *message) {
  (void)message;
  *(int *)count += 1;
}

void popsec_pq_count_notices(popsec_pq_connection *connection, int *count) {
  libpq.set_processor(connection, count_notice, count);
}
