package import Access
package import Sealing
package import Store

/// The use cases. For every front end, each call checks what the operator may do, and each change is one
/// transaction together with its audit rows.
package struct Administration: Sendable {
  private(set) var store: any Store
  let ring: KeyRing
  let surroundings: Surroundings
  /// The records of gates.
  let uses: any UseReading
  package let operating: Operator
  let state: OperatorState
  /// Collects the subjects that changes affect; nil where nobody asks.
  private var touched: TouchLog?
  /// Whether every change becomes a draft of a proposal, and is undone.
  private(set) var isAsking = false
  /// Called at the end of each transaction that is meant, right before the transaction is committed.
  package var settling: @Sendable () -> Void = {}
  /// How long a transaction may look at everybody for laws that it adds; nil for as long as it takes.
  package var lawPatience: Duration? = Administration.mostLookedAt
  /// What is known of laws that the next transaction adds.
  var foresight: LawForesight?

  /// Whether every change is undone.
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

  /// Makes the use cases with keys that may be exchanged while they are used.
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

  /// The same store for what popsec records by itself, because it is nobody's doing.
  var byItself: Administration {
    with(Operator(actor: Actor(name: "popsec", frontEnd: operating.actor.frontEnd), permissions: []))
  }

  /// The same use cases for a caller that asks others for changes: each transaction ends with ``TakesTwo``.
  var asking: Administration {
    var copy = self
    copy.isAsking = true
    return copy
  }

  /// The same use cases on a store that undoes every change.
  func rehearsing(on store: any Store, _ touched: TouchLog) -> Administration {
    var copy = Administration(
      store: store, ring: ring, operating: operating, uses: uses, surroundings: surroundings)
    copy.state.isReadOnly = state.isReadOnly
    copy.touched = touched
    return copy
  }

  /// The same use cases for a caller that must not wait. A change that other writers delay is refused at
  /// once, as ``StoreError/busy(path:writer:)``.
  package var withoutWaiting: Administration {
    var copy = self
    copy.store = ImpatientStore(base: store)
    return copy
  }

  package var now: Timestamp { surroundings.now() }

  /// The place of the store, for people.
  package var location: String { store.location }

  /// The reason why Token IDs can't be revealed, copied or made here; nil where they can.
  package var sealProblem: SealingError? {
    if case .failure(let problem) = keys.seal { problem } else { nil }
  }

  /// Whether every change is refused. Copying a Token ID, with its record, is still allowed.
  package var isReadOnly: Bool {
    get { state.isReadOnly }
    nonmutating set { state.isReadOnly = newValue }
  }

  /// Whether the operator had the permission when the store was last asked. It decides what is offered; each
  /// call asks again.
  package func may(_ permission: Permission) -> Bool { state.present.may(permission) }
  /// The strongest built-in role of the operator, whatever read-only mode forbids.
  package var strongestRole: BuiltInRole? { state.held.strongestRole }

  /// What the operator may do now.
  ///
  /// Errors: ``AdministrationError/signedOut(_:)``, ``StoreError``.
  @discardableResult
  package func authority() throws -> Authority {
    try store.read { try state.authority(of: operating, in: $0, at: now) }
  }

  /// Refuses an operator who may no longer be here: signed out, or on the account whose processes can open
  /// Token IDs without the roles for that.
  package func requireStillHere() throws {
    let authority = try authority()
    if case .user(_, .key) = operating.standing, authority.serviceAccount == .support, sealProblem == nil {
      throw AdministrationError.signedOut(.otherAccount)
    }
  }

  /// Refuses an operator who is not Administrator now.
  ///
  /// Errors: ``AdministrationError/notAdministrator(_:)``, ``AdministrationError/signedOut(_:)``,
  /// ``StoreError``.
  package func requireAdministrator(to what: String) throws {
    try recordingRefusals(isChange: false) {
      guard try authority().isAdministrator else { throw AdministrationError.notAdministrator(what) }
    }
  }

  /// Tells when others have changed the store. Nothing can be read through it.
  package func watchChanges() -> ChangeWatch { ChangeWatch(store, state, surroundings) }

  /// Makes committed changes safe from damage to the log, if that is still to be done. The call waits for
  /// nobody, and is cheap where nothing is to be done.
  ///
  /// Returns false where others prevent this for now; then the caller has to try again.
  @discardableResult package func settle() throws -> Bool { try store.settle() }

  /// Gives memory back that only makes later reads faster. See ``Store/releaseMemory()``.
  package func releaseMemory() {
    store.releaseMemory()
    uses.releaseMemory()
  }

  /// The files of which at least one changes when anybody changes the store; none where there are no such files.
  package var changingFiles: [String] { store.changingFiles }

  /// Reads one consistent state of the store, with ``Reading/security``.
  ///
  /// Errors: ``AdministrationError/notPermitted(_:)``, ``AdministrationError/signedOut(_:)``, ``StoreError``.
  package func read<Result>(_ body: (any SecurityReader) throws -> Result) throws -> Result {
    try read(.security, body)
  }

  /// Reads one consistent state with another permission, which gives another reader.
  package func read<Reader, Result>(
    _ reading: Reading<Reader>, _ body: (Reader) throws -> Result
  ) throws -> Result {
    try recordingRefusals(isChange: false) {
      try store.read { reader in
        let authority = try state.authority(of: operating, in: reader, at: now)
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
      do { return try changeUnrecorded(body) } catch let error as TakesTwo where !isAsking {
        throw WaitingNotice(try changeUnrecorded { try $0.propose(error.draft) })
      }
    }
  }

  /// Carries out changes. On a full disk, changes that only take access away are tried again with the
  /// reserved space.
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

  /// Carries out changes once. A store from before the audit log held changes as values gets a snapshot of
  /// its state first.
  private func changeOnce<Result>(_ body: (Change) throws -> Result) throws -> Result {
    do { return try lookingFirst { try $0.changeFromSnapshot(body) } } catch is NoSnapshot {
      try takeFirstSnapshot()
      return try lookingFirst { try $0.changeFromSnapshot(body) }
    }
  }

  private func changeFromSnapshot<Result>(_ body: (Change) throws -> Result) throws -> Result {
    var head: AnnouncedHead?
    var settled: SettledTime?
    var sums: [RefusalSum] = []
    let result = try store.write(foreseeing: Change.beginning(self)) { writer in
      if touched == nil, try writer.snapshot(notAfter: .max) == nil { throw NoSnapshot() }
      let change = try Change(self, writer: writer, touched: touched)
      // What can't be read now is told of after a later change.
      sums = (try? writer.refusalSums()) ?? []
      let result = try body(change)
      try change.checkOutcome()
      if isAsking { throw TakesTwo(draft: try change.request()) }
      try change.requireSecond()
      try change.keepUndo()
      settled = change.settledTime
      head = try change.signHead(surroundings.announcer)
      if touched == nil { settling() }
      return result
    }
    if let head, touched == nil {
      announce(head)
      if let settled { purgeOverdue(settled) }
      recordDue(sums)
    }
    return result
  }

  /// Announces a head. The change is made by now, whether or not the system's log receives the head. The next
  /// head covers it.
  func announce(_ head: AnnouncedHead) {
    guard !surroundings.announcer.send(head.text), head.isToldAsSent else { return }
    try? store.write { try $0.takeBackAnnouncing(head.head.sequence) }
  }

  /// Records a refusal too, unless the change is only a trial.
  func recordingRefusals<Result>(isChange: Bool, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch {
      if let refusal = Refusal(error, isChange: isChange) { record(refusal) }
      throw error
    }
  }
}

/// What the use cases need of the outside world.
package struct Surroundings: Sendable {
  package let now: @Sendable () -> Timestamp
  package let makeTokenID: @Sendable () -> TokenID
  package let announcer: HeadAnnouncer
  /// Whether a person with this Unix account may do anything with the store's files.
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

/// A value as it was when a person began to edit it, and as it should become.
package struct Edit<Value: Equatable & Sendable>: Sendable {
  package let was: Value
  package let becomes: Value

  package init(was: Value, becomes: Value) {
    self.was = was
    self.becomes = becomes
  }

  /// Refuses where somebody changed the value meanwhile to something other than the wanted one.
  func check(against current: Value) throws(EditConflict<Value>) {
    guard current == was || current == becomes else { throw EditConflict(current: current, mine: becomes) }
  }
}

extension Edit: Encodable where Value: Encodable {}
extension Edit: Decodable where Value: Decodable {}

/// Somebody changed the same thing meanwhile. Nothing was saved.
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
