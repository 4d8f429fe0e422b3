internal import Access
internal import GRDB

/// One step of the schema. Steps are numbered from 1, and the version of a store is the number of its last
/// step.
struct Migration: Sendable {
  let number: Int
  let name: String
  /// The scripts of the step: the one in shared SQL, then the one that only SQLite understands.
  let scripts: [[UInt8]]
  /// What the step brings, for people.
  var summary = ""

  static let all = [
    Migration(
      number: 1, name: "first",
      scripts: [PackageResources._001_first_sql, PackageResources._001_first_sqlite_sql],
      summary: "everything that there was at first"),
    Migration(
      number: 2, name: "gate", scripts: [PackageResources._002_gate_sql],
      summary: "what the gate needs, and Token IDs that overlap when a token is rotated"),
    Migration(
      number: 3, name: "operators",
      scripts: [PackageResources._003_operators_sql, PackageResources._003_operators_sqlite_sql],
      summary: "who operators are in the audit log, its signed heads, and who is in the console"),
    Migration(
      number: 4, name: "settings", scripts: [PackageResources._004_settings_sql],
      summary: "settings, and what people left pending"),
    Migration(
      number: 5, name: "keys",
      scripts: [PackageResources._005_keys_sql, PackageResources._005_keys_sqlite_sql],
      summary: "an id by which backups know their store, and keys that can be exchanged"),
    Migration(
      number: 6, name: "undo", scripts: [PackageResources._006_undo_sql],
      summary: "what was deleted is found, restored and purged, and changes are undone"),
    Migration(
      number: 7, name: "dual", scripts: [PackageResources._007_dual_sql],
      summary: "what waits for a second person"),
    Migration(
      number: 8, name: "match", scripts: [PackageResources._008_match_sql],
      summary: "endpoints that mean one path and no other"),
    Migration(
      number: 9, name: "gate-keys",
      scripts: [PackageResources._009_gate_keys_sql, PackageResources._009_gate_keys_sqlite_sql],
      summary: "the public keys by which applications know what gates sign"),
    Migration(
      number: 10, name: "refusals", scripts: [PackageResources._010_refusals_sql],
      summary: "refusals that are summed up in one row of the audit log"),
    Migration(
      number: 11, name: "ends",
      scripts: [PackageResources._011_ends_sql, PackageResources._011_ends_sqlite_sql],
      summary: "the order by next expiry goes by ends that lie ahead"),
    Migration(
      number: 12, name: "record", scripts: [PackageResources._012_record_sql],
      summary: "the audit log tells all that was changed, and undoing reads it there"),
    Migration(
      number: 13, name: "notices", scripts: [PackageResources._013_notices_sql],
      summary: "what popsec tells of by itself, such as tokens that end"),
    Migration(
      number: 14, name: "bounds", scripts: [PackageResources._014_bounds_sql],
      summary: "memberships, system roles, grants and tokens that begin and end by themselves"),
    Migration(
      number: 15, name: "owners", scripts: [PackageResources._015_owners_sql],
      summary: "who answers for API users and tokens, what they are for, their labels, and who made them"),
    Migration(
      number: 16, name: "requests", scripts: [PackageResources._016_requests_sql],
      summary: "changes that are asked for by people who may not make them"),
    Migration(
      number: 17, name: "console-settings", scripts: [PackageResources._017_console_settings_sql],
      summary: "the own settings of people who come over SSH"),
    Migration(
      number: 18, name: "laws", scripts: [PackageResources._018_laws_sql],
      summary: "laws, which no change may break"),
    Migration(
      number: 19, name: "altered", scripts: [PackageResources._019_altered_sql],
      summary: "whose decisions each change may have altered, so that a gate forgets nothing else"),
  ]

  /// Takes the step within a transaction.
  func apply(to database: Database, at now: Timestamp) throws {
    for script in scripts { try database.execute(sql: String(decoding: script, as: UTF8.self)) }
    try database.execute(
      sql: "INSERT INTO migration (number, name, applied_at) VALUES (?, ?, ?)",
      arguments: [number, name, now.secondsSince1970])
  }
}

extension [Migration] {
  /// The version of a store that has all these steps.
  var version: Int { last?.number ?? 0 }

  /// Takes the steps that follow a version, within a transaction.
  func apply(to database: Database, from version: Int, at now: Timestamp) throws {
    for migration in self where migration.number > version { try migration.apply(to: database, at: now) }
  }
}
