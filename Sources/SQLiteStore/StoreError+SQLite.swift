internal import GRDB
internal import Store

extension StoreError {
  /// Translates SQLite's errors; this is the one place. Neither SQL nor bound values are taken over, because
  /// they may hold names and hashes.
  init(
    _ error: DatabaseError, path: String, freeBytes: (String) -> Int? = Files.freeBytes(at:)
  ) {
    switch error.resultCode {
    case .SQLITE_IOERR where Self.needsRoom(error) && (freeBytes(path) ?? .max) < Self.leastRoom:
      self = .diskFull(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path, writer: currentWriter(of: path))
    case .SQLITE_READONLY: self = .readOnly(path: path)
    case .SQLITE_FULL: self = .diskFull(path: path)
    case .SQLITE_CORRUPT: self = .corrupt(path: path, detail: "SQLite finds the file malformed")
    case .SQLITE_NOTADB: self = .foreign(path: path)
    case .SQLITE_PERM, .SQLITE_AUTH: self = .notAllowed(path: path, action: "open")
    case .SQLITE_CANTOPEN: self = .inputOutput(path: path, detail: "it can't be opened")
    case .SQLITE_CONSTRAINT: self = .constraint(detail: Self.rule(of: error))
    default:
      self = .inputOutput(
        path: path, detail: "SQLite error \(error.extendedResultCode.rawValue), \(error.resultCode)")
    }
  }

  /// Whether an error means that there is no room, although SQLite doesn't report SQLITE_FULL. Extending and
  /// mapping the -shm file can fail like this, and so can file systems that allocate only when they write
  /// back.
  private static func needsRoom(_ error: DatabaseError) -> Bool {
    [.SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_SHMMAP, .SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC]
      .contains(error.extendedResultCode)
  }

  /// The number of bytes by which the -shm file grows (sqlite.org/walformat.html, 2.1).
  private static let leastRoom = 32_768

  /// The violated rule. SQLite's message names columns or the rule, and never values.
  private static func rule(of error: DatabaseError) -> String {
    switch error.extendedResultCode {
    case .SQLITE_CONSTRAINT_FOREIGNKEY: "it refers to something that isn't there"
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
      "\(subject(of: error)) is taken"
    case .SQLITE_CONSTRAINT_NOTNULL: "\(subject(of: error)) is missing"
    case .SQLITE_CONSTRAINT_CHECK: "the check \(subject(of: error)) fails"
    default: error.message ?? "a rule of the schema"
    }
  }

  /// The text after the colon in `UNIQUE constraint failed: token.account_id, token.name_key`.
  private static func subject(of error: DatabaseError) -> String {
    guard let message = error.message, let colon = message.firstIndex(of: ":") else { return "something" }
    return String(message[message.index(after: colon)...].drop { $0 == " " })
  }
}
