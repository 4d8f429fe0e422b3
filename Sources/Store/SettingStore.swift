package import Access

package protocol SettingReading {
  /// What was set for the whole store, or for a user. What isn't there has its default; what an older
  /// popsec doesn't know is left out.
  func settings(of user: AccountID?) throws -> [Setting: SettingValue]
}

package protocol SettingWriting {
  /// Sets something for the whole store or for a user; nil goes back to the default.
  func set(_ setting: Setting, to value: SettingValue?, of user: AccountID?) throws
}

extension SettingReading {
  /// What counts for a user; nil for who has none.
  package func settings(for user: AccountID?) throws -> Settings {
    Settings(ofStore: try settings(of: nil), ofUser: try user.map { try settings(of: $0) } ?? [:])
  }
}
