import Access
import Administration
import Sealing
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct SettingsTests {
  let scene: Scene
  let boss: Account
  let clerk: Account
  /// A user who may copy Token IDs, and manage nobody.
  let helper: Account
  /// A user who sees the audit log, and nothing else.
  let auditor: Account

  init() throws {
    scene = try Scene()
    boss = try scene.user("boss", roles: [.builtIn(.administrator)])
    clerk = try scene.user("clerk", roles: [.builtIn(.securityAdministrator)])
    helper = try scene.user("helper", roles: [.builtIn(.tokenOperator)])
    auditor = try scene.user("auditor", roles: [.builtIn(.auditReader)])
  }

  private func set(
    _ setting: Setting, _ value: SettingValue?, for user: Account? = nil, by operating: Account
  ) throws {
    try scene.administration(as: operating).change { try $0.set(setting, to: value, for: user?.id) }
  }

  @Test("an Administrator sets for all, and everybody who may enter goes by it")
  func setsForAll() throws {
    try set(.idleLockMinutes, .number(3), by: boss)
    for user in [boss, clerk, helper, auditor] {
      #expect(try scene.administration(as: user).settings().lockAfterMinutes == 3)
    }
    try set(.idleLockMinutes, nil, by: boss)
    #expect(try scene.administration(as: helper).settings() == .standard)
  }

  @Test("nobody else does")
  func onlyAdministrators() throws {
    for user in [clerk, helper, auditor] {
      #expect(throws: AdministrationError.self) { try set(.idleLockMinutes, .number(0), by: user) }
    }
    let all = scene.administration(only: Set(Permission.allCases).subtracting([.rolesManage]))
    #expect(throws: AdministrationError.notAdministrator("change what is set for the whole store")) {
      try all.change { try $0.set(.recordingSafe, to: .flag(true)) }
    }
    #expect(try scene.administration.settings() == .standard)
  }

  @Test("in read-only mode nothing is set")
  func readOnly() throws {
    let administration = scene.administration(as: boss)
    administration.isReadOnly = true
    #expect(throws: AdministrationError.readOnly) {
      try administration.change { try $0.set(.idleLockMinutes, to: .number(1)) }
    }
  }

  @Test("each changed setting is audited once, with its values before and after")
  func audits() throws {
    let rows = try scene.audited { change in
      try change.set(.idleLockMinutes, to: .number(5))
      try change.set(.idleLockMinutes, to: .number(5))
      try change.set(.recordingSafe, to: .flag(true), for: helper.id)
      try change.set(.idleLockMinutes, to: nil)
    }
    #expect(rows.map(\.action) == ["store.set", "user.set", "store.set"])
    #expect(rows[0].fields.map { [$0.name, $0.before, $0.after] } == [["idle.lockMinutes", "10", "5"]])
    #expect(rows[1].target.name == "helper")
    #expect(rows[2].fields.map { [$0.before, $0.after] } == [["5", "10"]])
  }

  @Test("recording-safe mode everybody sets and lifts for themselves")
  func ownSetting() throws {
    for user in [helper, auditor] {
      try set(.recordingSafe, .flag(true), for: user, by: user)
      #expect(try scene.administration(as: user).settings().isRecordingSafe)
      try set(.recordingSafe, nil, for: user, by: user)
      #expect(try !scene.administration(as: user).settings().isRecordingSafe)
    }
    #expect(throws: AdministrationError.notPermitted(.usersManage)) {
      try set(.recordingSafe, .flag(true), for: clerk, by: helper)
    }
  }

  @Test("a user who may manage users sets settings for those below them")
  func forOthers() throws {
    try set(.recordingSafe, .flag(true), for: helper, by: clerk)
    #expect(try scene.administration(as: helper).settings().isRecordingSafe)
    #expect(throws: AdministrationError.self) { try set(.recordingSafe, .flag(true), for: boss, by: clerk) }
  }

  @Test("nobody lifts for themselves what the store demands", arguments: [SettingValue.flag(false), nil])
  func demanded(value: SettingValue?) throws {
    try set(.recordingSafe, .flag(true), for: helper, by: helper)
    try set(.recordingSafe, .flag(true), by: boss)
    #expect(throws: SettingTrouble.demanded(.recordingSafe)) {
      try set(.recordingSafe, value, for: helper, by: helper)
    }
    #expect(try scene.administration(as: boss).settings().isRecordingSafe)
  }

  @Test("other settings have no users, and API users no settings")
  func wrongOwners() throws {
    #expect(throws: SettingTrouble.notForUsers(.idleLockMinutes)) {
      try set(.idleLockMinutes, .number(1), for: helper, by: boss)
    }
    let portal = try scene.apiUser()
    #expect(throws: AdministrationError.notForAPIUsers) {
      try set(.recordingSafe, .flag(true), for: portal, by: boss)
    }
  }

  /// The place where recording-safe mode is set.
  enum Source: CaseIterable { case store, user, flag }

  @Test(
    "in recording-safe mode no terminal is given a Token ID, that it was asked for is audited, and an output is given it",
    arguments: Source.allCases, [RevealPurpose.copy, .reveal])
  func refusesReveal(source: Source, purpose: RevealPurpose) throws {
    let token = try scene.change { change in
      let portal = try change.addAccount(.apiUser, name: try Name("Portal"))
      return try change.addToken(to: portal.id, name: try Name("portal"))
    }
    let administration = scene.administration(as: helper)
    _ = try administration.change { try $0.reveal(token.id, for: purpose) }
    switch source {
    case .store: try set(.recordingSafe, .flag(true), by: boss)
    case .user: try set(.recordingSafe, .flag(true), for: helper, by: clerk)
    case .flag: administration.demandRecordingSafe()
    }
    #expect(throws: AdministrationError.recordingSafe) {
      try administration.change { try $0.reveal(token.id, for: purpose) }
    }
    #expect(administration.isRecordingSafe)
    #expect(try scene.records.last?.action == "attempt.refused")
    #expect(try scene.records.last?.actor.name == "helper")
    _ = try administration.change { try $0.reveal(token.id, for: purpose, onto: .output) }
    #expect(try scene.records.last?.action == "token.\(purpose.rawValue)")
  }

  @Test("turning it on and revealing in one transaction reveals nothing")
  func withinTransaction() throws {
    let token = try scene.change { change in
      let portal = try change.addAccount(.apiUser, name: try Name("Portal"))
      return try change.addToken(to: portal.id, name: try Name("portal"))
    }
    #expect(throws: AdministrationError.recordingSafe) {
      try scene.change { change in
        try change.set(.recordingSafe, to: .flag(true))
        _ = try change.reveal(token.id, for: .reveal)
      }
    }
  }
}
