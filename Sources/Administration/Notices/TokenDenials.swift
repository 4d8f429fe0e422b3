internal import Access
internal import Store

extension NoticeCondition {
  static let tokenDenials = NoticeCondition(
    "token.denials", "of one token more requests are denied than is usual", for: .securityRead
  ) { scene in
    let rate = DenialRate(
      count: scene.settings.number(.noticesDenials), minutes: scene.settings.number(.noticesDenialMinutes))
    let times = try scene.uses.denialTimes(since: scene.beginning)
    return try times.sorted { $0.key < $1.key }.flatMap { token, times -> [NoticeSighting] in
      let reached = rate.reached(times)
      guard !reached.isEmpty, let holder = try scene.holder(of: token) else { return [] }
      return reached.map { time in
        holder.sighting(
          time.day, at: time, "was denied \(rate.count) times within \(rate.minutes) minutes",
          ["denials": .number(Int64(rate.count)), "minutes": .number(Int64(rate.minutes))])
      }
    }
  }
}

/// The number of denials within a time from which on people are notified.
struct DenialRate: Hashable {
  /// The number of denials; 0 never notifies.
  let count: Int
  let minutes: Int

  /// The first time on each day (UTC) when the rate was reached. A token that is denied all the time thus
  /// raises one event a day.
  ///
  /// - Parameter times: the times of the denials, in order.
  func reached(_ times: [Timestamp]) -> [Timestamp] {
    guard count > 0, times.count >= count else { return [] }
    var found: [Timestamp] = []
    for last in times.indices.dropFirst(count - 1) {
      let end = times[last - (count - 1)].adding(seconds: Int64(minutes) * 60)
      if times[last] < end, found.last?.day != times[last].day { found.append(times[last]) }
    }
    return found
  }
}
