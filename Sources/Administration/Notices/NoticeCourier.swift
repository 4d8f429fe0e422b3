package import Access
package import Store

/// What a run handed over.
package struct NoticeRun: Sendable {
  package var deliveredCount = 0
  /// What the receiver will never take, with why.
  package var refused: [Notice] = []
  /// The first that could not be delivered, if any; those behind it wait, too.
  package var failed: Notice?
  package var waitingCount = 0
  /// Not before then is the first of those that wait handed over again.
  package var nextAttemptAt: Timestamp?
}

/// Hands notices over, in order, each at least once: one that could not be delivered keeps those behind it waiting.
package struct NoticeCourier {
  private let administration: Administration
  /// So long one attempt takes at most. Meanwhile no other process makes one.
  private let attemptSeconds: Int64
  /// So many are handed over in one run at most.
  private let limit: Int
  private let random: () -> Double

  /// Attempts are counted up to there, whatever number the store has.
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

  /// Errors: those of `deliver`, after which the notice waits as after a failed attempt; ``StoreError``.
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

  /// The first that waits, where its time has come. Whoever claims one has it alone until the attempt must have ended;
  /// where they die meanwhile, it is handed over once more.
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

  /// - Parameter receipt: nil where the attempt ended with an error.
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
  /// A time that lies further ahead than any backoff was set by a clock that was wrong.
  fileprivate func isDue(at now: Timestamp) -> Bool {
    nextAttemptAt <= now || nextAttemptAt > now.adding(seconds: 2 * NoticeBackoff.longestSeconds)
  }
}
