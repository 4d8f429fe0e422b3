package import Access
package import Store

/// The result of a run that hands notices over.
package struct NoticeRun: Sendable {
  package var deliveredCount = 0
  /// The notices that the receiver will never take, with the reasons.
  package var refused: [Notice] = []
  /// The first notice that could not be delivered, if any. The notices behind it wait, too.
  package var failed: Notice?
  package var waitingCount = 0
  /// The earliest time at which the first waiting notice is handed over again.
  package var nextAttemptAt: Timestamp?
}

/// Hands notices over in order, each at least once. A notice that could not be delivered keeps those behind
/// it waiting.
package struct NoticeCourier {
  private let administration: Administration
  /// The longest time that an attempt takes. No other process makes an attempt during this time.
  private let attemptSeconds: Int64
  /// The most notices that one run hands over.
  private let limit: Int
  private let random: () -> Double

  /// The number up to which attempts are counted. The store may hold any number.
  private static let mostCounted = 1_000_000

  package init(
    _ administration: Administration, attemptSeconds: Int64, limit: Int = 1_000,
    random: @escaping () -> Double = { Double.random(in: 0..<1) }
  ) {
    self.administration = administration
    self.attemptSeconds = attemptSeconds
    self.limit = limit
    self.random = random
  }

  /// Hands over the waiting notices. Errors: those of `deliver`, after which the notice waits as after a
  /// failed attempt; ``StoreError``.
  package func run(_ deliver: (CloudEvent, NoticeEvent) throws -> NoticeReceipt) throws -> NoticeRun {
    try administration.requireMayNotify()
    var run = NoticeRun()
    for _ in 0..<limit {
      guard let notice = try claim() else { break }
      let receipt = Result { try deliver(administration.cloudEvent(notice.event), notice.event) }
      let settled = try settle(notice, try? receipt.get())
      switch try receipt.get() {
      case .delivered: run.deliveredCount += 1
      case .refused: run.refused.append(settled)
      case .failed: run.failed = settled
      }
      if run.failed != nil { break }
    }
    (run.waitingCount, run.nextAttemptAt) = try administration.store.read { reader in
      (try reader.waitingNoticeCount(), try reader.waitingNotices(limit: 1).first?.nextAttemptAt)
    }
    return run
  }

  /// Claims the first waiting notice where its time has come. A process that claims a notice has it alone
  /// until the attempt must have ended. If the process dies, the notice is handed over once more.
  private func claim() throws -> Notice? {
    let now = administration.now
    return try administration.store.write { writer in
      guard var notice = try writer.waitingNotices(limit: 1).first, notice.isDue(at: now) else { return nil }
      notice.attemptCount = min(notice.attemptCount, Self.mostCounted) + 1
      notice.nextAttemptAt = now.adding(seconds: attemptSeconds)
      try writer.update(notice)
      return notice
    }
  }

  /// Records the result of an attempt.
  /// - Parameter receipt: the answer of the receiver; nil where the attempt ended with an error.
  private func settle(_ claimed: Notice, _ receipt: NoticeReceipt?) throws -> Notice {
    let now = administration.now
    var notice = claimed
    switch receipt {
    case .delivered: (notice.state, notice.settledAt, notice.problem) = (.delivered, now, nil)
    case .refused(let why): (notice.state, notice.settledAt, notice.problem) = (.givenUp, now, why)
    case .failed(let why): notice.problem = why
    case nil: notice.problem = "popsec could not hand it over"
    }
    if notice.state == .waiting {
      notice.nextAttemptAt = now.adding(
        seconds: NoticeBackoff.seconds(after: notice.attemptCount, jitter: random()))
    }
    try administration.store.write { try $0.update(notice) }
    return notice
  }
}

extension Notice {
  /// Whether the time of the next attempt has come. A time that is further ahead than any backoff was set
  /// with a wrong clock, and does not count.
  fileprivate func isDue(at now: Timestamp) -> Bool {
    nextAttemptAt <= now || nextAttemptAt > now.adding(seconds: 2 * NoticeBackoff.longestSeconds)
  }
}
