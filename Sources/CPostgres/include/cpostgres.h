// libpq, the client library of PostgreSQL, loaded when it is asked for: a program that never talks to PostgreSQL needs no
// libpq to be built or to run. The functions are those of the manual (postgresql.org/docs/15/libpq.html) with another
// beginning to their names. Call popsec_pq_load first; without it, and where it failed, none of the others may be called.

#ifndef CPOSTGRES_H
#define CPOSTGRES_H

#include <stddef.h>

typedef struct pg_conn popsec_pq_connection;
typedef struct pg_result popsec_pq_result;

// ConnStatusType, ExecStatusType, PGTransactionStatusType and diagnostic fields, as far as they are used. Their values
// are part of libpq's binary interface.
enum {
  POPSEC_PQ_CONNECTION_OK = 0,
  POPSEC_PQ_EMPTY_QUERY = 0,
  POPSEC_PQ_COMMAND_OK = 1,
  POPSEC_PQ_TUPLES_OK = 2,
  POPSEC_PQ_COPY_IN = 4,
  POPSEC_PQ_SINGLE_TUPLE = 9,
  POPSEC_PQ_PIPELINE_SYNC = 10,
  POPSEC_PQ_PIPELINE_ABORTED = 11,
  POPSEC_PQ_IDLE = 0,
  POPSEC_PQ_DIAGNOSTIC_SQLSTATE = 'C',
  POPSEC_PQ_DIAGNOSTIC_CONSTRAINT = 'n',
  POPSEC_PQ_DIAGNOSTIC_COLUMN = 'c',
  POPSEC_PQ_DIAGNOSTIC_TABLE = 't',
  POPSEC_PQ_DIAGNOSTIC_PRIMARY = 'M',
};

// A parameter of a connection, as PQconninfoParse knows it. The layout is part of libpq's binary interface.
typedef struct {
  char *keyword;
  char *envvar;
  char *compiled;
  char *val;
  char *label;
  char *dispchar;
  int dispsize;
} popsec_pq_option;

// Loads libpq once for the process. Returns null, or why libpq can't be used, as dlerror(3) says it.
const char *popsec_pq_load(void);

popsec_pq_option *popsec_pq_parse(const char *conninfo, char **error);
void popsec_pq_free_options(popsec_pq_option *options);
void popsec_pq_free(void *memory);
// Connects to the database of a URI, and waits this number of seconds for each of its hosts. The lists of hosts, of their
// numeric addresses and of their ports replace those of the URI where they are not null. `silence` is the number of
// milliseconds after which a peer is given up that acknowledges nothing; 0 leaves this to the system. `pass_file` is the
// file of passwords that the URI names, or null, where PGPASSFILE counts. libpq takes only what is its account's alone; here
// a file that is root's and that a group may read is taken, too, as libpq itself takes the key of a certificate.
popsec_pq_connection *popsec_pq_connect(
  const char *uri, const char *host, const char *hostaddr, const char *port, const char *seconds, const char *silence,
  const char *pass_file);
// Whether a file of this owner and mode is a pass file of root's that a group may read.
int popsec_pq_is_shared_pass_file(unsigned int owner, unsigned int mode);
// Whether a server asked for a password, and none was found.
int popsec_pq_needs_password(const popsec_pq_connection *connection);
int popsec_pq_status(const popsec_pq_connection *connection);
int popsec_pq_transaction_status(const popsec_pq_connection *connection);
const char *popsec_pq_error(const popsec_pq_connection *connection);
const char *popsec_pq_parameter(const popsec_pq_connection *connection, const char *name);
int popsec_pq_server_version(const popsec_pq_connection *connection);
// The number of the server's process for this connection.
int popsec_pq_backend(const popsec_pq_connection *connection);
int popsec_pq_socket(const popsec_pq_connection *connection);
// The host and the port to which the connection leads, as they stand in the address.
const char *popsec_pq_host(const popsec_pq_connection *connection);
const char *popsec_pq_port(const popsec_pq_connection *connection);
void popsec_pq_finish(popsec_pq_connection *connection);
// Each of these sends a statement, waits for its answer, and returns the last result. `limit` is the greatest number of
// milliseconds between two results; below 0 there is none. Where it passes, the connection is lost.
popsec_pq_result *popsec_pq_exec(popsec_pq_connection *connection, const char *sql, int limit);
// The statement is COPY … FROM STDIN, and the data is what it is given.
popsec_pq_result *popsec_pq_copy(
  popsec_pq_connection *connection, const char *sql, const char *data, int length, int limit);
