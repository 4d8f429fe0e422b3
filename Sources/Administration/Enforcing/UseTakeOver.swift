package import Access
internal import Store
private import Synchronization

/// Copies the times of last use from the gates' records into the store, so that lists can be ordered by them. Who reads
/// rows does not wait for that, because rows tell what gates recorded anyway (``Administration/withUses(_:_:)``).
///
/// The work is done in steps, so that nobody who writes waits for long, and whoever does it can stop after each. All
/// screens of a console share one, which knows how far it came.
package final class UseTakeOver: Sendable {
  /// What a step or all of them did.
  package struct Outcome: Hashable, Sendable {
    /// The number of tokens whose last use was copied.
    package fileprivate(set) var tokenCount = 0
    package fileprivate(set) var end: End
  }

  package enum End: Hashable, Sendable {
    /// There is more to take over.
    case goesOn
    case done
    /// Others are writing, the store is read-only, or the records can't be read. A later step tries again.
    case held
  }

  /// The greatest number of tokens in one transaction.
  package static let mostTokens = 250
  /// After this time a transaction takes no more tokens; the next one does.
  private static let mostTime = Duration.milliseconds(20)
  /// The number of tokens between two looks at the time.
  private static let sliceCount = 25
  /// Another gate may record a slightly earlier use slightly later.
  private static let lateSeconds: Int64 = 30

  /// The use after which the next step begins.
  private struct Mark {
    var time: Timestamp
    var secret: TokenSecretID?
  }

  private struct Progress {
    var mark: Mark?
    /// The number of steps that took over something.
    var newsCount = 0
    /// Since when nothing came; nil where the last step took over something.
    var quietSince: Timestamp?
  }

  private let progress = Mutex(Progress())

  /// The number of steps so far that took over something, so that whoever shows an order sees that it is old.
  package var newsCount: Int { progress.withLock(\.newsCount) }

  /// The milliseconds until the next look at what gates recorded: as long as nothing came, within bounds.
  package func pauseMilliseconds(now: Timestamp) -> Int {
    let since = progress.withLock(\.quietSince) ?? now
    return Int(min(max(now.secondsSince1970 - since.secondsSince1970, 5), 80)) * 1_000
  }

  package init() {}

  /// Takes over some uses, the earliest first, in at most one transaction.
  ///
  /// - Parameter waits: whether to wait for others who are writing, as a change does.
  package func step(_ administration: Administration, waits: Bool = false) throws -> Outcome {
    try progress.withLock { progress in
      let mark = try progress.mark ?? Self.beginning(administration)
      let page: [TokenIDUse]
      do {
        page = try administration.uses.uses(since: mark.time, after: mark.secret, limit: Self.mostTokens)
      } catch is UseTrouble { return Outcome(end: .held) }
      let news = try Self.news(page, administration)
      guard let taken = try Self.record(news, administration, waits: waits) else {
        return Outcome(end: .held)
      }
      if taken > 0 {
        progress.newsCount += 1
        progress.quietSince = nil
      }
      guard taken == news.count else { return Outcome(tokenCount: taken, end: .goesOn) }
      let isLast = page.count < Self.mostTokens
      if isLast, taken == 0 { progress.quietSince = progress.quietSince ?? administration.now }
      progress.mark = Self.next(page, after: mark, isLast: isLast, now: administration.now)
      return Outcome(tokenCount: taken, end: isLast ? .done : .goesOn)
    }
  }

  /// Takes over all that gates recorded until now.
  package func finish(_ administration: Administration, waits: Bool = false) throws -> Outcome {
    var all = Outcome(end: .goesOn)
    while all.end == .goesOn {
      let step = try step(administration, waits: waits)
      all.tokenCount += step.tokenCount
      all.end = step.end
    }
    return all
  }

  /// A day before the latest use that the store knows. A use in the future must not hide the uses that follow it.
  private static func beginning(_ administration: Administration) throws -> Mark {
    let last = try administration.read { try $0.lastUse() }
    return Mark(time: last.map { min($0, administration.now).adding(days: -1) } ?? .distantPast)
  }

  private static func next(_ page: [TokenIDUse], after mark: Mark, isLast: Bool, now: Timestamp) -> Mark {
    guard let last = page.last, let time = last.lastUsedAt else { return mark }
    guard isLast else { return Mark(time: time, secret: last.secret) }
    return Mark(time: max(min(time, now).adding(seconds: -lateSeconds), min(mark.time, now)))
  }

  /// The uses that the store does not know yet, in the order of its keys, so that rows that are near each other are
  /// written one after the other.
  private static func news(
    _ uses: [TokenIDUse], _ administration: Administration
  ) throws -> [(token: TokenRowID, at: Timestamp)] {
    guard !uses.isEmpty else { return [] }
    let known = try administration.read { try $0.lastUses(of: uses.map(\.token)) }
    var news: [TokenRowID: Timestamp] = [:]
    for use in uses {
      guard let time = use.lastUsedAt, let recorded = known[use.token],
        recorded.map({ $0 < time }) ?? true
      else { continue }
      news[use.token] = max(news[use.token] ?? time, time)
    }
    return news.sorted { $0.key.rawValue < $1.key.rawValue }.map { (token: $0.key, at: $0.value) }
  }

  /// Records uses until the time of a transaction is over. Returns their number; nil where others are writing, or
  /// nobody may.
  private static func record(
    _ news: [(token: TokenRowID, at: Timestamp)], _ administration: Administration, waits: Bool
  ) throws -> Int? {
    guard !news.isEmpty else { return 0 }
    let store: any Store = waits ? administration.store : ImpatientStore(base: administration.store)
    do {
      return try store.write { writer in
        let end = ContinuousClock.now + mostTime
        var count = 0
        while count < news.count, count == 0 || ContinuousClock.now < end {
          let slice = news[count..<min(count + sliceCount, news.count)]
          try writer.setLastUse(Array(slice))
          count += slice.count
        }
        return count
      }
    } catch {
      switch error {
      case StoreError.readOnly: return nil
      case StoreError.busy where !waits: return nil
      default: throw error
      }
    }
  }
}
