/// One step of the schema. Steps are numbered from 1, and the version of a store is the number of its last
/// step.
///
/// Processes of earlier versions run on while a step is taken. By the table `migration`, which no step may change, they
/// learn that they may neither read nor write any more.
package struct Migration: Sendable {
  package let number: Int
  package let name: String
  /// The script that all engines understand, and behind it, for each engine, the one that only that engine does.
  private let shared: [UInt8]
  private let sqlite: [UInt8]
  private let postgres: [UInt8]
  /// What the step brings, for people.
  package let summary: String

  package init(
    number: Int, name: String, _ shared: [UInt8], sqlite: [UInt8] = [], postgres: [UInt8] = [],
    summary: String = ""
  ) {
    (self.number, self.name, self.shared) = (number, name, shared)
    (self.sqlite, self.postgres) = (sqlite, postgres)
    self.summary = summary
  }

  /// The scripts for SQLite, in their order.
  package var sqliteScripts: [String] { scripts(sqlite).map(\.text) }

  /// The scripts for PostgreSQL, in their order. The shared one names types as SQLite does too.
  package var postgresScripts: [(text: String, isShared: Bool)] { scripts(postgres) }

  private func scripts(_ own: [UInt8]) -> [(text: String, isShared: Bool)] {
    [(shared, true), (own, false)].filter { !$0.0.isEmpty }.map {
      (String(decoding: $0.0, as: UTF8.self), $0.1)
    }
  }

  package static let all = [
    Migration(
      number: 1, name: "first", PackageResources._001_first_sql,
      sqlite: PackageResources._001_first_sqlite_sql,
      postgres: PackageResources._001_first_postgres_sql,
      summary: "everything that there was at first"),
    Migration(
      number: 2, name: "gate", PackageResources._002_gate_sql,
      summary: "what the gate needs, and Token IDs that overlap when a token is rotated"),
    Migration(
      number: 3, name: "operators", PackageResources._003_operators_sql,
      sqlite: PackageResources._003_operators_sqlite_sql,
      postgres: PackageResources._003_operators_postgres_sql,
      summary: "who operators are in the audit log, its signed heads, and who is in the console"),
    Migration(
      number: 4, name: "settings", PackageResources._004_settings_sql,
      summary: "settings, and what people left pending"),
    Migration(
      number: 5, name: "keys", PackageResources._005_keys_sql, sqlite: PackageResources._005_keys_sqlite_sql,
      postgres: PackageResources._005_keys_postgres_sql,
      summary: "an id by which backups know their store, and keys that can be exchanged"),
    Migration(
      number: 6, name: "undo", PackageResources._006_undo_sql,
      summary: "what was deleted is found, restored and purged, and changes are undone"),
    Migration(
      number: 7, name: "dual", PackageResources._007_dual_sql,
      summary: "what waits for a second person"),
    Migration(
      number: 8, name: "match", PackageResources._008_match_sql,
      summary: "endpoints that mean one path and no other"),
    Migration(
      number: 9, name: "gate-keys", PackageResources._009_gate_keys_sql,
      sqlite: PackageResources._009_gate_keys_sqlite_sql,
      postgres: PackageResources._009_gate_keys_postgres_sql,
      summary: "the public keys by which applications know what gates sign"),
    Migration(
      number: 10, name: "refusals", PackageResources._010_refusals_sql,
      summary: "refusals that are summed up in one row of the audit log"),
    Migration(
      number: 11, name: "ends", PackageResources._011_ends_sql, sqlite: PackageResources._011_ends_sqlite_sql,
      postgres: PackageResources._011_ends_postgres_sql,
      summary: "the order by next expiry goes by ends that lie ahead"),
    Migration(
      number: 12, name: "record", PackageResources._012_record_sql,
      summary: "the audit log tells all that was changed, and undoing reads it there"),
    Migration(
      number: 13, name: "notices", PackageResources._013_notices_sql,
      postgres: PackageResources._013_notices_postgres_sql,
      summary: "what popsec tells of by itself, such as tokens that end"),
    Migration(
      number: 14, name: "bounds", PackageResources._014_bounds_sql,
      summary: "memberships, system roles, grants and tokens that begin and end by themselves"),
    Migration(
      number: 15, name: "owners", PackageResources._015_owners_sql,
      summary: "who answers for API users and tokens, what they are for, their labels, and who made them"),
    Migration(
      number: 16, name: "requests", PackageResources._016_requests_sql,
      summary: "changes that are asked for by people who may not make them"),
    Migration(
      number: 17, name: "console-settings", PackageResources._017_console_settings_sql,
      summary: "the own settings of people who come over SSH"),
    Migration(
      number: 18, name: "laws", PackageResources._018_laws_sql,
      summary: "laws, which no change may break"),
    Migration(
      number: 19, name: "altered", PackageResources._019_altered_sql,
      summary: "whose decisions each change may have altered, so that a gate forgets nothing else"),
    Migration(
      number: 20, name: "token-search", PackageResources._020_token_search_sql,
      sqlite: PackageResources._020_token_search_sqlite_sql,
      summary: "tokens are found by a part of their names, also where the names are not ASCII"),
  ]

  /// The steps of the database that gates write.
  package static let ofUses = [
    Migration(
      number: 1, name: "first", PackageResources.gate_0001_first_sql,
      postgres: PackageResources.gate_0001_first_postgres_sql),
    Migration(number: 2, name: "presence", PackageResources.gate_0002_presence_sql),
    Migration(number: 3, name: "kept head", PackageResources.gate_0003_kept_head_sql),
    Migration(number: 4, name: "networks", PackageResources.gate_0004_networks_sql),
    Migration(
      number: 5, name: "sums", PackageResources.gate_0005_sums_sql,
      sqlite: PackageResources.gate_0005_sums_sqlite_sql,
      postgres: PackageResources.gate_0005_sums_postgres_sql),
    Migration(number: 6, name: "decoys", PackageResources.gate_0006_decoys_sql),
    Migration(number: 7, name: "rates", PackageResources.gate_0007_rates_sql),
    Migration(
      number: 8, name: "stale", PackageResources.gate_0008_stale_sql,
      summary: "what gates answered by what they knew, without their database"),
  ]
}

extension [Migration] {
  /// The version of a store that has all these steps.
  package var version: Int { last?.number ?? 0 }

  /// The steps that follow a version, each with its number and what it brings.
  package func pending(from version: Int) -> [String] {
    filter { $0.number > version }.map { "\($0.number): \($0.summary.isEmpty ? $0.name : $0.summary)" }
  }
}
