#include "cpostgres.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

// Every function that is used: its result, its name here, its name in libpq, its parameters.
#define FUNCTIONS(F)                                                                                                   \
  F(popsec_pq_option *, parse, "PQconninfoParse", (const char *, char **))                                             \
  F(void, free_options, "PQconninfoFree", (popsec_pq_option *))                                                        \
  F(void, free, "PQfreemem", (void *))                                                                                 \
  F(popsec_pq_connection *, connect, "PQconnectdbParams", (const char *const *, const char *const *, int))             \
  F(int, status, "PQstatus", (const popsec_pq_connection *))                                                           \
  F(int, transaction_status, "PQtransactionStatus", (const popsec_pq_connection *))                                    \
  F(const char *, error, "PQerrorMessage", (const popsec_pq_connection *))                                             \
  F(const char *, parameter, "PQparameterStatus", (const popsec_pq_connection *, const char *))                        \
  F(int, server_version, "PQserverVersion", (const popsec_pq_connection *))                                            \
  F(int, socket, "PQsocket", (const popsec_pq_connection *))                                                           \
  F(void, finish, "PQfinish", (popsec_pq_connection *))                                                                \
  F(popsec_pq_result *, exec, "PQexec", (popsec_pq_connection *, const char *))                                        \
  F(popsec_pq_result *, prepare, "PQprepare",                                                                          \
    (popsec_pq_connection *, const char *, const char *, int, const unsigned int *))                                   \
  F(popsec_pq_result *, exec_prepared, "PQexecPrepared",                                                               \
    (popsec_pq_connection *, const char *, int, const char *const *, const int *, const int *, int))                   \
  F(popsec_pq_result *, exec_params, "PQexecParams",                                                                   \
    (popsec_pq_connection *, const char *, int, const unsigned int *, const char *const *, const int *, const int *,   \
     int))                                                                                                             \
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

popsec_pq_connection *popsec_pq_connect(const char *uri, const char *seconds) {
  const char *const keywords[] = {"dbname", "application_name", "client_encoding", "connect_timeout", NULL};
  const char *const values[] = {uri, "popsec", "UTF8", seconds, NULL};
  // What stands behind dbname overrides what the URI says.
  return libpq.connect(keywords, values, 1);
}

int popsec_pq_status(const popsec_pq_connection *connection) { return libpq.status(connection); }

int popsec_pq_transaction_status(const popsec_pq_connection *connection) {
  return libpq.transaction_status(connection);
}

const char *popsec_pq_error(const popsec_pq_connection *connection) { return libpq.error(connection); }

const char *popsec_pq_parameter(const popsec_pq_connection *connection, const char *name) {
  return libpq.parameter(connection, name);
}

int popsec_pq_server_version(const popsec_pq_connection *connection) { return libpq.server_version(connection); }
int popsec_pq_socket(const popsec_pq_connection *connection) { return libpq.socket(connection); }
void popsec_pq_finish(popsec_pq_connection *connection) { libpq.finish(connection); }

popsec_pq_result *popsec_pq_exec(popsec_pq_connection *connection, const char *sql) {
  return libpq.exec(connection, sql);
}

popsec_pq_result *popsec_pq_prepare(
  popsec_pq_connection *connection, const char *name, const char *sql, int count, const unsigned int *types) {
  return libpq.prepare(connection, name, sql, count, types);
}

popsec_pq_result *popsec_pq_exec_prepared(
  popsec_pq_connection *connection, const char *name, int count, const char *const *values, const int *lengths,
  const int *formats, int result_format) {
  return libpq.exec_prepared(connection, name, count, values, lengths, formats, result_format);
}

popsec_pq_result *popsec_pq_exec_params(
  popsec_pq_connection *connection, const char *sql, int count, const unsigned int *types, const char *const *values,
  const int *lengths, const int *formats, int result_format) {
  return libpq.exec_params(connection, sql, count, types, values, lengths, formats, result_format);
}

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
void popsec_pq_clear(popsec_pq_result *result) { libpq.clear(result); }

static void ignore(void *argument, const char *message) {
  (void)argument;
  (void)message;
}

void popsec_pq_silence(popsec_pq_connection *connection) { libpq.set_processor(connection, ignore, NULL); }
