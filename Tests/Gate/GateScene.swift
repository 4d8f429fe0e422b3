import Access
import Administration
import GRDB
import Gate
import NIOHTTP1
import PostgresStore
import SQLiteStore
import Sealing
import Store
import Synchronization
import TestSupport
import Testing

/// A store with a widget, an open one and an endpoint, an API user with a token, and a gate's worker on it.
final class GateScene {
  let folder: TemporaryFolder
  let administration: Administration
  let uses: any UseWriting
  let recorder: Recorder
  let worker: GateWorker
  let shared: GateShared
  let makeEnforcer: @Sendable () -> Enforcer
  /// Makes an enforcer that shares nothing of what the gate keeps.
  let makeForgetfulEnforcer: @Sendable () -> Enforcer
  /// A worker of another thread of the same gate.
  let otherWorker: GateWorker
  let clock = Clock()
  let account: AccountID
  let token: TokenRowID
  let tokenID: TokenID
  let widget: WidgetID

  /// What the tests turn.
  final class Clock: Sendable {
    private let seconds = Atomic<Int64>(0)
    var now: Timestamp { .start.adding(seconds: seconds.load(ordering: .relaxed)) }
    func advance(_ count: Int64) { seconds.add(count, ordering: .relaxed) }
    var microseconds: Int64 { seconds.load(ordering: .relaxed) * 1_000_000 }
  }

  /// The decoys that the gate recognizes.
  let decoys = KnownDecoys()
  /// Where the keys are; the gate has copies of those at its beginning where `copiesKeys`.
  let keyFolder: KeyFolder
  /// The connections by which a gate watches a database; nil for a store in a folder.
  private let distant: (any DistantStore)?
  private let location: String

  /// - Parameter inDatabase: whether the store is in PostgreSQL. Then the scene sets the standing itself.
  init(
    trusted: TrustedPeers = TrustedPeers(), limits: TokenLimits = .none, copiesKeys: Bool = false,
    authZEN: AuthZENService? = AuthZENService(), assertions: AssertionBook? = nil,
    standing: GateStanding = GateStanding(), inDatabase: Bool = false
  ) throws {
    let folder = try TemporaryFolder()
    let place = inDatabase ? try ScenePlace.database() : try .folder(folder.store)
    (distant, location) = (place.distant, place.store.location)
    let standing = inDatabase ? GateStanding(distant) : standing
    let clock = clock
    keyFolder = KeyFolder(path: folder.path + "/keys")
    let keys = KeyRing(try keyFolder.create(), folder: keyFolder)
    let gateKeys = KeyRing(try keyFolder.loadLookup(), folder: copiesKeys ? nil : keyFolder)
    uses = place.uses
    let surroundings = Surroundings(now: { clock.now }, makeTokenID: { .generate() })
    let operating = Operator(
      actor: Actor(name: "tests", frontEnd: .commandLine), permissions: Set(Permission.allCases))
    administration = Administration(
      store: place.store, ring: keys, operating: operating, uses: place.records,
      surroundings: surroundings)
    recorder = Recorder(uses, keeping: DenialRetention(days: 30, count: 100), log: .none)
    let shared = GateShared(
      recorder: recorder, trusted: trusted, authZEN: authZEN, assertions: assertions, standing: standing,
      decoys: decoys, microseconds: { clock.microseconds })
    let make: @Sendable (PeopleCache) -> Enforcer = { people in
      Enforcer(
        EnforcedStore(open: place.open), ring: gateKeys, uses: place.records, people: people,
        surroundings: surroundings)
    }
    makeForgetfulEnforcer = { make(PeopleCache()) }
    let makeEnforcer: @Sendable () -> Enforcer = { make(shared.people) }
    (self.shared, self.makeEnforcer) = (shared, makeEnforcer)
    worker = GateWorker(makeEnforcer(), shared)
    otherWorker = GateWorker(makeEnforcer(), shared)
    self.folder = folder
    let made = try administration.change { try Self.fill($0, limits) }
    (account, token, widget) = made
    tokenID = try administration.change { try $0.reveal(made.token, for: .copy) }
  }

  deinit { distant?.stop() }

  private static func fill(
    _ change: Change, _ limits: TokenLimits
  ) throws -> (account: AccountID, token: TokenRowID, widget: WidgetID) {
    let connector = try change.addConnector(Name("Business Central"))
    let mexico = try change.addCompany(Name("MX"), to: connector)
    _ = try change.addCompany(Name("US, Inc."), to: connector)
    let orders = try change.addList(Name("Sales Orders"), group: nil, to: connector)
    let invoices = try change.addList(Name("Sales Invoices"), group: nil, to: connector)
    let widget = Widget(
      id: .random(), name: try Name("Sales"), address: try Address("https://portal.example.com/sales"),
      connector: connector, lists: [orders, invoices], parameters: [.company: "company", .list: "list"])
    let id = try change.add(widget)
    let open = Widget(
      id: .random(), name: try Name("Open"), address: try Address("https://portal.example.com/open"),
      connector: connector, lists: [orders], isOpen: true)
    _ = try change.add(open)
    let endpoint = Endpoint(
      id: .random(), name: try Name("orders"),
      address: try AddressTemplate("https://portal.example.com/api/orders"),
      connector: connector, list: orders)
    _ = try change.add(endpoint)
    let account = try change.addAccount(.apiUser, name: Name("Portal Ünited, Mexico"))
    let subject = SubjectID.account(account.id)
    try change.saveRoles(of: subject, Edit(was: [], becomes: [.builtIn(.widgetReader)]))
    try change.setGrant(
      of: subject, on: connector,
      Permissions(roles: [.user], companies: .only([mexico]), lists: .only([orders])))
    let token = try change.addToken(to: account.id, name: Name("portal"), limits: limits)
    return (account.id, token.id, id)
  }

