package import Access
package import Sealing
package import Store

/// Exchanges one of the keys under which Token IDs are kept, step by step. Each step is one transaction or
/// one rename. After a killed process the next one continues. Between any two steps every Token ID can be
/// found, copied and made as before.
package struct KeyRotation {
  private let administration: Administration
  private let folder: KeyFolder
  package let kind: TokenKeyKind

  package init(_ administration: Administration, _ folder: KeyFolder, _ kind: TokenKeyKind) {
    self.administration = administration
    self.folder = folder
    self.kind = kind
  }

  package func stage() throws -> KeyRotationStage {
    let use = try administration.read(.useCase(.securityRead)) { try $0.keyUse(kind) }
    if let new = use.coming { return .prepared(new) }
    if let old = use.leaving, let new = use.current { return .rewriting(from: old, to: new) }
    if let new = use.current, try folder.keyID(kind, .next) == new { return .rewritten(new) }
    return .idle
  }

  /// Makes the new key, and makes all processes learn it.
  package func prepare() throws {
    try checkFolder()
    let new = try folder.makeNext(kind)
    try change("beginKeyRotation") { change, use in
      guard use.coming == nil, use.leaving == nil else { return nil }
      let old = try use.current ?? change.presentKey(kind)
      return TokenKeyUse(current: old, coming: new)
    }
  }

  /// Gives up a new key under which nothing is kept.
  package func withdraw() throws {
    try checkFolder()
    guard case .prepared = try stage() else { throw KeyRotationTrouble.notPrepared }
    try change("withdrawKeyRotation") { _, use in
      // Nothing is kept under the key, so no row names it.
      use.coming == nil ? nil : TokenKeyUse(current: use.current)
    }
    try folder.removeNext(kind)
  }

  /// Checks that every running gate knows the new key.
  ///
  /// Errors: ``KeyRotationTrouble/gatesBehind(_:)``, ``KeyRotationTrouble/gatesUnknown(_:)``,
  /// ``KeyRotationTrouble/earlierGate``.
  package func checkGates() throws {
    guard kind == .lookup, case .prepared(let new) = try stage() else { return }
    let told: [GatePresence]?
    do { told = try administration.uses.gates() } catch let trouble as UseTrouble {
      throw KeyRotationTrouble.gatesUnknown(trouble.reason)
    }
    guard let gates = told else { throw KeyRotationTrouble.earlierGate }
    let behind = gates.filter { !$0.lookupKeys.contains(new) }
    guard behind.isEmpty else { throw KeyRotationTrouble.gatesBehind(behind.map(\.process)) }
  }

  /// Begins to keep new Token IDs under the new key.
  package func begin() throws {
    try checkFolder()
    try change(nil) { _, use in
      use.coming.map { TokenKeyUse(current: $0, leaving: use.current) }
    }
  }

  /// Records in the audit log that an earlier exchange is being continued.
  package func recordResuming() throws {
    let use = try administration.read(.useCase(.securityRead)) { try $0.keyUse(kind) }
    try administration.change { change in
      try change.requireAdministrator(to: "exchange keys")
      try change.record("resumeKeyRotation", kind, use)
    }
  }

  /// Moves Token IDs from the old key to the new one, some rows in each transaction, with a rest in between
  /// so that others can write. Returns the number of moved rows.
  ///
  /// Errors: ``KeyRotationTrouble``.
  package func rewrite(leavingDamaged: Bool, _ pace: RewritingPace) throws -> Int {
    guard case .rewriting(_, let new) = try stage() else { return 0 }
    let total = try administration.read(.useCase(.securityRead)) { reader in
      try reader.tokenIDCounts(kind).filter { $0.key != new }.values.reduce(0, +)
    }
    var rewriter = TokenIDRewriter(administration.ring, kind, to: new)
    var (after, done, size) = (Int64?.none, 0, pace.firstBatch)
    while true {
      guard !pace.isStopped() else {
        throw KeyRotationTrouble.interrupted(left: total - done - rewriter.damaged.count)
      }
      let page = try administration.read(.useCase(.securityRead)) {
        try $0.tokenIDs(notUnder: new, kind, after: after, limit: size)
      }
      guard let last = page.last else { break }
      let rewritten = try page.compactMap { try rewriter.rewritten($0) }
      let began = pace.microseconds()
      done += try write(rewritten)
      after = last.place
      pace.progress(done, total)
      let taken = Int(pace.microseconds() - began)
      size = Self.batch(after: size, taking: taken)
      // In the rest those who wait can write, even an earlier popsec, which knows no queue.
      pace.rest(max(1_000, taken / 2))
    }
    if !rewriter.damaged.isEmpty, !leavingDamaged {
      throw KeyRotationTrouble.damaged(
        count: rewriter.damaged.count, tokens: try administration.names(of: rewriter.damaged))
    }
    return done
  }

  /// The time in microseconds for which one transaction should keep others from writing.
  private static var batchMicroseconds: Int { 60_000 }

  private static func batch(after size: Int, taking microseconds: Int) -> Int {
    let fitting = size * batchMicroseconds / max(1, microseconds)
    return min(max(fitting, size / 2, min(size, 50)), size * 2, 10_000)
  }

  /// Writes rows. The operator must still be allowed to, because others may have written for a long time.
  private func write(_ rows: [(was: PlacedTokenID, new: StoredTokenID)]) throws -> Int {
    var attempts = 0
    while true {
      do {
        return try administration.changeUnrecorded { change in
          try change.requireAdministrator(to: "exchange keys")
          return try rows.count { try change.writer.rewrite($0.was, kind, as: $0.new) }
        }
      } catch let error as StoreError {
        guard case .busy = error, attempts < 20 else { throw error }
        attempts += 1
      }
    }
  }

  /// Removes the old key from the store, and then its file. Returns where the key is kept, if it is.
  package func finish(forgetting: Bool) throws -> String? {
    try checkFolder()
    if case .rewriting = try stage() {
      try change("finishKeyRotation") { _, use in
        use.leaving == nil ? nil : TokenKeyUse(current: use.current)
      }
    }
    guard case .rewritten = try stage() else { return nil }
    return try folder.promoteNext(kind, forgetting: forgetting)
  }

  private func checkFolder() throws {
    guard folder.ownsKeys else { throw KeyRotationTrouble.notOwner(path: folder.path) }
  }

  /// Changes which keys the store names. Where the closure returns nil, nothing changes.
  private func change(
    _ action: String?, _ body: (Change, TokenKeyUse) throws -> TokenKeyUse?
  ) throws {
    try administration.change { change in
      try change.requireAdministrator(to: "exchange keys")
      let use = try change.writer.keyUse(kind)
      guard let new = try body(change, use) else { return }
      try change.writer.setKeyUse(new, kind)
      if let action { try change.record(action, kind, new, before: use) }
    }
  }
}

