internal import Access
internal import Store

extension NoticeCondition {
  /// It is raised where notices are given up, and has nothing to look at.
  static let noticesGivenUp = NoticeCondition(
    "notices.givenUp", "notices were given up, since they could not be delivered for too long",
    for: .securityRead
  ) { _ in [] }
}

/// How many notices were given up undelivered, as an event tells it.
struct GivenUpTally: Hashable {
  let count: Int
  /// When the earliest and the latest of them were raised.
  let since: Timestamp
  let until: Timestamp

  /// Nil for none.
  init?(_ notices: [Notice]) {
    guard let since = notices.map(\.raisedAt).min(), let until = notices.map(\.raisedAt).max() else {
      return nil
    }
    (count, self.since, self.until) = (notices.count, since, until)
  }

  private init(count: Int, since: Timestamp, until: Timestamp) {
    (self.count, self.since, self.until) = (count, since, until)
  }

  /// What an event told before, together with this.
  func adding(_ event: NoticeEvent) throws -> GivenUpTally {
    let data = try NoticeDocument.data(of: event)
    guard case .number(let earlier)? = data["count"], case .text(let text)? = data["since"],
      let earliest = Timestamp(text)
    else { return self }
    // The store may have any number.
    let known = Int(min(max(earlier, 0), 1_000_000_000))
    return GivenUpTally(count: count + known, since: min(since, earliest), until: until)
  }

  var words: String {
    "\(count) \(count == 1 ? "notice" : "notices") could not be delivered, and \(count == 1 ? "was" : "were") given "
      + "up; the earliest was raised at \(since.minute) UTC, and popsec notify list shows them"
  }

  /// - Parameter first: the number of the first that was given up, by which the event has an id of its own.
  func event(first: Int64, now: Timestamp) throws -> NoticeEvent {
    let data: [String: NoticeDatum] = [
      "count": .number(Int64(count)), "since": .text(since.description), "until": .text(until.description),
    ]
    let sighting = NoticeSighting(subject: "store", mark: String(first), at: now, words: words, data: data)
    return try sighting.event(of: NoticeCondition.noticesGivenUp, now: now)
  }
}
