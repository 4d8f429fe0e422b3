internal import Access
internal import Store

/// The sightings of one condition.
struct NoticeLook {
  let condition: NoticeCondition
  let sightings: [NoticeSighting]
  /// The remembered notices of a condition whose sightings may raise events again after they have ended.
  var held: [Notice] = []

  var keys: [String] { sightings.map { $0.key(of: condition) } }
}

/// Decides what a look at the conditions leads to.
struct NoticeDecision {
  /// The events to raise, in the order in which they are handed over.
  var raised: [NoticeEvent] = []
  /// The notices whose sightings have ended, so that these may raise events again.
  var ended: [Notice] = []
  /// The number of events for which there is no room now. The next look raises them.
  var leftCount = 0

  /// - Parameters:
  /// - raisedKeys: the keys of the sightings that raised events before.
  /// - limit: the most events that are raised at once.
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

/// The most notices that are kept, and the longest time for which they are kept.
package struct NoticeBounds: Hashable, Sendable {
  /// The most notices that wait. Beyond this number the oldest are given up.
  let waiting: Int
  /// The longest time that a notice waits.
  let waitingDays: Int64
  /// The most events that one look raises. The next look raises the others.
  let raisedAtOnce: Int
  /// How long settled notices are remembered.
  let keptDays: Int64

  package init(waiting: Int, waitingDays: Int64, raisedAtOnce: Int, keptDays: Int64) {
    self.waiting = waiting
    self.waitingDays = waitingDays
    self.raisedAtOnce = raisedAtOnce
    self.keptDays = keptDays
  }

  package static let standard = NoticeBounds(
    waiting: 10_000, waitingDays: 30, raisedAtOnce: 1_000, keptDays: 60)

  /// The notices to give up, among the oldest that wait. The notice about notices given up is never given up
  /// itself.
  ///
  /// - Parameter count: the number of all waiting notices.
  func givenUp(of oldest: [Notice], count: Int, now: Timestamp) -> [Notice] {
    let limit = now.adding(days: -waitingDays)
    return oldest.enumerated().filter { index, notice in
      notice.event.condition != NoticeCondition.noticesGivenUp.key
        && (index < count - waiting || notice.raisedAt < limit)
    }.map(\.element)
  }
}