  // MARK: Asking

  /// As nginx asks.
  func nginx(
    _ target: String, method: String = "GET", source: String = "10.1.2.3", headers: HTTPHeaders = [:],
    peer: Peer = .unixSocket, worker: GateWorker? = nil
  ) -> Answer {
    var all = headers
    all.add(name: "X-Original-URI", value: target)
    all.add(name: "X-Original-Method", value: method)
    all.add(name: "X-Original-Host", value: "portal.example.com")
    all.add(name: "X-Real-IP", value: source)
    return (worker ?? self.worker).answer(RawRequest(target: "/auth/nginx", headers: all, peer: peer))
  }

  /// As Caddy and Traefik ask.
  func forward(_ target: String, headers: HTTPHeaders = [:], peer: Peer = .unixSocket) -> Answer {
    var all = headers
    all.add(name: "X-Forwarded-Method", value: "GET")
    all.add(name: "X-Forwarded-Proto", value: "https")
    all.add(name: "X-Forwarded-Host", value: "portal.example.com")
    all.add(name: "X-Forwarded-Uri", value: target)
    return worker.answer(RawRequest(target: "/auth/forward", headers: all, peer: peer))
  }

  func evaluate(
    _ body: String, path: String = "/access/v1/evaluation", method: String = "POST",
    headers: HTTPHeaders = ["Content-Type": "application/json"], peer: Peer = .unixSocket
  ) -> Answer {
    worker.answer(
      RawRequest(method: method, target: path, headers: headers, body: Array(body.utf8), peer: peer))
  }

  /// As ingress-nginx asks.
  func ingress(_ url: String, method: String = "GET", headers: HTTPHeaders = [:]) -> Answer {
    var all = headers
    all.add(name: "X-Original-URL", value: url)
    all.add(name: "X-Original-Method", value: method)
    all.add(name: "X-Real-IP", value: "10.1.2.3")
    return worker.answer(RawRequest(target: "/auth/nginx", headers: all))
  }

  /// The widget's address with the token, as a request's target.
  var withToken: String { "/sales?token=" + tokenID.revealed }

  /// Runs SQL as a newer popsec does, whose upgrade counts as a change.
  func run(_ sql: String) throws {
    if distant != nil {
      let statements =
        "SET search_path = popsec; BEGIN; \(sql); UPDATE change_count SET number = number + 1; COMMIT"
      _ = try PostgresServer.shared?.get().query(PostgresServer.name(location), statements)
    } else {
      let queue = try DatabaseQueue(path: folder.store.database)
      try queue.write { try $0.execute(sql: sql) }
      try queue.close()
    }
  }

  /// Has what was gathered written.
  func write() {
    worker.handOver()
    recorder.finish(now: clock.now)
  }
}

extension Answer {
  /// The value of a header that is there once.
  func header(_ name: String) -> String? {
    let values = headers.filter { $0.name == name }.map(\.value)
    return values.count == 1 ? values[0] : nil
  }
}

extension Timestamp {
  /// 2026-11-23T12:00:00Z.
  static let start = Timestamp.distantPast.adding(seconds: 1_795_435_200 + 62_135_596_800)
}

/// Where a scene has its store.
private struct ScenePlace: Sendable {
  let store: any Store
  /// What a gate writes.
  let uses: any UseWriting
  /// What others read of that.
  let records: any UseReading
  /// Opens the store as a gate does.
  let open: @Sendable () throws -> any Store
  let distant: (any DistantStore)?

  static func folder(_ folder: StoreFolder) throws -> ScenePlace {
    ScenePlace(
      store: try SQLiteStore.copy(at: folder, now: .start),
      uses: try SQLiteUseStore.open(folder, now: .start),
      records: SQLiteUseRecords(folder),
      open: { try SQLiteStore.open(folder, options: OpenOptions(readOnly: true), now: .start) }, distant: nil)
  }

  static func database() throws -> ScenePlace {
    let server = try #require(PostgresServer.shared, "\(PostgresServer.absence)").get()
    let address = try PostgresAddress(try server.makeDatabase())
    let store = try PostgresStore.create(address, now: .start)
    let lease = try PostgresLease(address)
    return ScenePlace(
      store: store, uses: PostgresUseStore(address, lease: lease), records: PostgresUseStore(address),
      open: { try PostgresStore.open(address, readOnly: true, lease: lease) },
      distant: PostgresBeacon(address, lease))
  }
}
