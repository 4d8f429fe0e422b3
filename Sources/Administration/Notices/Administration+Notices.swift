internal import Access
package import Store

/// The result of looking at the conditions.
package struct NoticeSearch: Sendable {
  /// The events that were raised, or that would be raised.
  package var raised: [NoticeEvent] = []
  /// The conditions that could not be looked at, with the reasons.
  package var troubles: [String] = []
  /// The number of notices that were given up, because too many waited or because they waited for too long.
  package var givenUpCount = 0
  /// The number of events for which there was no room. The next look raises them.
  package var leftCount = 0
  fileprivate var looks: [NoticeLook] = []
}

/// Raises and lists notices. Notices change nobody's access, so they have no undo step, and do not raise the
/// generation. Only those of audited conditions have an audit row.
extension Administration {
  /// Refuses an operator who may not raise notices and hand them over. This takes the permissions for reading
  /// all that notices tell.
  ///
  /// Errors: ``AdministrationError/notPermitted(_:)``, ``StoreError``.
  package func requireMayNotify() throws {
    try read { _ in }
    try read(.audit) { _ in }
  }

  /// The events that a look would raise now. Nothing is remembered.
  package func noticesToCome(
    health: () throws -> [NoticeFinding], bounds: NoticeBounds = .standard
  ) throws -> NoticeSearch {
    try requireMayNotify()
    return try search(health, bounds)
  }

  /// Looks at all conditions, and keeps the new events. Each threshold raises one event only.
  package func raiseNotices(
    health: () throws -> [NoticeFinding], bounds: NoticeBounds = .standard
  ) throws -> NoticeSearch {
    try requireMayNotify()
    var search = try search(health, bounds)
    let now = now
    search = try store.write { writer in
      var search = search
      // The decision is made again, because another process may have looked meanwhile.
      let decision = try Self.decision(search.looks, in: writer, now: now, bounds)
      (search.raised, search.leftCount) = (decision.raised, decision.leftCount)
      for notice in decision.ended {
        var notice = notice
        notice.event.raisedKey = nil
        try writer.update(notice)
      }
      for event in decision.raised { try writer.insert(event, at: now) }
      try record(decision.raised, in: writer)
      for look in search.looks { try writer.setNoticeLook(of: look.condition.key, at: now) }
      search.givenUpCount = try Self.giveUp(in: writer, now: now, bounds)
      try Self.forget(search.looks, in: writer, now: now, bounds)
      return search
    }
    return search
  }

  private func search(
    _ health: () throws -> [NoticeFinding], _ bounds: NoticeBounds
  ) throws -> NoticeSearch {
    var search = NoticeSearch()
    let (now, settings) = (now, try settings())
    try withoutActuallyEscaping(health) { health in
      for condition in NoticeCondition.all {
        let last = try store.read { try $0.noticeLook(of: condition.key) }
        if condition.isResting(since: last, now: now) { continue }
        let scene = NoticeScene(
          administration: self, settings: settings, now: now, lastLook: last, health: health)
        // A condition that can't be looked at does not keep the others from raising events.
        do {
          search.looks.append(
            NoticeLook(condition: condition, sightings: try condition.sightings(scene)))
        } catch let complaint as any Complaint {
          search.troubles.append("\(condition.key) could not be looked at: \(complaint.message)")
        }
      }
    }
    let decision = try store.read { try Self.decision(search.looks, in: $0, now: now, bounds) }
    (search.raised, search.leftCount) = (decision.raised, decision.leftCount)
    return search
  }

  private static func decision(
    _ looks: [NoticeLook], in reader: any StoreReader, now: Timestamp, _ bounds: NoticeBounds
  ) throws -> NoticeDecision {
    let looks = try looks.map { look in
      var look = look
      if look.condition.recurrence == .onceWhileItHolds {
        look.held = try reader.heldNotices(of: look.condition.key)
      }
      return look
    }
    return try NoticeDecision(
      looks, raisedKeys: try reader.raisedKeys(among: looks.flatMap(\.keys)), now: now,
      limit: bounds.raisedAtOnce)
  }

  /// Gives up notices, and returns their number.
  private static func giveUp(
    in writer: any StoreWriter, now: Timestamp, _ bounds: NoticeBounds
  ) throws -> Int {
    let count = try writer.waitingNoticeCount()
    let oldest = try writer.waitingNotices(limit: max(count - bounds.waiting, 1_000))
    let givenUp = bounds.givenUp(of: oldest, count: count, now: now)
    guard let first = givenUp.first, let tally = GivenUpTally(givenUp) else { return 0 }
    for notice in givenUp {
      var notice = notice
      (notice.state, notice.settledAt) = (.givenUp, now)
      notice.problem = notice.problem ?? "it was never its turn"
      try writer.update(notice)
    }
    // One event tells the number of all notices given up, as long as nobody may have received it.
    let told = try writer.heldNotices(of: NoticeCondition.noticesGivenUp.key)
      .last { $0.state == .waiting && $0.attemptCount == 0 }
    if var told {
      let event = try tally.adding(told.event).event(first: first.number, now: now)
      (told.event.words, told.event.document) = (event.words, event.document)
      try writer.update(told)
    } else {
      try writer.insert(try tally.event(first: first.number, now: now), at: now)
    }
    return givenUp.count
  }

  /// Deletes notices that were settled long ago, except those whose sightings still hold: without them these
  /// would be raised again.
  private static func forget(
    _ looks: [NoticeLook], in writer: any StoreWriter, now: Timestamp, _ bounds: NoticeBounds
  ) throws {
    let old = try writer.notices(settledBefore: now.adding(days: -bounds.keptDays), limit: 1_000)
    guard !old.isEmpty else { return }
    let present = Set(looks.flatMap(\.keys))
    // For a condition that was not looked at, nobody knows which sightings still hold.
    let unknown = Set(NoticeCondition.all.map(\.key)).subtracting(looks.map(\.condition.key))
    let forgotten = old.filter { notice in
      guard let key = notice.event.raisedKey else { return true }
      return !unknown.contains(notice.event.condition) && !present.contains(key)
    }
    try writer.deleteNotices(forgotten.map(\.number))
  }

  /// Windows over the notices that the operator may see, the latest first.
  package func notices(before number: Int64?, limit: Int) throws -> [Notice] {
    try read(.useCase(.securityRead)) { reader in
      let known = Set(NoticeCondition.all.filter { may($0.permission) }.map(\.key))
      return try reader.notices(of: known, before: number, limit: limit)
    }
  }

  /// The CloudEvent for an event. Its source is this store.
  package func cloudEvent(_ event: NoticeEvent) throws -> CloudEvent {
    try CloudEvent(event, source: "/popsec/stores/\(try read { try $0.storeID() })")
  }

  /// The notices that wait, in the order in which they are handed over.
  package func waitingNotices(limit: Int) throws -> [Notice] {
    try requireMayNotify()
    return try store.read { try $0.waitingNotices(limit: limit) }
  }
}

extension NoticeCondition {
  /// Whether the condition rests since its last look. A last look in the future was made with a wrong clock,
  /// and does not count.
  fileprivate func isResting(since last: Timestamp?, now: Timestamp) -> Bool {
    guard restSeconds > 0, let last, last <= now else { return false }
    return now < last.adding(seconds: restSeconds)
  }
}
