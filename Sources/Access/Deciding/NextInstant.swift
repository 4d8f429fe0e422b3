extension AccessQuestion {
  /// The next instant at which the decision could become another one by the passing of time alone; nil where there is
  /// none. Whoever keeps a decision in memory asks anew from that instant on.
  package var nextInstant: Timestamp? {
    var next: Timestamp?
    func consider(_ instant: Timestamp?) {
      guard let instant, next.map({ instant < $0 }) ?? true else { return }
      next = instant
    }
    if let token = request.token.known { consider(token.bounds.next(after: now)) }
    if let replaced = request.replaced, now < replaced.validUntil { consider(replaced.validUntil) }
    guard let access else { return next }
    for team in access.teams { consider(team.bounds.next(after: now)) }
    for role in access.roles { consider(role.bounds.next(after: now)) }
    for grant in access.grants { consider(grant.permissions.bounds.next(after: now)) }
    return next
  }

  /// The first instant at which what is allowed becomes something else, the store unchanged; nil where that is none.
  ///
  /// Of a question with very many instants the last one looked at is told: up to it nothing becomes another.
  package func answerEnd(of decision: Decision) -> Timestamp? {
    var later = self
    var instants = 0
    while let next = later.nextInstant {
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

extension Token {
  /// From when up to when it can be used, as far as its terms say.
  var bounds: Bounds {
    (try? Bounds(from: validFrom, until: expiry.timestamp)) ?? Bounds(until: expiry.timestamp)
  }
}
