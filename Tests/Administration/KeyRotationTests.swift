import Access
import Administration
import Foundation
import SQLStore
import SQLiteStore
import Sealing
import Store
import TestSupport
import TestTraits
import Testing

/// A store with some tokens, its keys in a folder, and processes that began before and at each stage.
private final class RotationScene {
  let folder: String
  let keyFolder: KeyFolder
  let made: MadeStore
  let store: any Store
  let now: Timestamp
  let account: Account
  /// The Token ID of each token, which must never be printed.
  private(set) var secrets: [TokenRowID: TokenID] = [:]

  init(tokens: Int = 7) throws {
    folder = NSTemporaryDirectory() + "popsec-test-" + UUID().uuidString
    now = try #require(Timestamp("2026-11-24T12:00:00Z"))
    made = try Engine.current.make(StoreFolder(path: folder), now)
    store = made.store
    keyFolder = KeyFolder(path: folder + "/keys")
    _ = try keyFolder.create()
    let first = Self.administration(store, keyFolder, now)
    account = try first.change { try $0.addAccount(.apiUser, name: try Name("Portal Mexico")) }
    for number in 0..<tokens { try add("token \(number)", first) }
  }

  deinit {
    try? made.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  private static func administration(
    _ store: any Store, _ keys: KeyFolder, _ now: Timestamp, uses: any UseReading = NoUses(),
    permissions: Set<Permission> = Set(Permission.allCases)
  ) -> Administration {
    let loaded = (try? keys.load()) ?? .ephemeral()
    return Administration(
      store: store, ring: KeyRing(loaded, folder: keys), operating: Scene.operating(permissions), uses: uses,
      surroundings: Surroundings(now: { now }, makeTokenID: { .generate() }))
  }

  /// A process as it would start now.
  func process(
    uses: any UseReading = NoUses(), permissions: Set<Permission> = Set(Permission.allCases)
  ) -> Administration {
    Self.administration(store, keyFolder, now, uses: uses, permissions: permissions)
  }

  func add(_ name: String, _ process: Administration) throws {
    let token = try process.change { try $0.addToken(to: account.id, name: try Name(name)) }
    secrets[token.id] = try process.change { try $0.reveal(token.id, for: .copy) }
  }

  /// Checks that the process finds every token by its Token ID, can copy it, and can make a new one.
  func check(_ process: Administration, _ stage: String, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    try add("at \(stage) \(secrets.count)", process)
    for (token, secret) in secrets {
      #expect(
        try process.whois(pasted: secret.revealed).token.id == token, "\(stage)",
        sourceLocation: sourceLocation)
      let isSame = try process.change { try $0.reveal(token, for: .copy) } == secret
      #expect(isSame, "\(stage)", sourceLocation: sourceLocation)
      let verdict = try process.check(
        CheckRequest(asker: .tokenID(secret), surface: .api(.noName)))
      #expect(verdict.presented != nil, "\(stage)", sourceLocation: sourceLocation)
    }
    let owners = try process.owners(of: Array(secrets.values) + [.generate()])
    #expect(owners.count { $0 != nil } == secrets.count, "\(stage)", sourceLocation: sourceLocation)
    #expect(throws: AdministrationError.unknownTokenID) {
      try process.whois(pasted: TokenID.generate().revealed)
    }
  }

  var actions: [String] {
    get throws {
      try process().read(.audit) { try $0.auditRecords(after: 0, limit: 1_000) }.map(\.action)
        .filter { $0.contains("KeyRotation") }
    }
  }

  func damage(_ token: TokenRowID, _ kind: TokenKeyKind) throws {
    let row = try store.read { reader in
      try reader.tokenIDs(notUnder: KeyID(7), kind, after: nil, limit: 1_000).first {
        $0.stored.token == token
      }
    }
    let found = try #require(row)
    let (was, key) = (found.stored, found.stored.lookup.key)
    var bytes = kind == .seal ? was.sealed.bytes : was.lookup.bytes
    bytes[20] ^= 1
    let damaged = StoredTokenID(
      id: was.id, token: was.token, account: was.account,
      lookup: kind == .lookup ? try #require(LookupHash(key: key, bytes: bytes)) : was.lookup,
      sealed: kind == .seal ? try #require(SealedTokenID(key: was.sealed.key, bytes: bytes)) : was.sealed,
      hint: was.hint, createdAt: was.createdAt)
    #expect(try store.write { try $0.rewrite(found, kind, as: damaged) })
  }
}

