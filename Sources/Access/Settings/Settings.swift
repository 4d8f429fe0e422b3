/// The settings of the whole store, and those of one user, which take precedence.
package struct Settings: Hashable, Sendable {
  private let ofStore: [Setting: SettingValue]
  private let ofUser: [Setting: SettingValue]

  /// Settings in which every value is the default.
  package static let standard = Settings(ofStore: [:])

  package init(ofStore: [Setting: SettingValue], ofUser: [Setting: SettingValue] = [:]) {
    self.ofStore = ofStore
    self.ofUser = ofUser
  }

  /// The value that is in effect.
  package subscript(setting: Setting) -> SettingValue {
    let value = ofStore[setting] ?? setting.standard
    guard setting.isPerUser, case .flag(false) = value, let own = ofUser[setting] else { return value }
    return own
  }

  /// The value that was set for the whole store; nil where the store uses the default.
  package func ofStore(_ setting: Setting) -> SettingValue? { ofStore[setting] }
  /// The value that was set for the user; nil where the user has none.
  package func ofUser(_ setting: Setting) -> SettingValue? { ofUser[setting] }

  /// The settings that everybody has, without one user's own.
  package var ofWholeStore: Settings { Settings(ofStore: ofStore) }

  package func isOn(_ setting: Setting) -> Bool { self[setting] == .flag(true) }

  /// The value as a number; 0 for a setting that is not a number.
  package func number(_ setting: Setting) -> Int {
    if case .number(let number) = self[setting] { number } else { 0 }
  }

  /// The number of minutes without a key after which a console is locked; nil where it is never locked.
  package var lockAfterMinutes: Int? { positive(.idleLockMinutes) }
  /// The number of minutes after locking at which a console ends; nil where it never ends.
  package var endAfterMinutes: Int? { positive(.idleEndMinutes) }
  /// Whether popsec refuses to write a Token ID to any terminal.
  package var isRecordingSafe: Bool { isOn(.recordingSafe) }
  /// The number of days during which a deleted thing can be restored.
  package var deletedKeptDays: Int { number(.deletedKeptDays) }
  /// The machine that people connect to; nil means the machine on which popsec runs.
  package var sshHost: String? {
    if case .text(let host) = self[.sshHost], !host.isEmpty { host } else { nil }
  }

  /// The number of things deleted or revoked at once from which a second person must agree; nil means never.
  package var dualRemovals: Int? { positive(.dualRemovals) }
  /// Whether any setting asks for a second person.
  package var isDual: Bool {
    dualRemovals != nil
      || [Setting.dualAdministrator, .dualApply, .dualExport, .dualArchive, .dualLaws].contains(where: isOn)
  }

  private func positive(_ setting: Setting) -> Int? {
    let number = number(setting)
    return number > 0 ? number : nil
  }
}
