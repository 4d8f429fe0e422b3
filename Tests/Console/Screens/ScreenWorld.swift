import Access
import Administration
@testable import Console
import Foundation
import SQLStore
import SQLiteStore
import Sealing
import Store
import Terminal
import TestSupport
import Testing

/// A store of its own, with a clock that stands still until it is told to pass, and Token IDs that are the same
/// each time, and a console on it.
final class ScreenWorld {
  static let now = Timestamp("2026-11-23T12:00:00Z") ?? .distantPast

  let folder: String
  let clock = TestClock(ScreenWorld.now)
  let administration: Administration
  private let tokenIDs: SeededTokenIDs
  /// What goes with this world; nil where that is the folder alone.
  private var made: MadeStore?

  /// On an empty store.
  convenience init(permissions: Set<Permission> = Set(Permission.allCases), hasSealKey: Bool = true) throws {
    let keys = TokenKeys.ephemeral()
    let known =
      hasSealKey
      ? keys : TokenKeys(lookup: keys.lookup, seal: .failure(.notReadable(path: "keys/seal.key")))
    var made: MadeStore?
    try self.init(known, SeededTokenIDs(), permissions, records: { made?.records }) { folder in
      let store = try Engine.current.make(folder, Self.now)
      made = store
      return store.store
    }
    self.made = made
  }

  /// On the store that `make` makes in a new folder.
  private init(
    _ keys: TokenKeys, _ tokenIDs: SeededTokenIDs, _ permissions: Set<Permission>,
    records: () -> (any UseReading)? = { nil }, make: (StoreFolder) throws -> any Store
  ) throws {
    folder = FileManager.default.temporaryDirectory.path + "/popsec-screens-\(UUID().uuidString)"
    self.tokenIDs = tokenIDs
    let store = try make(StoreFolder(path: folder))
    administration = Administration(
      store: store, keys: keys,
      operating: Operator(actor: Actor(name: "tests", frontEnd: .console), permissions: permissions),
      uses: records() ?? SQLiteUseRecords(StoreFolder(path: folder)),
      surroundings: Surroundings(now: { [clock] in clock.now }, makeTokenID: { tokenIDs.next() }))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func context(clipboard: ClipboardPort = .forTests, zone: Zone = .utc) -> ConsoleContext {
    var context = ConsoleContext(administration: administration, clipboard: clipboard)
    context.zone = zone
    return context
  }

  /// The same store, for a user of that name who is Administrator, or has that role.
  func administration(as text: String, role: BuiltInRole = .administrator) throws -> Administration {
    let user = try administration.change { change in
      if let user = try change.reader.account(.user, named: NameKey(try name(text))) { return user }
      let user = try change.addAccount(.user, name: try name(text), unixAccount: UnixAccountName(text))
      try change.saveRoles(of: .account(user.id), Edit(was: [], becomes: [.builtIn(role)]))
      return user
    }
    let means = user.unixAccount.map(SignInMeans.unixAccount) ?? .key("none")
    let actor = Actor(name: text, frontEnd: .console, user: user.id)
    return administration.with(Operator(actor: actor, standing: .user(user.id, by: means)))
  }

  /// A console on it, at the main menu.
  func console(
    size: Size = Size(columns: 80, rows: 24), clipboard: ClipboardPort = .forTests, zone: Zone = .utc
  ) -> ConsoleDriver {
    let context = context(clipboard: clipboard, zone: zone)
    return ConsoleDriver(
      ConsoleRoot.compositor(context, titleBar: "store  \(context.zoneNames)", size: size))
  }
}

/// Token IDs from a seeded generator.
private final class SeededTokenIDs: @unchecked Sendable {
  private let lock = NSLock()
  private var generator = SplitMix64(state: 7)

  /// A generator that goes on where this one is.
  func copy() -> SeededTokenIDs {
    let copy = SeededTokenIDs()
    copy.generator = lock.withLock { generator }
    return copy
  }

  func next() -> TokenID { lock.withLock { TokenID.generate(using: &generator) } }
}

/// Sebastiano Vigna's SplitMix64: small, and good enough to make test data.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension ClipboardPort {
  static let forTests = ClipboardPort(
    way: .terminal(set: { Osc52.plain($0) }, clear: Osc52.clearing), destination: "your terminal's clipboard",
    clearAfterSeconds: 3)
}

// MARK: - Filling it

extension ScreenWorld {
  func name(_ text: String) throws -> Name { try Name(text) }

