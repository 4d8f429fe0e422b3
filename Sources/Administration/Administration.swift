package import Access
package import Sealing
package import Store

/// The use cases. Whatever front end asks, each call is checked against what the operator may
/// do, and each change is one transaction together with its audit rows.
package struct Administration: Sendable {
  private(set) var store: any Store
  let ring: KeyRing
  let surroundings: Surroundings
  /// What a gate wrote.
  let uses: any UseReading
  package let operating: Operator
  let state: OperatorState
  /// Where changes say whom they touch; nil where nobody asks.
  private var touched: TouchLog?

  /// Whether all that is done on it is undone.
  var isRehearsing: Bool { touched != nil }

  /// The keys with which the process began.
  var keys: TokenKeys { ring.keys }

  package init(
    store: any Store, keys: TokenKeys, operating: Operator, uses: any UseReading = NoUses(),
    surroundings: Surroundings = .system
  ) {
    self.init(
      store: store, ring: KeyRing(keys), operating: operating, uses: uses, surroundings: surroundings)
  }

  /// With keys that may be exchanged meanwhile.
  package init(
    store: any Store, ring: KeyRing, operating: Operator, uses: any UseReading = NoUses(),
    surroundings: Surroundings = .system
  ) {
    self.store = store
    self.ring = ring
    self.operating = operating
    self.uses = uses
    self.surroundings = surroundings
    state = OperatorState(operating)
  }

  /// The same store for another operator.
  package func with(_ operating: Operator) -> Administration {
    Administration(store: store, ring: ring, operating: operating, uses: uses, surroundings: surroundings)
  }

  /// The same on a store that undoes what is done.
  func rehearsing(on store: any Store, _ touched: TouchLog) -> Administration {
    var copy = Administration(
      store: store, ring: ring, operating: operating, uses: uses, surroundings: surroundings)
    copy.state.isReadOnly = state.isReadOnly
    copy.touched = touched
    return copy
  }

  /// The same for whoever must not wait: what others' writing keeps from being changed is refused at once, as
  /// ``StoreError/busy(path:writer:)``.
  package var withoutWaiting: Administration {
    var copy = self
    copy.store = ImpatientStore(base: store)
    return copy
  }

  package var now: Timestamp { surroundings.now() }

  /// Where the store is, for people.
  package var location: String { store.location }

  /// Why Token IDs can't be revealed, copied or made here; nil where they can.
  package var sealProblem: SealingError? {
    if case .failure(let problem) = keys.seal { problem } else { nil }
  }

  /// Whether every change is refused, copying and what is recorded of it apart.
  package var isReadOnly: Bool {
    get { state.isReadOnly }
    nonmutating set { state.isReadOnly = newValue }
  }

  /// Whether the operator could do that when last asked. For what is offered; each call asks anew.
  package func may(_ permission: Permission) -> Bool { state.present.may(permission) }

  /// What the operator may do now.
  ///
  /// Errors: ``AdministrationError/signedOut(_:)``, ``StoreError``.
  @discardableResult
  package func authority() throws -> Authority {
    try store.read { try state.authority(of: operating, in: $0) }
  }

  /// Refuses where the operator may no longer be where they are: signed out, or on the account whose
  /// processes can open Token IDs without the roles for it.
  package func requireStillHere() throws {
    let authority = try authority()
    if case .user(_, .key) = operating.standing, authority.serviceAccount == .support, sealProblem == nil {
      throw AdministrationError.signedOut(.otherAccount)
    }
  }

  /// Refuses whoever is not Administrator now.
  ///
  /// Errors: ``AdministrationError/notAdministrator(_:)``, ``AdministrationError/signedOut(_:)``, ``StoreError``.
  package func requireAdministrator(to what: String) throws {
    try recordingRefusals(isChange: false) {
      guard try authority().isAdministrator else { throw AdministrationError.notAdministrator(what) }
    }
  }

  /// Tells when others have changed the store; nothing can be read through it.
  package func watchChanges() -> ChangeWatch { ChangeWatch(store) }

  /// Has what was committed while others read where no damaged log can take it away, if that is still to be
  /// done. It costs little where it is not, and waits for nobody.
  package func settle() throws { try store.settle() }

  /// Reads one consistent state of the store, with ``Reading/security``.
  ///
  /// Errors: ``AdministrationError/notPermitted(_:)``, ``AdministrationError/signedOut(_:)``, ``StoreError``.
  package func read<Result>(_ body: (any SecurityReader) throws -> Result) throws -> Result {
    try read(.security, body)
  }

  /// The same for other permissions, which hand out other readers.
  package func read<Reader, Result>(
    _ reading: Reading<Reader>, _ body: (Reader) throws -> Result
  ) throws -> Result {
    try recordingRefusals(isChange: false) {
      try store.read { reader in
        let authority = try state.authority(of: operating, in: reader)
        guard reading.permissions.contains(where: authority.may) else {
          throw AdministrationError.notPermitted(reading.permissions[0])
        }
        return try body(reading.narrowed(reader))
      }
    }
  }

  /// Carries out some changes in one transaction: all of them, with their audit rows, or none.
  package func change<Result>(_ body: (Change) throws -> Result) throws -> Result {
    try recordingRefusals(isChange: true) {
      do { return try changeUnrecorded(body) } catch let error as TakesTwo {
        throw try changeUnrecorded { try $0.propose(error.draft) }
      }
    }
  }

  /// On a full disk what only takes access away is tried once more, with the room that is kept for it.
  func changeUnrecorded<Result>(_ body: (Change) throws -> Result) throws -> Result {
    var tried: Change?
    do {
      return try changeOnce {
        tried = $0; return try body($0)
      }
    } catch StoreError.diskFull(let path) {
      guard tried?.ledger.isTakingAwayAlone == true, touched == nil, store.giveUpReserve() else {
        throw StoreError.diskFull(path: path)
      }
      return try changeOnce(body)
    }
  }

  /// A store from before changes stood in the audit log as values has its state kept first.
  private func changeOnce<Result>(_ body: (Change) throws -> Result) throws -> Result {
    do { return try changeFromSnapshot(body) } catch is NoSnapshot {
      try takeFirstSnapshot()
      return try changeFromSnapshot(body)
    }
  }

  private func changeFromSnapshot<Result>(_ body: (Change) throws -> Result) throws -> Result {
    var head: AnnouncedHead?
    var settled: SettledTime?
    let result = try store.write { writer in
      if touched == nil, try writer.snapshot(notAfter: .max) == nil { throw NoSnapshot() }
      let change = try Change(self, writer: writer, touched: touched)
      let result = try body(change)
      try change.checkOutcome()
      try change.requireSecond()
      try change.keepUndo()
      settled = change.settledTime
      head = try change.signHead(surroundings.announcer)
      return result
    }
    if let head, touched == nil {
      announce(head)
      if let settled { purgeOverdue(settled) }
      recordDueSums()
    }
    return result
  }

  /// What was done is done by now, whether the log of the system takes its head or not: the next one covers it.
  private func announce(_ head: AnnouncedHead) {
    guard !surroundings.announcer.send(head.text), head.isToldAsSent else { return }
    try? store.write { try $0.takeBackAnnouncing(head.head.sequence) }
  }

  /// What is refused is recorded, too, where it was really asked for.
  private func recordingRefusals<Result>(isChange: Bool, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch {
      if let refusal = Refusal(error, isChange: isChange) { record(refusal) }
      throw error
    }
  }
}

