import GRDB
import Testing

/// Two Administrators whose identity comes from sudo's variables. No user made them, because otherwise they
/// could not agree to each other's changes within a day.
enum TwoAdministrators {
  static let first = ["SUDO_USER": "bin", "SUDO_UID": "2", "SUDO_GID": "2"]
  static let second = ["SUDO_USER": "daemon", "SUDO_UID": "1", "SUDO_GID": "1"]

  /// A store with these Administrators, and with an API user that has a token.
  static func program() throws -> Program { try Program.filled("two administrators", by: fill) }

  private static func fill(_ program: Program) throws {
    let database = try DatabaseQueue(path: program.database)
    let own = try database.write { database in
      let own = try String.fetchOne(database, sql: "SELECT unix_account FROM account")
      try database.execute(sql: "UPDATE account SET unix_account = NULL")
      return own
    }
    for (name, unix) in [("first", "bin"), ("second", "daemon")] {
      try program.run("user", "add", name, "--role", "Administrator", "--unix", unix).mustSucceed()
    }
    try database.write { database in
      try database.execute(
        sql: "UPDATE account SET unix_account = ? WHERE unix_account IS NULL", arguments: [own])
    }
    try program.run("api-user", "add", "Portal", "--token", "portal").mustSucceed()
  }
}
