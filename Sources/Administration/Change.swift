package import Access
package import Store
internal import Sealing

/// One transaction's use cases: what may be changed, checked and audited. Obtained from
/// ``Administration/change(_:)``; it must not leave that closure.
///
/// Errors of all its functions: ``AdministrationError``, ``EditConflict``, ``StoreError``; the
/// first one thrown out of the closure undoes the whole transaction.
package struct Change {
  let writer: any StoreWriter
  let ring: KeyRing
  let operating: Operator
  /// What the operator may do as of now.
  let authority: Authority
  let state: OperatorState
  /// The time of the transaction.
  package let now: Timestamp
  let makeTokenID: @Sendable () -> TokenID
  private let isOwners: @Sendable (UnixAccountName) -> Bool
  /// Whether there was an enabled Administrator when it began.
  let hadAdministrator: Bool
  let ledger = ChangeLedger()
  let undoLog: UndoLog
  /// What is set of dual control, where anything is.
  let dual: Settings?
  private let touched: TouchLog?

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
    self.touched = touched
    dual = try Self.dual(writer)
    undoLog = UndoLog(isKept: touched == nil, mayWait: dual != nil)
    if dual != nil { try beginBasis() }
  }

  /// For what is recorded of somebody who may do nothing.
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
    touched = nil
    dual = nil
    undoLog = UndoLog(isKept: false)
  }

  var keys: TokenKeys { ring.keys }

  /// Whether it is undone in any case.
  var isRehearsal: Bool { touched != nil }

  /// Says of what is tried that it would wait for a second person.
  func noteTakesTwo() { touched?.noteTakesTwo() }

  /// Who comes by the Unix account of root or of the owner of the store's files is then that user, with no more
  /// than their roles: whom that is to be, only an Administrator says.
  func requireMapping(_ unixAccount: UnixAccountName?) throws {
    guard let unixAccount, isOwners(unixAccount) else { return }
    try requireAdministrator(
      to: "let a user in by \(quoted(unixAccount.text)), the Unix account of the store's owner or of root")
  }

  /// Who does it, as that to which it is done.
  var operatorTarget: AuditTarget {
    AuditTarget(.user, id: operating.user?.description ?? "", name: operating.actor.name)
  }

  /// What the store holds, the changes so far included.
  package var reader: any SecurityReader { writer }

  /// Appends the audit row of what was done, with the change as a value, and keeps that to be undone. The row
  /// touches its target's access, or that of the account which is named.
  func record(
    _ action: String, _ target: AuditTarget, _ details: AuditDetails = AuditDetails(),
    touching account: AccountID? = nil, doing step: UndoStep? = nil
  ) throws {
    var details = details
    details.step = step
    if let agreement = ledger.agreement { details.addAsker(of: agreement) }
    if let account { touched?.add(account) } else { touched?.add(target) }
    let text = try details.json
    let next = AuditChain.next(
      after: try writer.auditHead(), at: now, actor: operating.actor, action: action, target: target,
      details: text)
    guard let next else { throw AdministrationError.auditDamaged }
    try writer.append(next)
    ledger.add(next, details)
    if let step { undoLog.add(step, byteCount: text.utf8.count) }
  }

  /// Up to when the clock is believed where something can't be undone; nil where nothing of that may be done, and
  /// before anything was recorded.
  var settledTime: SettledTime? {
    guard let first = ledger.firstSequence else { return nil }
    // Where a row's time can't be read nobody knows what the clock said, so that nothing is purged.
    guard let last = try? writer.auditRecord(first - 1)?.at,
      let settled = try? writer.latestAuditTime(notAfter: SettledTime.limit(now: now))
    else { return nil }
    return SettledTime(now: now, last: last, settled: settled)
  }

  /// Records something that was done with the store as a whole, such as making it.
  package func recordStore(_ action: String, _ details: AuditDetails = AuditDetails()) throws {
    try record("store.\(action)", AuditTarget(.store, id: "store", name: "store"), details)
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
