internal import Access
internal import Store

extension NoticeCondition {
  /// The condition for notices that were given up. Giving up raises its event, so it has no sightings to look
  /// for.
  static let noticesGivenUp = NoticeCondition(
    "notices.givenUp", "notices were given up, since they could not be delivered for too long",
    for: .securityRead
  ) { _ in [] }
}

/// The number of notices that were given up undelivered, as the data of an event.
struct GivenUpTally: Hashable {
  let count: Int
  /// The times when the earliest and the latest of these notices were raised.
  let since: Timestamp
  let until: Timestamp

  /// Counts notices; nil where there are none.
  init?(_ notices: [Notice]) {
    guard let since = notices.map(\.raisedAt).min(), let until = notices.map(\.raisedAt).max() else {
      return nil
    }
    (count, self.since, self.until) = (notices.count, since, until)
  }

  private init(count: Int, since: Timestamp, until: Timestamp) {
    (self.count, self.since, self.until) = (count, since, until)
  }

  /// This tally together with the tally of an earlier event.
  func adding(_ event: NoticeEvent) throws -> GivenUpTally {
    let data = try NoticeDocument.data(of: event)
    guard case .number(let earlier)? = data["count"], case .text(let text)? = data["since"],
      let earliest = Timestamp(text)
    else { return self }
    // The store may hold any number, so it is limited before adding.
    let known = Int(min(max(earlier, 0), 1_000_000_000))
    return GivenUpTally(count: count + known, since: min(since, earliest), until: until)
  }

  var words: String {
    "\(count) \(count == 1 ? "notice" : "notices") could not be delivered, and \(count == 1 ? "was" : "were") given "
      + "up; the earliest was raised at \(since.minute) UTC, and popsec notify list shows them"
  }

  /// - Parameter first: the number of the first notice given up, which makes the event's id unique.
  func event(first: Int64, now: Timestamp) throws -> NoticeEvent {
    let data: [String: NoticeDatum] = [
      "count": .number(Int64(count)), "since": .text(since.description), "until": .text(until.description),
    ]
    let sighting = NoticeSighting(subject: "store", mark: String(first), at: now, words: words, data: data)
    return try sighting.event(of: NoticeCondition.noticesGivenUp, now: now)
  }
}
