internal import Access
internal import GRDB
internal import SQLStore

extension [Migration] {
  /// Takes the steps that follow a version, within a transaction.
  func apply(to database: Database, from version: Int, at now: Timestamp) throws {
    for migration in self where migration.number > version {
      for script in migration.sqliteScripts { try database.execute(sql: script) }
      try database.execute(
        sql: "INSERT INTO migration (number, name, applied_at) VALUES (?, ?, ?)",
        arguments: [migration.number, migration.name, now.secondsSince1970])
    }
  }
}
