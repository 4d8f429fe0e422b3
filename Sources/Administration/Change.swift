package import Access
package import Store
internal import Sealing

/// The use cases of one transaction. Each one is checked, carried out and audited. A `Change` is obtained
/// from ``Administration/change(_:)``, and must not leave that closure.
///
/// All its functions throw ``AdministrationError``, ``EditConflict`` and ``StoreError``. The first error that
/// is thrown out of the closure undoes the whole transaction.
package struct Change {
  let writer: any StoreWriter
  let ring: KeyRing
  let operating: Operator
  /// What the operator may do at the time of the transaction.
  let authority: Authority
  let state: OperatorState
  /// The time of the transaction.
  package let now: Timestamp
  let makeTokenID: @Sendable () -> TokenID
  private let isOwners: @Sendable (UnixAccountName) -> Bool
  /// Whether there was an enabled Administrator when the transaction began.
  let hadAdministrator: Bool
  /// The last row of the audit log when the transaction began.
  private let headBefore: (sequence: Int64, hash: [UInt8])?
  /// The latest time up to which the clock was trusted when the transaction began; nil where nothing may be purged.
  private let settledBefore: SettledTime?
  let ledger = ChangeLedger()
  let undoLog: UndoLog
  /// The settings of dual control; nil where dual control is off.
  let dual: Settings?
  private let touched: TouchLog?
  /// How long everybody is looked at for laws that this transaction adds; nil for as long as it takes.
  let lawPatience: Duration?
  /// What is known of these laws; nil where nothing is.
  let foresight: LawForesight?
  /// The store as it was before this transaction.
  private let committed: any Store

  init(
    _ administration: Administration, writer: any StoreWriter, touched: TouchLog? = nil
  ) throws {
    self.writer = writer
    ring = administration.ring
    operating = administration.operating
    state = administration.state
    authority = try state.authority(of: operating, in: writer, at: administration.now)
    now = administration.now
    makeTokenID = administration.surroundings.makeTokenID
    isOwners = administration.surroundings.isOwners
    hadAdministrator = try writer.hasAdministrator(at: now)
    headBefore = try writer.auditHead()
    settledBefore = Self.settledTime(now, in: writer)
    self.touched = touched
    lawPatience = administration.lawPatience
    foresight = administration.foresight
    committed = administration.store
    dual = try Self.dual(writer)
    let mayWait = dual != nil || administration.isAsking
    undoLog = UndoLog(isKept: touched == nil, mayWait: mayWait)
    if mayWait { try beginBasis() }
  }

  /// What each change begins with reading. It is read ahead, because others wait for the transaction.
  static func beginning(_ administration: Administration) -> [(any StoreReader) throws -> Void] {
    let (operating, now) = (administration.operating, administration.now)
    return [
      { _ = try $0.snapshot(notAfter: .max) },
      { _ = try $0.generation() },
      { _ = try operating.authority(in: $0, at: now) },
      { _ = try $0.settings(for: operating.user) },
      { _ = try $0.settings(for: nil) },
      { _ = try $0.hasAdministrator(at: now) },
      { _ = try $0.auditHead() },
      { _ = try $0.auditTimes(notAfter: SettledTime.limit(now: now)) },
      { _ = try $0.refusalSums() },
    ]
  }

  /// Makes a change that only records what is nobody's change, such as a refusal. Its operator may do nothing.
  init(recordingFor administration: Administration, writer: any StoreWriter) throws {
    self.writer = writer
    ring = administration.ring
    operating = administration.operating
    state = administration.state
    authority = .none
    now = administration.now
    makeTokenID = administration.surroundings.makeTokenID
    isOwners = administration.surroundings.isOwners
    hadAdministrator = false
    headBefore = try writer.auditHead()
    settledBefore = nil
    touched = nil
    (lawPatience, foresight) = (nil, nil)
    committed = administration.store
    dual = nil
    undoLog = UndoLog(isKept: false)
  }

  var keys: TokenKeys { ring.keys }

  /// Whether this transaction is undone however it ends, because it only tries a change.
  var isRehearsal: Bool { touched != nil }

  /// Reads the store as it was before this transaction.
  func readBefore<Result>(_ body: (any SecurityReader) throws -> Result) throws -> Result {
    try committed.read { try body($0) }
  }

  /// Notes what laws the change which is being tried would break.
  func note(_ consequences: LawConsequences) { touched?.add(consequences) }

  /// Notes that the change which is being tried would wait for a second person.
  func noteTakesTwo() { touched?.noteTakesTwo() }

  /// Checks that the operator may give a user this Unix account. A person who comes by the Unix account of
  /// root, or of the owner of the store's files, acts as that user and has only the user's roles. So only an
  /// Administrator may choose the user.
  func requireMapping(_ unixAccount: UnixAccountName?) throws {
    guard let unixAccount, isOwners(unixAccount) else { return }
    try requireAdministrator(
      to: "let a user in by \(quoted(unixAccount.text)), the Unix account of the store's owner or of root")
  }

  /// The operator as the target of an audit row.
  var operatorTarget: AuditTarget {
    AuditTarget(.user, id: operating.user?.description ?? "", name: operating.actor.name)
  }

  /// Reads the store, with the changes that this transaction has made so far.
  package var reader: any SecurityReader { writer }

  /// Appends the audit row of a change. The row holds the change as a value, from which the change can be
  /// undone. The row touches the access of its target, or of `account` where one is named.
  func record(
    _ action: String, _ target: AuditTarget, _ details: AuditDetails = AuditDetails(),
    touching account: AccountID? = nil, doing step: UndoStep? = nil
  ) throws {
    var details = details
    details.step = step
    if let agreement = ledger.agreement { details.addAsker(of: agreement) }
    if let request = ledger.request { details.addRequester(of: request) }
    if let account { touched?.add(account) } else { touched?.add(target) }
    let text = try details.json
    // Nobody else writes meanwhile, so that the last row of this transaction is the head.
    let head = ledger.last.map { ($0.sequence, $0.hash) } ?? headBefore
    let next = AuditChain.next(
      after: head, at: now, actor: operating.actor, action: action, target: target,
      details: text)
    guard let next else { throw AdministrationError.auditDamaged }
    try writer.append(next)
    ledger.add(next, details)
    guard let step else { return }
    undoLog.add(step, byteCount: text.utf8.count)
    ledger.touch(target, account, by: step, now: now)
    try followInLaws(step)
  }

  /// The latest time up to which the clock is trusted for purging, which can't be undone. Nil where nothing
  /// may be purged, and while nothing has been recorded.
  var settledTime: SettledTime? { ledger.firstSequence == nil ? nil : settledBefore }

  private static func settledTime(_ now: Timestamp, in reader: any StoreReader) -> SettledTime? {
    // Where the time of a row can't be read, nobody knows what the clock said, so nothing is purged.
    guard let times = try? reader.auditTimes(notAfter: SettledTime.limit(now: now)) else { return nil }
    return SettledTime(now: now, last: times.last, settled: times.settled)
  }

  /// The store as a whole as the target of an audit row.
  var storeTarget: AuditTarget { AuditTarget(.store, id: "store", name: "store") }

  /// Records an action on the store as a whole, such as making the store.
  package func recordStore(_ action: String, _ details: AuditDetails = AuditDetails()) throws {
    try record("store.\(action)", storeTarget, details)
  }

  func account(_ id: AccountID) throws -> Account {
    guard let account = try writer.account(id) else {
      throw AdministrationError.missing(kind: "user or API user", name: id.description)
    }
    return account
  }

  func team(_ id: TeamID) throws -> Team {
    guard let team = try writer.team(id) else {
      throw AdministrationError.missing(kind: "team", name: id.description)
    }
    return team
  }

  func name(of subject: SubjectID) throws -> Name {
    switch subject {
    case .account(let id): try account(id).name
    case .team(let id): try team(id).name
    }
  }

  func target(_ account: Account) -> AuditTarget {
    AuditTarget(account.kind == .user ? .user : .apiUser, id: account.id.description, name: account.name.text)
  }

  func target(_ team: Team) -> AuditTarget {
    AuditTarget(.team, id: team.id.description, name: team.name.text)
  }

  func target(_ subject: SubjectID) throws -> AuditTarget {
    switch subject {
    case .account(let id): target(try account(id))
    case .team(let id): target(try team(id))
    }
  }
}