extension Change {
  /// The key with which the process began. A store whose keys were never exchanged uses it.
  fileprivate func presentKey(_ kind: TokenKeyKind) throws -> KeyID {
    switch kind {
    case .lookup: keys.lookup.id
    case .seal: try keys.seal.get().id
    }
  }

  fileprivate func record(
    _ action: String, _ kind: TokenKeyKind, _ use: TokenKeyUse, before: TokenKeyUse? = nil
  ) throws {
    var details = AuditDetails("key", after: kind.rawValue)
    details.add("in use", before: before?.current?.rawValue, after: use.current?.rawValue)
    details.add("coming", before: before?.coming?.rawValue, after: use.coming?.rawValue)
    details.add("leaving", before: before?.leaving?.rawValue, after: use.leaving?.rawValue)
    try recordStore(action, details)
  }
}

extension Administration {
  /// The names of some tokens, for people. A token whose account is deleted is named by its id.
  fileprivate func names(of tokens: [TokenRowID]) throws -> [String] {
    try read { reader in
      try tokens.prefix(20).map { id in
        guard let token = try reader.token(id), let account = try reader.account(token.account) else {
          return id.description
        }
        return "\(account.name.text) / \(token.name.text)"
      }
    }
  }

  /// The stage of each key's exchange, where one was begun.
  package func keyRotations(_ folder: KeyFolder) throws -> [(kind: TokenKeyKind, stage: KeyRotationStage)] {
    try TokenKeyKind.allCases.map { ($0, try KeyRotation(self, folder, $0).stage()) }
      .filter { $0.stage != .idle }
  }

  /// The number of Token IDs that are kept under each key.
  package func tokenIDCounts(_ kind: TokenKeyKind) throws -> [KeyID: Int] {
    try read(.useCase(.securityRead)) { try $0.tokenIDCounts(kind) }
  }

  /// The running gates; nil where they don't tell.
  ///
  /// Errors: ``UseTrouble``, ``StoreError``.
  package func gates() throws -> [GatePresence]? {
    try read { _ in }
    return try uses.gates()
  }
}
