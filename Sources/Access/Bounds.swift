/// From when up to when something that was given counts: a membership, a system role, a grant or a token.
///
/// It is in force at an instant t if `from <= t < until`. An end that is nil sets no bound on that side.
package struct Bounds: Hashable, Sendable {
  /// The first instant at which it is in force.
  package let from: Timestamp?
  /// The instant at which it is no longer in force; later than ``from``.
  package let until: Timestamp?

  /// No bound on either side.
  package static let always = Bounds()

  private init() { (from, until) = (nil, nil) }

  /// Errors: ``BoundsProblem`` where `until` is not later than `from`.
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

  /// The next instant at which its standing becomes another one; nil where there is none.
  package func next(after instant: Timestamp) -> Timestamp? {
    if let from, instant < from { return from }
    if let until, instant < until { return until }
    return nil
  }
}

/// How something with ``Bounds`` stands at an instant.
package enum Standing: Hashable, Sendable {
  case inForce
  /// It is not yet in force; it will be from that instant on.
  case begins(Timestamp)
  /// It ceased to be in force at that instant.
  case ended(Timestamp)
}

/// An end that is not later than the beginning.
package struct BoundsProblem: Error, Hashable, Sendable {
  package let from: Timestamp
  package let until: Timestamp
}

extension BoundsProblem: CustomStringConvertible {
  package var description: String { "it ends at \(until), which is not after it begins, at \(from)" }
}

extension Bounds {
  /// As in `from 2026-12-15T00:00:00Z`, `until 2027-02-01T00:00:00Z`; nothing of an end that sets no bound.
  package var words: [String] {
    [from.map { "from \($0)" }, until.map { "until \($0)" }].compactMap { $0 }
  }
}