extension RewritingPace {
  /// A pace that stops after this number of transactions.
  fileprivate static func stopping(after batches: Int = .max) -> RewritingPace {
    var (left, time) = (batches, Int64(0))
    return RewritingPace(
      firstBatch: 2, progress: { done, total in #expect(done <= total) },
      isStopped: {
        left -= 1
        return left < 0
      }, rest: { _ in },
      // The clock pretends that each transaction is slow, so that the next ones are small.
      microseconds: {
        time += 60_000_000
        return time
      })
  }
}

@Suite(.onEachEngine) struct KeyRotationTests {
  private let scene: RotationScene

  init() throws { scene = try RotationScene() }

  private func rotation(_ kind: TokenKeyKind, _ process: Administration? = nil) -> KeyRotation {
    KeyRotation(process ?? scene.process(), scene.keyFolder, kind)
  }

  @Test(
    "at each stage every token works, and can be copied and made, by processes from before and after",
    arguments: TokenKeyKind.allCases)
  func everyStage(kind: TokenKeyKind) throws {
    var processes = [scene.process()]
    func check(_ stage: String) throws {
      processes.append(scene.process())
      for process in processes { try scene.check(process, stage) }
    }
    let old = try #require(try scene.keyFolder.keyID(kind, .present))
    try check("idle")
    try rotation(kind).prepare()
    let new = try #require(try scene.keyFolder.keyID(kind, .next))
    #expect(try rotation(kind).stage() == .prepared(new))
    try check("prepared")
    try rotation(kind).begin()
    #expect(try rotation(kind).stage() == .rewriting(from: old, to: new))
    try check("rewriting")
    for _ in 0..<2 {
      #expect(throws: KeyRotationTrouble.self) {
        try rotation(kind).rewrite(leavingDamaged: false, .stopping(after: 1))
      }
      try check("between")
    }
    _ = try rotation(kind).rewrite(leavingDamaged: false, .stopping())
    #expect(try scene.process().tokenIDCounts(kind).keys.map { $0 } == [new])
    try check("all rewritten")
    let kept = try rotation(kind).finish(forgetting: false)
    #expect(kept == scene.keyFolder.file(kind, .retired(old)))
    #expect(try rotation(kind).stage() == .idle)
    #expect(try scene.keyFolder.keyID(kind, .present) == new)
    try check("done")
    #expect(try scene.actions == ["store.beginKeyRotation", "store.finishKeyRotation"])
  }

  @Test("one key is exchanged again and again, and both of them one after the other")
  func again() throws {
    let process = scene.process()
    for kind in [TokenKeyKind.seal, .lookup, .lookup, .seal, .seal] {
      try rotation(kind).prepare()
      try rotation(kind).begin()
      #expect(try rotation(kind).rewrite(leavingDamaged: false, .stopping()) > 0)
      #expect(try rotation(kind).finish(forgetting: kind == .lookup) == nil || kind == .seal)
      try scene.check(process, "\(kind)")
      try scene.check(scene.process(), "\(kind)")
    }
  }

