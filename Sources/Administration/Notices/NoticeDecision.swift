internal import Access
internal import Store

/// What was seen of one condition.
struct NoticeLook {
  let condition: NoticeCondition
  let sightings: [NoticeSighting]
  /// Notices of a condition that may be told again, and are remembered until they have ended.
  var held: [Notice] = []

  var keys: [String] { sightings.map { $0.key(of: condition) } }
}

/// What looks lead to.
struct NoticeDecision {
  /// In the order in which they are handed over.
  var raised: [NoticeEvent] = []
  /// What they told of has ended, so that it may be told again.
  var ended: [Notice] = []
  /// How many there is no room for now; the next look raises them.
  var leftCount = 0

  /// - Parameters:
  ///   - raisedKeys: what was raised before.
  ///   - limit: the most events that are raised at once.
  init(_ looks: [NoticeLook], raisedKeys: Set<String>, now: Timestamp, limit: Int) throws {
    var events: [NoticeEvent] = []
    for look in looks {
      let keys = look.keys
      let present = Set(keys)
      if look.condition.recurrence == .onceWhileItHolds {
        ended += look.held.filter { $0.event.raisedKey.map { !present.contains($0) } ?? false }
      }
      for (sighting, key) in zip(look.sightings, keys) where !raisedKeys.contains(key) {
        events.append(try sighting.event(of: look.condition, now: now))
      }
    }
    events.sort { ($0.at, $0.id) < ($1.at, $1.id) }
    raised = Array(events.prefix(limit))
    leftCount = events.count - raised.count
  }
}

/// How much is kept, and for how long.
package struct NoticeBounds: Hashable, Sendable {
  /// So many wait at most. Where there would be more, the oldest are given up.
  let waiting: Int
  /// So long a notice waits at most.
  let waitingDays: Int64
  /// So many are raised by one look at most; the next one raises the others.
  let raisedAtOnce: Int
  /// So long it is remembered what was delivered or given up.
  let keptDays: Int64

  package init(waiting: Int, waitingDays: Int64, raisedAtOnce: Int, keptDays: Int64) {
    self.waiting = waiting
    self.waitingDays = waitingDays
    self.raisedAtOnce = raisedAtOnce
    self.keptDays = keptDays
  }

  package static let standard = NoticeBounds(
    waiting: 10_000, waitingDays: 30, raisedAtOnce: 1_000, keptDays: 60)

  /// Those that are given up, of the oldest that wait. That some were given up is told in any case.
  ///
  /// - Parameter count: how many wait.
  func givenUp(of oldest: [Notice], count: Int, now: Timestamp) -> [Notice] {
    let limit = now.adding(days: -waitingDays)
    return oldest.enumerated().filter { index, notice in
      notice.event.condition != NoticeCondition.noticesGivenUp.key
        && (index < count - waiting || notice.raisedAt < limit)
    }.map(\.element)
  }
}
