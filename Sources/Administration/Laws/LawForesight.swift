internal import Access
internal import Store

/// Who breaks some laws in one state of the store. Found before a transaction that adds these laws, so that others, who
/// only want to disable or to revoke something, need not wait while everybody is looked at.
struct LawForesight: Sendable {
  /// All who break each of the laws.
  private let breakers: [Law<AsWritten>: Set<LawBreach.Breaker>]
  /// The number and the hash of the last row of the audit log; nil for an empty log.
  private let head: (sequence: Int64, hash: [UInt8])?

  /// The most who are kept of all laws together, and the most rows that are read of what others did meanwhile.
  private static let most = 1_000

  /// Looks at everybody whom the laws mean; nil where there are too many who break the laws.
  ///
  /// Errors: ``StoreError``.
  init?(_ laws: [Law<AsWritten>], _ reader: any StoreReader, at now: Timestamp) throws {
    struct TooMany: Error {}
    var found: [Law<AsWritten>: Set<LawBreach.Breaker>] = [:]
    for law in laws { found[law] = [] }
    var count = 0
    do {
      try LawChecker(laws, AccessSource(reader), at: now).forEachBreach { broken in
        count += 1
        if count > Self.most { throw TooMany() }
        found[broken.law, default: []].insert(broken.breach.breaker)
      }
    } catch is TooMany { return nil }
    (breakers, head) = (found, try reader.auditHead())
  }

  /// Whom a transaction still has to look at for these laws: who broke them before, and whom changes of others touched
  /// since. Nil where everybody has to be looked at.
  ///
  /// - Parameter first: the number of the first row that the transaction itself wrote; nil where it wrote none.
  /// Errors: ``StoreError``.
  func rest(of laws: [Law<AsWritten>], _ writer: any StoreWriter, before first: Int64?) throws -> Touched? {
    guard let head, try writer.auditRecord(head.sequence)?.hash == head.hash else { return nil }
    var rest = Touched()
    for law in laws {
      guard let breakers = breakers[law] else { return nil }
      for breaker in breakers {
        switch breaker {
        case .account(let id): rest.accounts.insert(id)
        case .openWidget(let id): rest.widgets.insert(id)
        }
      }
    }
    let rows = try writer.auditRecords(after: head.sequence, limit: Self.most).prefix { row in
      first.map { row.sequence < $0 } ?? true
    }
    guard rows.count < Self.most else { return nil }
    for row in rows { rest.add(row.target, try row.step) }
    return rest
  }
}

extension Touched {
  /// Adds whom a row of the audit log touches.
  fileprivate mutating func add(_ target: AuditTarget, _ step: UndoStep?) {
    switch step?.change {
    case .member(_, let account, _, _, _): accounts.insert(account)
    case .roles(let subject, _), .grant(let subject, _, _, _), .dropping(let subject, _, _, _):
      add(subject.id)
    case .token(_, let account, _, _, _), .rotation(_, let account, _, _, _): accounts.insert(account)
    default: add(target)
    }
  }

  private mutating func add(_ subject: SubjectID) {
    switch subject {
    case .account(let id): accounts.insert(id)
    case .team(let id): teams.insert(id)
    }
  }

  mutating func add(_ other: Self) {
    accounts.formUnion(other.accounts)
    teams.formUnion(other.teams)
    roles.formUnion(other.roles)
    tokens.formUnion(other.tokens)
    widgets.formUnion(other.widgets)
    isCatalogueTouched = isCatalogueTouched || other.isCatalogueTouched
    isDataTouched = isDataTouched || other.isDataTouched
  }
}

/// To look at everybody takes too long for a transaction, for which others wait. The laws are to be looked at first.
struct LooksTooLong: Error {
  let laws: [Law<AsWritten>]
}

extension Administration {
  /// How long a transaction looks at everybody for laws that it adds, before it gives up and everybody is looked at
  /// without it.
  package static let mostLookedAt = Duration.milliseconds(50)
  /// How often a transaction gives up for that. Afterwards it looks for as long as it takes, so that it comes to an end
  /// where others go on changing the catalogue or teams.
  private static let mostLooks = 3

  /// Carries out a transaction that adds laws: where to look at everybody takes long, that is done before, and the
  /// transaction looks only at those whom changes touched since.
  func lookingFirst<Result>(_ body: (Administration) throws -> Result) throws -> Result {
    var prepared = self
    for _ in 0..<Self.mostLooks {
      do { return try body(prepared) } catch let error as LooksTooLong {
        prepared.foresight = try store.read { try LawForesight(error.laws, $0, at: now) }
        if prepared.foresight == nil { break }
      }
    }
    prepared.lawPatience = nil
    return try body(prepared)
  }
}