popsec_pq_result *popsec_pq_prepare(
  popsec_pq_connection *connection, const char *name, const char *sql, int count, const unsigned int *types, int limit);
// Several statements on their way at once (postgresql.org/docs/15/libpq-pipeline-mode.html). Each of these returns 0 where
// it fails.
int popsec_pq_enter_pipeline(popsec_pq_connection *connection);
// Only where all answers were taken.
int popsec_pq_leave_pipeline(popsec_pq_connection *connection);
// These send a statement in a pipeline, with binary values, and wait for nothing.
int popsec_pq_send_prepare(
  popsec_pq_connection *connection, const char *name, const char *sql, int count, const unsigned int *types);
int popsec_pq_send_prepared(
  popsec_pq_connection *connection, const char *name, int count, const char *const *values, const int *lengths,
  const int *formats);
int popsec_pq_send_params(
  popsec_pq_connection *connection, const char *sql, int count, const unsigned int *types, const char *const *values,
  const int *lengths, const int *formats);
// Ends what is sent as one batch. Where a statement of a batch fails, the server leaves out the rest of the batch.
int popsec_pq_end_batch(popsec_pq_connection *connection);
// Waits for the answers to the first batch that was not answered yet, and returns the last statement's last result, or the
// first one of a statement that failed; null where the connection is lost. `limit` is that of popsec_pq_exec. `is_whole`
// becomes 0 where the end of the batch did not come. Then the connection is of no use any more.
popsec_pq_result *popsec_pq_answer(popsec_pq_connection *connection, int limit, int *is_whole);
// Waits for the next result of a batch, and returns that result; behind the last statement a result of the status
// POPSEC_PQ_PIPELINE_SYNC, and null where the connection is lost. `limit` is that of popsec_pq_exec.
popsec_pq_result *popsec_pq_next_answer(popsec_pq_connection *connection, int limit);
// Sends a prepared statement without values, as a transaction of its own. Its answer is a result, a null, and a result of
// the status POPSEC_PQ_PIPELINE_SYNC.
int popsec_pq_send_question(popsec_pq_connection *connection, const char *name);
// Reads what has arrived.
int popsec_pq_read(popsec_pq_connection *connection);
// Whether popsec_pq_next_result would not wait.
int popsec_pq_has_result(popsec_pq_connection *connection);
// The next result; null behind the last one of a statement.
popsec_pq_result *popsec_pq_next_result(popsec_pq_connection *connection);
int popsec_pq_result_status(const popsec_pq_result *result);
const char *popsec_pq_diagnostic(const popsec_pq_result *result, int field);
int popsec_pq_row_count(const popsec_pq_result *result);
int popsec_pq_column_count(const popsec_pq_result *result);
const char *popsec_pq_column_name(const popsec_pq_result *result, int column);
unsigned int popsec_pq_type(const popsec_pq_result *result, int column);
int popsec_pq_is_null(const popsec_pq_result *result, int row, int column);
int popsec_pq_length(const popsec_pq_result *result, int row, int column);
const char *popsec_pq_value(const popsec_pq_result *result, int row, int column);
const char *popsec_pq_changed_rows(popsec_pq_result *result);
// The command that was carried out, such as COMMIT; for INSERT, UPDATE and others with numbers behind it.
const char *popsec_pq_command(popsec_pq_result *result);
void popsec_pq_clear(popsec_pq_result *result);
// Counts the notices of the server from now on, and prints none of them, as libpq's own receiver does. The number must
// live as long as the connection.
void popsec_pq_count_notices(popsec_pq_connection *connection, int *count);

#endif