  @Test(
    "each step may be done twice, and an exchange that was not begun can't be continued",
    arguments: TokenKeyKind.allCases)
  func twice(kind: TokenKeyKind) throws {
    #expect(try rotation(kind).rewrite(leavingDamaged: false, .stopping()) == 0)
    #expect(try rotation(kind).finish(forgetting: true) == nil)
    #expect(throws: KeyRotationTrouble.notPrepared) { try rotation(kind).withdraw() }
    for _ in 0..<2 { try rotation(kind).prepare() }
    for _ in 0..<2 { try rotation(kind).begin() }
    #expect(throws: KeyRotationTrouble.notPrepared) { try rotation(kind).withdraw() }
    _ = try rotation(kind).rewrite(leavingDamaged: false, .stopping())
    for isFirst in [true, false] { #expect((try rotation(kind).finish(forgetting: false) != nil) == isFirst) }
    try scene.check(scene.process(), "after")
  }

  @Test("a key under which nothing is kept can be given up", arguments: TokenKeyKind.allCases)
  func withdraws(kind: TokenKeyKind) throws {
    let process = scene.process()
    try rotation(kind).prepare()
    try rotation(kind).withdraw()
    #expect(try rotation(kind).stage() == .idle)
    #expect(try scene.keyFolder.keyID(kind, .next) == nil)
    for process in [process, scene.process()] { try scene.check(process, "withdrawn") }
    #expect(try scene.actions == ["store.beginKeyRotation", "store.withdrawKeyRotation"])
  }

  @Test("killed before the old key's file gave way, all works, and the next one goes on")
  func beforeTheFile() throws {
    let files = try scene.keyFolder.text()
    try rotation(.lookup).prepare()
    try rotation(.lookup).begin()
    _ = try rotation(.lookup).rewrite(leavingDamaged: false, .stopping())
    let new = try #require(try scene.keyFolder.keyID(.lookup, .next))
    let next = try Data(contentsOf: URL(fileURLWithPath: scene.keyFolder.file(.lookup, .next)))
    _ = try rotation(.lookup).finish(forgetting: true)
    // The files are put back as they were before the last rename.
    let old = try #require(files.split(separator: "\n").first { $0.hasPrefix("popsec-lookup") })
    try Data((old + "\n").utf8).write(to: URL(fileURLWithPath: scene.keyFolder.file(.lookup)))
    try next.write(to: URL(fileURLWithPath: scene.keyFolder.file(.lookup, .next)))
    for path in [scene.keyFolder.file(.lookup), scene.keyFolder.file(.lookup, .next)] {
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
    #expect(try rotation(.lookup).stage() == .rewritten(new))
    try scene.check(scene.process(), "before the file")
    #expect(try scene.process().keyRotations(scene.keyFolder).map(\.kind) == [.lookup])
    _ = try rotation(.lookup).finish(forgetting: false)
    #expect(try scene.keyFolder.keyID(.lookup, .present) == new)
  }

  @Test(
    "a damaged row stops it at its end, is named, and is given up only when told to",
    arguments: TokenKeyKind.allCases, TokenKeyKind.allCases)
  func damaged(kind: TokenKeyKind, part: TokenKeyKind) throws {
    let token = try #require(scene.secrets.keys.min())
    try scene.damage(token, part)
    try rotation(kind).prepare()
    try rotation(kind).begin()
    let name = try #require(try scene.process().read { try $0.token(token)?.name })
    #expect(throws: KeyRotationTrouble.damaged(count: 1, tokens: ["Portal Mexico / \(name)"])) {
      try rotation(kind).rewrite(leavingDamaged: false, .stopping())
    }
    guard case .rewriting = try rotation(kind).stage() else { throw SealingError.notAuthentic }
    #expect(try rotation(kind).rewrite(leavingDamaged: true, .stopping()) == 0)
    _ = try rotation(kind).finish(forgetting: false)
    #expect(try rotation(kind).stage() == .idle)
  }

  @Test("nobody but an Administrator exchanges keys, at any step")
  func permissions() throws {
    let allowed = Set(Permission.allCases).subtracting([.auditRead])
    let process = scene.process(permissions: allowed)
    #expect(throws: AdministrationError.self) { try rotation(.seal, process).prepare() }
    try rotation(.seal).prepare()
    #expect(throws: AdministrationError.self) { try rotation(.seal, process).begin() }
    #expect(throws: AdministrationError.self) { try rotation(.seal, process).withdraw() }
    try rotation(.seal).begin()
    #expect(throws: AdministrationError.self) {
      try rotation(.seal, process).rewrite(leavingDamaged: false, .stopping())
    }
    #expect(throws: AdministrationError.self) { try rotation(.seal, process).finish(forgetting: false) }
    #expect(throws: AdministrationError.self) { try rotation(.seal, process).recordResuming() }
  }

