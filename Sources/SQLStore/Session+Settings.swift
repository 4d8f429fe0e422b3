internal import Access
internal import Store

extension Session {
  func settings(of user: AccountID?) throws -> [Setting: SettingValue] {
    let (condition, values): (String, [Value]) =
      user.map { ("account_id = ?", [$0.rawValue]) } ?? ("account_id IS NULL", [])
    let found = try rows("SELECT key, value FROM setting WHERE \(condition)", values) { fields in
      try Setting(rawValue: fields.text(0)).map { setting in
        (setting, try fields.checked(1, try? setting.value(fields.text(1))))
      }
    }
    return Dictionary(found.compactMap(\.self), uniquingKeysWith: { first, _ in first })
  }
}

extension Session {
  func set(_ setting: Setting, to value: SettingValue?, of user: AccountID?) throws {
    if let user {
      try execute("DELETE FROM setting WHERE key = ? AND account_id = ?", [setting.key, user.rawValue])
    } else {
      try execute("DELETE FROM setting WHERE key = ? AND account_id IS NULL", [setting.key])
    }
    guard let value else { return }
    try execute(
      "INSERT INTO setting (key, account_id, value) VALUES (?, ?, ?)",
      [setting.key, user?.rawValue, value.text])
  }
}