  /// The Business Central case of the domain, and a second connector.
  @discardableResult
  func addCatalogue() throws -> ConnectorID {
    try administration.change { change in
      let connector = try change.addConnector(try name("Business Central"))
      for company in ["MX", "US"] { _ = try change.addCompany(try name(company), to: connector) }
      let lists = [("Sales Orders", "Sales"), ("Sales Invoices", "Sales"), ("Purchase Orders", "Purchase")]
      for (list, group) in lists {
        let id = try change.addList(try name(list), group: try name(group), to: connector)
        _ = try change.addItem(try name("Release"), .action, to: id)
        _ = try change.addItem(try name("Lines"), .detail, to: id)
      }
      let sales = try change.reader.lists(of: connector).filter { $0.group?.text == "Sales" }.map(\.id)
      _ = try change.add(
        Widget(
          id: .random(), name: try name("Sales MX"),
          address: try Address("https://portal.example.com/widgets/sales?v=2"),
          connector: connector, lists: Set(sales)))
      let other = try change.addConnector(try name("Salesforce"))
      _ = try change.addList(try name("Accounts"), group: nil, to: other)
      return connector
    }
  }

  /// A widget over one list of the first connector.
  @discardableResult
  func addWidget(_ text: String, over list: String = "Purchase Orders") throws -> WidgetID {
    try administration.change { change in
      let connector = try #require(try change.reader.connector(named: NameKey(try name("Business Central"))))
      let lists = try change.reader.lists(of: connector.id).filter { $0.name.text == list }.map(\.id)
      let id = WidgetID.random()
      _ = try change.add(
        Widget(
          id: id, name: try name(text), address: try Address("https://portal.example.com/\(id)"),
          connector: connector.id, lists: Set(lists)))
      return id
    }
  }

  @discardableResult
  func addAPIUser(_ text: String, tokens: [String] = [], team: TeamID? = nil) throws -> Account {
    try administration.change { change in
      let account = try change.addAccount(.apiUser, name: try name(text))
      for token in tokens { try change.addToken(to: account.id, name: try name(token)) }
      if let team { try change.saveMembers(of: team, adding: [account.id], removing: []) }
      return account
    }
  }

  @discardableResult
  func addTeam(_ text: String, summary: String = "") throws -> Team {
    try administration.change { try $0.addTeam(name: try name(text), summary: try Summary(summary)) }
  }

  /// Some API users, with a team, tokens in all states, and names of other scripts.
  func addPeople() throws {
    let team = try addTeam("Sales MX", summary: "people who sell in Mexico")
    try grantSales(to: team)
    try addAPIUser("Portal Mexico", tokens: ["portal"], team: team.id)
    try addAPIUser("Portal USA", tokens: ["portal"])
    try addAPIUser("Größe & Söhne", tokens: [])
    try addAPIUser("東京 Dashboard", tokens: ["a", "b"])
    let old = try addAPIUser("Old portal", tokens: ["gone", "off", "forever", "past"])
    try administration.change { change in
      for token in try change.reader.tokens(of: old.id) {
        switch token.name.text {
        case "gone": try change.revoke(token.id)
        case "off": try change.setDisabled(true, token.id)
        case "forever": try change.setExpiry(.never, of: token.id)
        default: try change.setExpiry(.at(Self.now.adding(days: -2)), of: token.id)
        }
      }
      try change.setEnabled(false, old.id)
    }
  }

  /// The team's part of the Business Central case: MX with the lists of the group Sales.
  private func grantSales(to team: Team) throws {
    try administration.change { change in
      guard let central = try change.reader.connector(named: NameKey(try name("Business Central"))) else {
        return
      }
      let companies = try change.reader.companies(of: central.id).filter { $0.name.text == "MX" }
      let lists = try change.reader.lists(of: central.id).filter { $0.group?.text == "Sales" }
      try change.setGrant(
        of: .team(team.id), on: central.id,
        Permissions(
          roles: [.user], companies: .only(Set(companies.map(\.id))), lists: .only(Set(lists.map(\.id))),
          items: [.action: .all]))
      try change.saveRoles(of: .team(team.id), Edit(was: [], becomes: [.builtIn(.widgetReader)]))
    }
  }

  /// What an API user has on a connector.
  func permissions(_ user: String, on connector: ConnectorID) throws -> Permissions {
    try administration.read { reader in
      guard let account = try reader.account(.apiUser, named: NameKey(try name(user))) else { return .none }
      return try reader.grant(of: .account(account.id), on: connector)?.permissions ?? .none
    }
  }

  func tokens(of user: String) throws -> [Token] {
    try administration.read { reader in
      guard let account = try reader.account(.apiUser, named: NameKey(try name(user))) else { return [] }
      return try reader.tokens(of: account.id)
    }
  }

  /// The actions of all audit rows, in order.
  func auditedActions() throws -> [String] {
    try administration.read(.audit) { try $0.auditRecords(after: 0, limit: 1_000).map(\.action) }
  }
}

// MARK: - Filled once for many tests

extension ScreenWorld {
  /// With a catalogue, people, what a gate saw and notices. The stores of all such worlds have the same IDs.
  static func filled() throws -> ScreenWorld {
    let (image, keys, tokenIDs) = try full.get()
    return try ScreenWorld(keys, tokenIDs.copy(), Set(Permission.allCases)) { folder in
      try image.write(to: folder.path)
      return try SQLiteStore.open(folder, now: now)
    }
  }

