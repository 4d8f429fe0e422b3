// What Swift can't call of SQLite, because the number of its arguments varies.
#include <sqlite3.h>

/// Sets how many bytes a statement's journal takes in memory before it goes to a temporary file
/// (sqlite.org/c3ref/c_config_covering_index_scan.html, SQLITE_CONFIG_STMTJRNL_SPILL). It fails once SQLite is in use.
static inline int popsec_set_statement_journal_spill(int byte_count) {
  return sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, byte_count);
}

/// Keeps SQLite from counting its memory (SQLITE_CONFIG_MEMSTATUS). The call fails once SQLite is in use.
static inline int popsec_leave_memory_uncounted(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }
