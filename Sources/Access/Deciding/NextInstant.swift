extension AccessQuestion {
  /// The next instant at which the decision could change by the passing of time alone; nil where there is
  /// none. A caller that keeps a decision in memory must ask again from this instant on.
  package var nextInstant: Timestamp? {
    var next: Timestamp?
    func consider(_ instant: Timestamp?) {
      guard let instant, next.map({ instant < $0 }) ?? true else { return }
      next = instant
    }
    if let token = request.token.known { consider(token.bounds.next(after: now)) }
    if let replaced = request.replaced, now < replaced.validUntil { consider(replaced.validUntil) }
    access?.forEachBounds { consider($0.next(after: now)) }
    return next
  }

  /// The first instant at which what is allowed changes although the store does not; nil where there is none.
  ///
  /// For a question with very many instants this is the last instant that was looked at. Up to this instant
  /// nothing changes.
  package func answerEnd(of decision: Decision) -> Timestamp? {
    var later = self
    var instants = 0
    while let next = later.nextInstant {
      // What a token opens is over when the token is, so that nothing needs to be decided anew.
      if decision.isAllowed, let end = request.token.known?.expiry.timestamp, end <= next { return next }
      later.now = next
      instants += 1
      let then = decide(later)
      if instants == Self.mostInstants || then.isAllowed != decision.isAllowed || then.pairs != decision.pairs
      {
        return next
      }
    }
    return nil
  }

  private static let mostInstants = 64
}

extension SubjectAccess {
  fileprivate func forEachBounds(_ body: (Bounds) -> Void) {
    for team in teams { body(team.bounds) }
    for role in roles { body(role.bounds) }
    for grant in grants { body(grant.permissions.bounds) }
  }

  /// All instants after `now` at which something that the subject has begins or ends.
  package func instants(after now: Timestamp) -> Set<Timestamp> {
    var instants: Set<Timestamp> = []
    forEachBounds { bounds in
      for case let instant? in [bounds.from, bounds.until] where now < instant { instants.insert(instant) }
    }
    return instants
  }
}

extension Token {
  /// The time during which the token can be used, as far as its own terms say.
  var bounds: Bounds {
    (try? Bounds(from: validFrom, until: expiry.timestamp)) ?? Bounds(until: expiry.timestamp)
  }
}