  private static let full = Result {
    let keys = TokenKeys.ephemeral()
    var store: SQLiteStore?
    let world = try ScreenWorld(keys, SeededTokenIDs(), Set(Permission.allCases)) {
      let empty = try SQLiteStore.copy(at: $0, now: now)
      store = empty
      return empty
    }
    try world.addCatalogue()
    try world.addPeople()
    try world.addUses()
    try world.addNotices()
    try store?.close()
    return (try StoreImage(of: world.folder), keys, world.tokenIDs)
  }
}

// MARK: - What a gate saw

extension ScreenWorld {
  /// A thousand and one uses of the token of Portal Mexico, and a denial, with sums of 90 days.
  func addUses() throws {
    let token = try #require(try tokens(of: "Portal Mexico").first)
    try decide(0x75AC_F5B6_CBBB_8B8C, Self.sums(of: token.id))
  }

  /// Sums that go up and down.
  private static func sums(of token: TokenRowID) -> DecisionSums {
    var sums = DecisionSums()
    for hour in 0..<30 {
      let sum = DecisionSum(allowed: hour % 7 * 40, denied: hour % 5 == 4 ? hour : 0)
      sums.count(sum, at: now.adding(seconds: Int64(-3_600 * hour)))
    }
    for day in 0..<80 {
      let of = TokenDay(token: token, start: now.startOfDay.adding(days: Int64(-day)))
      _ = sums.count(DecisionSum(allowed: day % 9 * day, denied: day % 4), of: of, most: 100)
    }
    return sums
  }

  /// Writes what a gate writes of uses of the token of Portal Mexico, and one denial with it.
  func decide(_ decision: UInt64, _ sums: DecisionSums) throws {
    let uses = try SQLiteUseStore.open(StoreFolder(path: folder), now: Self.now)
    let (account, token, secret, widget) = try administration.read { reader in
      let account = try reader.account(.apiUser, named: NameKey(name("Portal Mexico")))
      let token = try account.flatMap { try reader.tokens(of: $0.id).first }
      return (
        account, token, try token.flatMap { try reader.tokenIDs(of: $0.id).first }, try reader.widgets().first
      )
    }
    guard let account, let token, let secret, let widget else {
      throw Trouble("there is nobody whose token could be used", exitStatus: .software)
    }
    let source = IPAddress("203.0.113.9")
    let use = TokenIDUse(
      secret: secret.secret, token: token.id, account: account.id, firstUsedAt: Self.now,
      lastUsedAt: Self.now, source: source, place: .widget(widget.id), useCount: 1_001, denialCount: 1)
    let verdict = try administration.check(
      CheckRequest(
        asker: .token(.id(token.id), of: AccountReference(.apiUser, .id(account.id))),
        surface: .widget(.id(widget.id)), company: .named(name("US")), source: source))
    let denial = Denial(
      verdict, id: DecisionID(decision), at: Self.now, status: 403,
      request: Denial.Request(
        method: "GET", host: "portal.example.com", path: "/widgets/sales", source: "203.0.113.9",
        userAgent: "Mozilla/5.0 (X11; Linux x86_64)"), isTooMany: false)
    try uses.add(
      [use], [NewDenial(id: DecisionID(decision), at: Self.now, document: denial.document)], sums,
      keeping: .standard, now: Self.now)
  }
}

// MARK: - What popsec told of

extension ScreenWorld {
  /// A notice that was delivered, and one that waits for its second attempt.
  func addNotices() throws {
    let store = try SQLiteStore.open(StoreFolder(path: folder), now: Self.now)
    func event(_ id: String, _ condition: String, _ subject: String, _ words: String) -> NoticeEvent {
      NoticeEvent(
        id: id, raisedKey: id, condition: condition, subject: subject, words: words, document: "{}",
        at: Self.now.adding(seconds: -60))
    }
    try store.write { writer in
      try writer.insert(
        event(
          "token-ends/token/1idyv7xnfqd2g/2026-11-30T11:59:00Z/7d", "token.ends", "token/1idyv7xnfqd2g",
          "the token “portal” of “Größe & Söhne” expires within 7 days, at 2026-11-30 11:59 UTC"),
        at: Self.now)
      try writer.insert(
        event(
          "store-fails/store/database/2026-11-23T12:00:00Z", "store.fails", "store",
          "database: page 7 is damaged"), at: Self.now)
      var notices = try writer.waitingNotices(limit: 2)
      (notices[0].state, notices[0].settledAt, notices[0].attemptCount) = (.delivered, Self.now, 1)
      (notices[1].attemptCount, notices[1].problem) = (1, "the program ended with 75: HTTP 503")
      notices[1].nextAttemptAt = Self.now.adding(seconds: 45)
      for notice in notices { try writer.update(notice) }
    }
    try store.close()
  }
}
