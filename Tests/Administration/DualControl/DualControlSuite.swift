import Access
import Administration
import Store
import Testing

/// Tests with two Administrators that somebody else made.
protocol DualControlSuite {
  var scene: Scene { get }
  var first: Account { get }
  var second: Account { get }
}

extension DualControlSuite {
  /// A scene, and two Administrators of it that somebody else made.
  static func people() throws -> (Scene, Account, Account) {
    let scene = try Scene()
    return (
      scene, try scene.user("first", roles: [.builtIn(.administrator)]),
      try scene.user("second", roles: [.builtIn(.administrator)])
    )
  }

  func demand(_ setting: Setting, _ value: SettingValue = .flag(true)) throws {
    try scene.change { try $0.set(setting, to: value) }
  }

  var asFirst: Administration { scene.administration(as: first) }
  var asSecond: Administration { scene.administration(as: second) }

  static func never(_: Change, _: String, _: Proposal) throws { Issue.record("no file was proposed") }

  @discardableResult
  func agree(_ number: Int64, _ administration: Administration? = nil) throws -> Proposal {
    try (administration ?? asSecond).agree(to: number, applying: Self.never)
  }

  /// The proposal that something becomes.
  func proposed(_ body: (Change) throws -> Void) throws -> Int64 {
    let error = #expect(throws: WaitingNotice.self) { try asFirst.change(body) }
    return try #require(error).number
  }

  func isAdministrator(_ account: AccountID) throws -> Bool {
    try scene.read { try $0.authority(of: account) }.at(scene.now).isAdministrator
  }

  /// The same operator, two days later.
  func later(_ administration: Administration) -> Administration {
    let now = scene.now.adding(days: 2)
    return Administration(
      store: scene.store, keys: scene.keys, operating: administration.operating,
      surroundings: Surroundings(now: { now }, makeTokenID: { .generate() }))
  }
}

enum PublicKeys {
  static let one =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGb9Tq0mR4mXoKHWm1pbBvFzQK1o6S8bR3f1wXk8lEhq one@example"
}
