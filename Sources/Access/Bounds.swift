/// The time during which something that was given counts: a membership, a system role, a grant or a token.
///
/// It is in force at an instant t if `from <= t < until`. Where `from` or `until` is nil, there is no bound
/// on this side.
package struct Bounds: Hashable, Sendable {
  /// The first instant at which it is in force.
  package let from: Timestamp?
  /// The instant at which it is no longer in force; later than ``from``.
  package let until: Timestamp?

  /// Bounds that are in force at every instant.
  package static let always = Bounds()

  private init() { (from, until) = (nil, nil) }

  /// Makes bounds. Errors: ``BoundsProblem`` where `until` is not later than `from`.
  package init(from: Timestamp? = nil, until: Timestamp? = nil) throws(BoundsProblem) {
    if let from, let until, until <= from { throw BoundsProblem(from: from, until: until) }
    self.from = from
    self.until = until
  }

  package init(until: Timestamp?) { (from, self.until) = (nil, until) }

  package var isAlways: Bool { from == nil && until == nil }

  package func contains(_ instant: Timestamp) -> Bool { standing(at: instant) == .inForce }

  package func standing(at instant: Timestamp) -> Standing {
    if let from, instant < from { return .begins(from) }
    if let until, until <= instant { return .ended(until) }
    return .inForce
  }

  /// The next instant at which the standing changes; nil where there is none.
  package func next(after instant: Timestamp) -> Timestamp? {
    if let from, instant < from { return from }
    if let until, instant < until { return until }
    return nil
  }
}

/// The standing of something with ``Bounds`` at an instant.
package enum Standing: Hashable, Sendable {
  case inForce
  /// It is not yet in force, and will be from this instant on.
  case begins(Timestamp)
  /// It ceased to be in force at this instant.
  case ended(Timestamp)
}

/// The end of bounds is not later than their beginning.
package struct BoundsProblem: Error, Hashable, Sendable {
  package let from: Timestamp
  package let until: Timestamp
}

extension BoundsProblem: CustomStringConvertible {
  package var description: String { "it ends at \(until), which is not after it begins, at \(from)" }
}

extension Bounds {
  /// The bounds in words, as in `from 2026-12-15T00:00:00Z` and `until 2027-02-01T00:00:00Z`. A side without
  /// a bound has no words.
  package var words: [String] {
    [from.map { "from \($0)" }, until.map { "until \($0)" }].compactMap { $0 }
  }
}
