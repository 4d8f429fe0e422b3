internal import Access
internal import Store

extension Session {
  func consoleSettings(of user: AccountID) throws -> String? {
    try rows("SELECT document FROM console_settings WHERE account_id = ?", [user.rawValue]) { fields in
      try fields.text(0)
    }.first
  }

  func setConsoleSettings(_ document: String?, of user: AccountID, at time: Timestamp) throws {
    try executeAside("DELETE FROM console_settings WHERE account_id = ?", [user.rawValue])
    guard let document else { return }
    try executeAside(
      "INSERT INTO console_settings (account_id, at, document) VALUES (?, ?, ?)",
      [user.rawValue, time.secondsSince1970, document])
  }
}
