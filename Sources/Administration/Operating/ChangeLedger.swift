internal import Access
private import Crypto
private import Foundation
internal import Sealing
internal import Store

/// What a transaction has done so far, as far as its end must know.
final class ChangeLedger {
  /// Whether anything was done that decides who may sign in, and what they may do.
  private(set) var isStandingTouched = false
  /// The number of the first row that it wrote to the audit log.
  private(set) var firstSequence: Int64?
  /// The last row that it wrote to the audit log.
  private(set) var last: AuditRecord?
  /// How many things were deleted or revoked.
  private(set) var removalCount = 0
  /// How many rows tell of nothing but access that was taken away.
  private var takingCount = 0
  /// Whether it takes access away, and does nothing else.
  var isTakingAwayAlone: Bool { rowCount > 0 && takingCount == rowCount }
  /// Those who were Administrator before; nil where it need not be known.
  var administratorsBefore: AdministratorTerms?
  /// Users who got new means to sign in.
  var letIn: Set<AccountID> = []
  /// Whether an entry of the catalogue came back, which whatever named it before names again.
  var hasCatalogueComeBack = false
  /// Widgets and endpoints that came back, or got back an address: no two may share one when all is done.
  var readdressed: Set<DeletedThing> = []
  /// Whether it relaxes what takes two.
  var relaxesDual = false
  /// What a second person agreed to, which this carries out.
  var agreement: Proposal?
  /// What somebody asked for who may not do it. Whoever carries this out does it as if alone.
  var request: Proposal?
  /// Whether it tries out what waits for a second person already.
  var triesProposal = false
  /// The subjects that steps touched which may give them something. Laws are checked for these.
  var given = Touched()
  /// The subjects that other steps touched.
  var taken = Touched()
  /// The subjects that steps may have taken out of whom a law means.
  var leaving = Touched()
  /// Where steps are repeated or taken back: the number of the row after which a law must have changed to follow a rename.
  /// Of any other law a step of its own tells what it becomes.
  var lawsFollowSince: Int64?
  /// The laws as they are now, once they were asked for, so that many laws are not read for each step; nil where they are
  /// not known.
  var laws: [Law<AsWritten>]?
  /// The laws that such steps gave back what they said.
  var lawsTakenBack: Set<NameKey> = []
  /// The laws that changed, as they are now and as they were before the transaction.
  private(set) var turnedLaws: [NameKey: (was: Law<AsWritten>?, became: Law<AsWritten>?)] = [:]
  /// The keys under which new Token IDs are kept, once they were asked for. No transaction both exchanges keys and makes
  /// tokens.
  var writingKeys: (lookup: LookupKey, seal: SealKey)?
  /// How many rows are kept.
  var keptRowCount = 0
  private(set) var rows: [AuditRecord] = []
  private(set) var rowCount = 0
  private var digest: SHA256?

  /// Counts what goes along with something, or ends otherwise.
  func countRemovals(_ count: Int) { removalCount += count }

  /// From here on it is told what the changes are computed from.
  func beginBasis() { digest = SHA256() }

  /// What the changes since ``beginBasis()`` were done to, and what that was before, as a digest; not what was
  /// made of it, in which times and Token IDs differ whenever it is done.
  var basis: String { digest.map { hex($0.finalize()) } ?? "" }

  /// - Parameter account: the account whose access the step touches; nil for that of the target.
  func touch(_ target: AuditTarget, _ account: AccountID?, by step: UndoStep, now: Timestamp) {
    func add(_ touched: inout Touched) {
      if let account { touched.accounts.insert(account) } else { touched.add(target) }
    }
    if step.mayGive(from: now) { add(&given) } else { add(&taken) }
    if step.mayLeaveLaws { add(&leaving) }
  }

  func turnLaw(from was: Law<AsWritten>?, to became: Law<AsWritten>?) {
    guard let name = (was ?? became)?.name else { return }
    let key = NameKey(name)
    turnedLaws[key] = (turnedLaws[key].map(\.was) ?? was, became)
  }

  func add(_ record: AuditRecord, _ details: AuditDetails) {
    last = record
    if firstSequence == nil { firstSequence = record.sequence }
    if [".delete", ".purge"].contains(where: record.action.hasSuffix) || record.action == "token.revoke" {
      removalCount += 1
    }
    rowCount += 1
    if TakingAway.isTold(by: record.action, details) { takingCount += 1 }
    if rows.count < keptRowCount { rows.append(record) }
    if digest != nil {
      let words = [record.action, record.target.kind.rawValue, record.target.id] + details.befores
      digest?.update(data: Data(words.joined(separator: "\n").utf8))
      digest?.update(data: Data([0]))
    }
    switch record.target.kind {
    case .kept(.user), .kept(.team), .kept(.role): isStandingTouched = true
    default: break
    }
  }
}

/// What may use the room that is kept for a full disk.
enum TakingAway {
  private static let actions = ["token.revoke", "token.disable"]

  /// Whether a row of the audit log with those details tells of nothing but access that was taken away.
  static func isTold(by action: String, _ details: AuditDetails) -> Bool {
    if actions.contains(action) || action.hasSuffix(".delete") { return true }
    return action.hasSuffix(".edit") && details.isDisabling
  }
}
