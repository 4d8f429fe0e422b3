import Access
import Administration
import Foundation
import SQLiteStore
import Sealing
import Store
import TestSupport
import Testing

/// A real store of its own, with a clock that stands still and an operator who may do everything.
final class Scene: Sendable {
  let folder: String
  let made: MadeStore
  let store: any Store
  let keys: TokenKeys
  let now: Timestamp
  let administration: Administration

  init(_ engine: Engine = .current) throws {
    folder = NSTemporaryDirectory() + "popsec-test-" + UUID().uuidString
    now = try #require(Timestamp("2026-11-24T12:00:00Z"))
    made = try engine.make(StoreFolder(path: folder), now)
    store = made.store
    keys = .ephemeral()
    let now = now
    administration = Administration(
      store: store, keys: keys, operating: Scene.operating(Set(Permission.allCases)),
      surroundings: Surroundings(now: { now }, makeTokenID: { .generate() }))
  }

  deinit {
    try? made.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  static func operating(_ permissions: Set<Permission>) -> Operator {
    Operator(actor: Actor(name: "ops", frontEnd: .commandLine), permissions: permissions)
  }

  /// The same store for an operator with only these permissions.
  func administration(
    only permissions: Set<Permission>, at time: Timestamp? = nil, keys: TokenKeys? = nil
  ) -> Administration {
    let now = time ?? now
    return Administration(
      store: store, keys: keys ?? self.keys, operating: Scene.operating(permissions),
      surroundings: Surroundings(now: { now }, makeTokenID: { .generate() }))
  }

  /// A user with a Unix account of that name.
  func user(_ name: String, roles: Set<SystemRole> = [], teams: Set<TeamID> = []) throws -> Account {
    try change { change in
      let user = try change.addAccount(.user, name: try Name(name), unixAccount: UnixAccountName(name))
      try change.saveRoles(of: .account(user.id), Edit(was: [], becomes: roles))
      try change.saveTeams(of: user.id, Edit(was: [], becomes: teams))
      return user
    }
  }

  /// The same store for a user who came with their Unix account.
  func administration(as user: Account) -> Administration {
    let means = user.unixAccount.map(SignInMeans.unixAccount) ?? .key("none")
    let actor = Actor(name: user.name.text, frontEnd: .console, user: user.id)
    return administration.with(Operator(actor: actor, standing: .user(user.id, by: means)))
  }

  func change<Result>(_ body: (Change) throws -> Result) throws -> Result {
    try administration.change(body)
  }

  func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    try store.read(body)
  }

  var records: [AuditRecord] { get throws { try read { try $0.auditRecords(after: 0, limit: 1_000) } } }

  /// The audit rows of these changes. Each row must follow from the one before.
  func audited(_ body: (Change) throws -> Void) throws -> [AuditRecord] {
    let before = try records
    try change(body)
    let all = try records
    var head = before.last.map { ($0.sequence, $0.hash) }
    for record in all.dropFirst(before.count) {
      #expect(AuditChain.holds(record, after: head))
      head = (record.sequence, record.hash)
    }
    return Array(all.dropFirst(before.count))
  }

  func apiUser(_ name: String = "Portal Mexico") throws -> Account {
    try change { try $0.addAccount(.apiUser, name: try Name(name)) }
  }

  func token(of account: Account, _ name: String = "portal", expiry: Expiry? = nil) throws -> Token {
    try change { try $0.addToken(to: account.id, name: try Name(name), expiry: expiry) }
  }

  /// The connector `Business Central` with two companies, and two lists with an action each.
  func catalogue() throws -> Catalogue {
    try change { change in
      let connector = try change.addConnector(try Name("Business Central"))
      let companies = try ["MX", "US"].map { try change.addCompany(try Name($0), to: connector) }
      let lists = try ["Sales Orders", "Sales Invoices"].map {
        try change.addList(try Name($0), group: try Name("Sales"), to: connector)
      }
      let actions = try lists.map {
        ListItem(list: $0, item: try change.addItem(try Name("Release"), .action, to: $0))
      }
      return Catalogue(connector: connector, companies: companies, lists: lists, actions: actions)
    }
  }

  struct Catalogue {
    let connector: ConnectorID
    let companies: [CompanyID]
    let lists: [ListID]
    let actions: [ListItem]
  }
}

extension AuditRecord {
  /// A field of the details, as `before` and `after`; nil where the row does not have it.
  func field(_ name: String) throws -> [String: String]? {
    guard let field = fields.first(where: { $0.name == name }) else { return nil }
    return ["before": field.before, "after": field.after].compactMapValues { $0 }
  }
}