  @Test("no audit row and no file holds a Token ID or a key")
  func secrets() throws {
    for kind in TokenKeyKind.allCases {
      try rotation(kind).prepare()
      try rotation(kind).begin()
      _ = try rotation(kind).rewrite(leavingDamaged: false, .stopping())
      _ = try rotation(kind).finish(forgetting: false)
    }
    let rows = try scene.process().read(.audit) { try $0.auditRecords(after: 0, limit: 1_000) }
    #expect(rows.allSatisfy { !TokenID.isContained(in: $0.details) && !$0.details.contains("=") })
  }

  // MARK: Gates

  private func gate(_ process: Int, _ keys: Set<KeyID>, seen seconds: Int64 = 0) -> GatePresence {
    let seen = scene.now.adding(seconds: seconds)
    return GatePresence(
      id: .random(), process: process, startedAt: seen, seenAt: seen, lookupKeys: keys)
  }

  @Test("the lookup key is not exchanged under a gate that does not know the new one")
  func gates() throws {
    let uses = try scene.made.openUses()
    let process = scene.process(uses: uses)
    try rotation(.lookup, process).prepare()
    let old = try #require(try scene.keyFolder.keyID(.lookup, .present))
    let new = try #require(try scene.keyFolder.keyID(.lookup, .next))
    try rotation(.lookup, process).checkGates()
    let behind = gate(7, [old], seen: -46)
    try uses.put(gate(5, [old, new]))
    do {
      // The gate ends without removing its record, and its clock was years ahead.
      let killed = try scene.made.openUses()
      try killed.put(gate(6, [old], seen: 100_000_000))
      #expect(throws: KeyRotationTrouble.gatesBehind([6])) { try rotation(.lookup, process).checkGates() }
    }
    // Its lock goes with its connection, which a server notices by and by.
    try eventually("the killed gate counts no more") {
      do { try rotation(.lookup, process).checkGates() } catch KeyRotationTrouble.gatesBehind { return false }
      return true
    }
    try uses.put(behind)
    #expect(throws: KeyRotationTrouble.gatesBehind([7])) { try rotation(.lookup, process).checkGates() }
    try rotation(.seal, process).prepare()
    try rotation(.seal, process).checkGates()
    try uses.remove(behind.id)
    try rotation(.lookup, process).checkGates()
  }

  @Test("a gate that runs gets to know the coming key without being asked anything")
  func watch() throws {
    let made = scene.made
    let store = EnforcedStore { try made.reopened() }
    let watch = LookupKeyWatch(
      store, ring: KeyRing(try scene.keyFolder.loadLookup(), folder: scene.keyFolder))
    let old = try #require(try scene.keyFolder.keyID(.lookup, .present))
    #expect(try watch.knownKeys() == [old])
    try rotation(.lookup).prepare()
    let new = try #require(try scene.keyFolder.keyID(.lookup, .next))
    #expect(try watch.knownKeys() == [old, new])
    // A process that only has copies of the keys does not learn new ones.
    let copies = LookupKeyWatch(store, ring: KeyRing(try scene.keyFolder.loadLookup()))
    #expect(try copies.knownKeys() == [old])
  }
}
