package import Access
internal import Administration
private import Dispatch
package import Store
internal import Synchronization

/// A denial that is not yet put into words.
package struct PendingDenial: Sendable {
  let id: DecisionID
  let at: Timestamp
  let status: Int
  let verdict: Verdict
  let request: Denial.Request
  let isTooMany: Bool

  var isOfKnownToken: Bool { verdict.question.request.token.known != nil }
}

/// Writes what the gate's threads gathered, every few seconds in the background, so that no answer waits for
/// it. What can't be written is kept within bounds, and written later.
package final class Recorder: Sendable {
  /// The seconds between two writes.
  package static let intervalSeconds = 2
  private static let maximumUses = 200_000
  private static let maximumDenials = 2_000

  private struct Pending {
    var uses: [TokenSecretID: TokenIDUse] = [:]
    var denials = DenialShelf(capacity: Recorder.maximumDenials)
    var sums = DecisionSums()
    var decoys = DecoyShelf()

    var isEmpty: Bool { uses.isEmpty && denials.denials.isEmpty && sums.isEmpty && decoys.uses.isEmpty }

    /// Adds uses within the bound. Returns the number of uses and sums that were dropped.
    mutating func take(_ news: some Collection<TokenIDUse>, at now: Timestamp) -> Int {
      var lost = countDays(of: news, at: now)
      for use in news {
        if uses[use.secret] != nil {
          uses[use.secret]?.add(use)
        } else if uses.count < Recorder.maximumUses {
          uses[use.secret] = use
        } else {
          lost += 1
        }
      }
      return lost
    }

    /// Counts what was decided with tokens. Returns the number of sums that were dropped.
    private mutating func countDays(of uses: some Collection<TokenIDUse>, at now: Timestamp) -> Int {
      let day = now.startOfDay
      return uses.count { use in
        let sum = DecisionSum(allowed: use.useCount, denied: use.denialCount)
        let day = TokenDay(token: use.token, start: day)
        return !sums.count(sum, of: day, most: Recorder.maximumUses)
      }
    }
  }

  private let store: any UseWriting
  private let retention: DenialRetention
  private let log: GateLog
  private let signalDecoy: @Sendable () -> Void
  private let queue = DispatchQueue(label: "popsec.recorder", qos: .utility)
  private let pending = Mutex(Pending())
  private let isFailing = Mutex(false)
  private let isWriteDue = Atomic(false)
  private let decoyLog = Mutex(DecoyLog())
  let dropped = Atomic<Int>(0)
  let failures = Atomic<Int>(0)
  let decoys = Atomic<Int>(0)

  /// - Parameter signalDecoy: called in the background after the first presentation of a decoy from an address in an
  ///   hour was written.
  package init(
    _ store: any UseWriting, keeping retention: DenialRetention, log: GateLog,
    signalDecoy: @escaping @Sendable () -> Void = {}
  ) {
    self.store = store
    self.signalDecoy = signalDecoy
    self.retention = retention
    self.log = log
  }

  /// Takes over what one thread gathered, to write it later.
  package func take(
    _ uses: [TokenSecretID: TokenIDUse], _ denials: DenialShelf, _ decided: DecisionSum, now: Timestamp
  ) {
    let isNone = uses.isEmpty && denials.denials.isEmpty && decided == .none
    guard !isNone || isFailing.withLock({ $0 }) || pending.withLock({ !$0.decoys.uses.isEmpty }) else {
      return
    }
    let lost = pending.withLock { pending in
      pending.sums.count(decided, at: now)
      let before = pending.denials.dropped
      pending.denials.put(denials)
      return pending.take(uses.values, at: now) + pending.denials.dropped - before
    }
    if lost > 0 { dropped.add(lost, ordering: .relaxed) }
    // While a store does not answer, writes would only pile up.
    guard !isWriteDue.exchange(true, ordering: .relaxed) else { return }
    queue.async {
      self.isWriteDue.store(false, ordering: .relaxed)
      self.write(now)
    }
  }

  /// Takes a decoy that was presented. What is news is written and told at once, anything else is written with the next
  /// uses, so that a flood of decoys makes no backlog. All of it happens in the background.
  func take(_ presented: PresentedDecoy) {
    decoys.add(1, ordering: .relaxed)
    queue.async {
      self.pending.withLock { $0.decoys.count(presented) }
      guard self.decoyLog.withLock({ $0.isNews(presented) }) else { return }
      self.log.write(.error, Self.decoyMessage, presented.fields)
      self.write(presented.at)
      self.signalDecoy()
    }
  }

  private static let decoyMessage = "a decoy was presented: somebody has what they should not have"

  /// Takes over uses, and writes them. They are gathered in the background, too.
  func take(now: Timestamp, _ gather: @escaping @Sendable () -> [TokenIDUse]) {
    queue.async {
      let uses = gather()
      guard !uses.isEmpty else { return }
      let lost = self.pending.withLock { $0.take(uses, at: now) }
      if lost > 0 { self.dropped.add(lost, ordering: .relaxed) }
      self.write(now)
    }
  }

  /// Writes everything that is left. Returns when that is done or has failed.
  package func finish(now: Timestamp) { queue.sync { write(now) } }

  private func write(_ now: Timestamp) {
    var taken = pending.withLock { pending in
      defer { pending = Pending() }
      return pending
    }
    guard !taken.isEmpty else { return }
    do {
      let denials = try Self.inWords(taken.denials)
      // The decoys first, because nothing that a gate records is as urgent.
      if !taken.decoys.uses.isEmpty { try store.add(taken.decoys.inWords()) }
      taken.decoys = DecoyShelf()
      try store.add(Array(taken.uses.values), denials, taken.sums, keeping: retention, now: now)
      if isFailing.withLock({ was in exchange(&was, false) }) { log.write(.info, "use is written again") }
    } catch {
      failures.add(1, ordering: .relaxed)
      keep(taken)
      if !isFailing.withLock({ was in exchange(&was, true) }) {
        log.fail("use can't be written, and is kept in memory meanwhile", error)
      }
    }
  }

  private func keep(_ taken: Pending) {
    pending.withLock { pending in
      for (secret, use) in taken.uses {
        if pending.uses[secret] != nil { pending.uses[secret]?.add(use) } else { pending.uses[secret] = use }
      }
      pending.sums.add(taken.sums)
      pending.decoys.add(taken.decoys)
      var denials = taken.denials
      let before = denials.dropped + pending.denials.dropped
      denials.put(pending.denials)
      pending.denials = denials
      dropped.add(denials.dropped - before, ordering: .relaxed)
    }
  }

  /// The denials in words. The last one also tells how many others were dropped.
  private static func inWords(_ shelf: DenialShelf) throws -> [NewDenial] {
    try shelf.denials.enumerated().map { index, pending in
      let isLast = index == shelf.denials.count - 1
      let denial = Denial(
        pending.verdict, id: pending.id, at: pending.at, status: pending.status, request: pending.request,
        isTooMany: pending.isTooMany, notKept: isLast && shelf.dropped > 0 ? shelf.dropped : nil)
      return NewDenial(id: pending.id, at: pending.at, document: try denial.document)
    }
  }
}

private func exchange(_ value: inout Bool, _ new: Bool) -> Bool {
  defer { value = new }
  return value
}
