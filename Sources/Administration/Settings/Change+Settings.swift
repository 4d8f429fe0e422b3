package import Access
private import Store

extension Change {
  /// The settings as of this transaction, for the operator.
  package var settings: Settings { get throws { try writer.settings(for: operating.user) } }

  /// Sets something for the whole store, or for a user; nil restores the default.
  ///
  /// Only an Administrator changes the whole store's settings. Everybody changes those of their own settings
  /// that exist for users, but can't lift what the whole store demands. Whoever may manage a user changes the
  /// user's settings.
  ///
  /// Errors: ``SettingTrouble``, and those of all changes.
  package func set(_ setting: Setting, to value: SettingValue?, for user: AccountID? = nil) throws {
    let target = try settingTarget(setting, for: user)
    let before = try writer.settings(of: user)[setting]
    guard before != value else { return }
    if let user, isOperator(user) { try requireNotLifting(setting, by: value) }
    try noteDual(setting, from: before ?? setting.standard, to: value ?? setting.standard)
    try writer.set(setting, to: value, of: user)
    let change = UndoStep.Change.setting(
      key: setting, user: user, turn: .init(was: before?.text, became: value?.text))
    try record(
      "\(target.kind == .store ? "store" : "user").set", target,
      AuditDetails(
        setting.key, before: (before ?? setting.standard).text, after: (value ?? setting.standard).text),
      doing: UndoStep(name: target.name, change: change))
  }

  /// The owner of a setting, where the operator may change it.
  private func settingTarget(_ setting: Setting, for user: AccountID?) throws -> AuditTarget {
    guard !state.isReadOnly else { throw AdministrationError.readOnly }
    guard let user else {
      try requireAdministrator(to: "change what is set for the whole store")
      return storeTarget
    }
    let account = try account(user)
    guard account.kind == .user else { throw AdministrationError.notForAPIUsers }
    if !isOperator(user) { try requireManaging(account) }
    guard setting.isPerUser else { throw SettingTrouble.notForUsers(setting) }
    return target(account)
  }

  /// This is a function of its own and never inlined, because optimizing it where it is used crashes swiftc
  /// 6.3.1.
  @inline(never) private func isOperator(_ user: AccountID) -> Bool { operating.user == user }

  private func requireNotLifting(_ setting: Setting, by value: SettingValue?) throws {
    guard value != .flag(true), try writer.settings(of: nil)[setting] == .flag(true) else { return }
    throw SettingTrouble.demanded(setting)
  }
}

/// The reason why something can't be set.
package enum SettingTrouble: Complaint, Hashable {
  case notForUsers(Setting)
  /// The whole store demands the setting for everybody.
  case demanded(Setting)
  case unknown(String)
  /// Dual control needs two people who could agree to each other's changes.
  case needsTwo

  package var message: String {
    switch self {
    case .notForUsers(let setting): "\(setting.key) can't be set for one user"
    case .demanded(let setting): "\(setting.key) is demanded of everybody in this store"
    case .needsTwo: "there are no two enabled users who are Administrator and can sign in"
    case .unknown(let key): "there is no setting \(quoted(key))"
    }
  }

  package var hint: String? {
    switch self {
    case .notForUsers: "set it for the whole store"
    case .demanded: "an Administrator can set it for the whole store"
    case .needsTwo: "let in a second one first: what takes two could else be done by nobody"
    case .unknown: "popsec settings list shows them all"
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .notForUsers: .badData
    case .demanded: .notPermitted
    case .unknown: .noInput
    case .needsTwo: .badData
    }
  }
}
