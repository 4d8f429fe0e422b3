/// What a user, an API user or a team may do by the roles that it holds, each part with the bounds within which it
/// counts: those of the role and, for a role of a team, of the membership.
package struct HeldAuthority: Hashable, Sendable {
  private let parts: [Bounded<Authority>]

  package init(_ parts: [Bounded<Authority>]) { self.parts = parts }

  /// What may be done at an instant.
  package func at(_ instant: Timestamp) -> Authority {
    union { $0.contains(instant) }
  }

  /// What may be done at an instant or at a later one, as far as that is fixed already.
  package func from(_ instant: Timestamp) -> Authority {
    union { $0.until.map { instant < $0 } ?? true }
  }

  /// The next instant at which it may become another authority; nil where there is none.
  package func next(after instant: Timestamp) -> Timestamp? {
    parts.compactMap { $0.bounds.next(after: instant) }.min()
  }

  private func union(_ counts: (Bounds) -> Bool) -> Authority {
    parts.reduce(.none) { counts($1.bounds) ? $0.union($1.value) : $0 }
  }
}

/// When each of some accounts is Administrator: by an own role or a team's, enabled or not.
package struct AdministratorTerms: Hashable, Sendable {
  private let terms: [AccountID: [Bounds]]

  package init(_ terms: [AccountID: [Bounds]]) { self.terms = terms }

  /// Those who are Administrator at an instant or at a later one.
  package func accounts(from instant: Timestamp) -> Set<AccountID> {
    Set(terms.filter { $0.value.contains { $0.until.map { instant < $0 } ?? true } }.keys)
  }

  /// Those who are Administrator at an instant, and for good.
  package func lasting(at instant: Timestamp) -> Set<AccountID> {
    Set(terms.filter { $0.value.contains { $0.until == nil && $0.contains(instant) } }.keys)
  }

  /// Those who, at an instant or at a later one, are Administrator when by `before` they would not be: who becomes
  /// Administrator, also later, and whose term is prolonged.
  package func gained(over before: AdministratorTerms, from instant: Timestamp) -> Set<AccountID> {
    Set(
      terms.filter { account, terms in
        terms.contains { !$0.isCovered(by: before.terms[account] ?? [], from: instant) }
      }.keys)
  }
}

extension Bounds {
  /// When both are in force; nil where they never are at once.
  package func intersection(_ other: Bounds) -> Bounds? {
    let from = [from, other.from].compactMap { $0 }.max()
    let until = [until, other.until].compactMap { $0 }.min()
    return try? Bounds(from: from, until: until)
  }

  func isOver(at instant: Timestamp) -> Bool {
    if case .ended = standing(at: instant) { return true }
    return false
  }

  /// When at least one of both is in force, from `start` on; nil where a time lies between them.
  package func joined(with other: Bounds, from start: Timestamp) -> Bounds? {
    if other.isCovered(by: [self], from: start) { return self }
    if isCovered(by: [other], from: start) { return other }
    for (first, second) in [(self, other), (other, self)] {
      guard let end = first.until, let beginning = second.from, end < beginning else { continue }
      return nil
    }
    let (beginnings, ends) = ([from, other.from].compactMap { $0 }, [until, other.until].compactMap { $0 })
    // Bounds that overlap or touch always have a common beginning before their common end.
    return try? Bounds(
      from: beginnings.count == 2 ? beginnings.min() : nil, until: ends.count == 2 ? ends.max() : nil)
  }

  /// Whether at each instant from `start` on at which this is in force one of the others is, too.
  package func isCovered(by others: [Bounds], from start: Timestamp) -> Bool {
    firstUncovered(by: others, from: start) == nil
  }

  /// Whether at each instant from `start` on at which this is in force the other one is, too.
  package func isCovered(by other: Bounds, from start: Timestamp = .distantPast) -> Bool {
    isCovered(by: [other], from: start)
  }

  /// The first instant from `start` on at which this is in force and none of the others is; nil where there is none.
  package func firstUncovered(by others: [Bounds], from start: Timestamp) -> Timestamp? {
    var instant = max(from ?? start, start)
    while until.map({ instant < $0 }) ?? true {
      let covering = others.filter { $0.contains(instant) }
      guard !covering.isEmpty else { return instant }
      let ends = covering.compactMap(\.until)
      guard ends.count == covering.count, let last = ends.max() else { return nil }
      instant = last
    }
    return nil
  }
}
