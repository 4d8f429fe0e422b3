/// What is set: for the whole store, and for one user beside it.
package struct Settings: Hashable, Sendable {
  private let ofStore: [Setting: SettingValue]
  private let ofUser: [Setting: SettingValue]

  /// Nothing is set.
  package static let standard = Settings(ofStore: [:])

  package init(ofStore: [Setting: SettingValue], ofUser: [Setting: SettingValue] = [:]) {
    self.ofStore = ofStore
    self.ofUser = ofUser
  }

  /// What counts.
  package subscript(setting: Setting) -> SettingValue {
    let value = ofStore[setting] ?? setting.standard
    guard setting.isPerUser, case .flag(false) = value, let own = ofUser[setting] else { return value }
    return own
  }

  /// What was set for the whole store; nil where that has its default.
  package func ofStore(_ setting: Setting) -> SettingValue? { ofStore[setting] }
  /// What was set for the user.
  package func ofUser(_ setting: Setting) -> SettingValue? { ofUser[setting] }

  /// What is set for everybody, without a user's own.
  package var ofWholeStore: Settings { Settings(ofStore: ofStore) }

  package func isOn(_ setting: Setting) -> Bool { self[setting] == .flag(true) }

  /// 0 for a setting that is no number.
  package func number(_ setting: Setting) -> Int {
    if case .number(let number) = self[setting] { number } else { 0 }
  }

  /// After so many minutes without a key a console is locked; nil: never.
  package var lockAfterMinutes: Int? { positive(.idleLockMinutes) }
  /// After so many minutes more it is left; nil: never.
  package var endAfterMinutes: Int? { positive(.idleEndMinutes) }
  /// Whether no terminal may be given a Token ID.
  package var isRecordingSafe: Bool { isOn(.recordingSafe) }
  /// For how many days what is deleted can be restored.
  package var deletedKeptDays: Int { number(.deletedKeptDays) }
  /// The machine to connect to; nil: the one that popsec runs on.
  package var sshHost: String? {
    if case .text(let host) = self[.sshHost], !host.isEmpty { host } else { nil }
  }

  /// From so many deleted or revoked at once on, a second person must agree; nil: never.
  package var dualRemovals: Int? { positive(.dualRemovals) }
  /// Whether anything at all takes a second person.
  package var isDual: Bool {
    dualRemovals != nil
      || [Setting.dualAdministrator, .dualApply, .dualExport, .dualArchive].contains(where: isOn)
  }

  private func positive(_ setting: Setting) -> Int? {
    let number = number(setting)
    return number > 0 ? number : nil
  }
}