/// What the use cases need of the world.
package struct Surroundings: Sendable {
  package let now: @Sendable () -> Timestamp
  package let makeTokenID: @Sendable () -> TokenID
  package let announcer: HeadAnnouncer
  /// Whether who comes by that Unix account may do with the store's files what they like.
  package let isOwners: @Sendable (UnixAccountName) -> Bool

  package init(
    now: @escaping @Sendable () -> Timestamp, makeTokenID: @escaping @Sendable () -> TokenID,
    announcer: HeadAnnouncer = .none,
    isOwners: @escaping @Sendable (UnixAccountName) -> Bool = { $0.text == "root" }
  ) {
    self.now = now
    self.makeTokenID = makeTokenID
    self.announcer = announcer
    self.isOwners = isOwners
  }
}

/// A value as it was when a person began to edit it, and as it is to become.
package struct Edit<Value: Equatable & Sendable>: Sendable {
  package let was: Value
  package let becomes: Value

  package init(was: Value, becomes: Value) {
    self.was = was
    self.becomes = becomes
  }

  /// Refuses where somebody changed it meanwhile to something else than what is wanted.
  func check(against current: Value) throws(EditConflict<Value>) {
    guard current == was || current == becomes else { throw EditConflict(current: current, mine: becomes) }
  }
}

extension Edit: Encodable where Value: Encodable {}
extension Edit: Decodable where Value: Decodable {}

/// Somebody changed the same thing meanwhile; nothing was saved.
package struct EditConflict<Value: Equatable & Sendable>: Complaint {
  package let current: Value
  package let mine: Value

  package init(current: Value, mine: Value) {
    self.current = current
    self.mine = mine
  }

  package var message: String { "somebody changed the same thing meanwhile" }
  package var hint: String? { "nothing was saved; look at what it is now, and decide" }
  package var exitStatus: ExitStatus { .unavailable }
}
