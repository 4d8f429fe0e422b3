import Access
import Administration

/// Bounds as they are typed, where an end may not yet fit the beginning.
struct BoundsDraft: Hashable, Sendable {
  var from: Timestamp?
  var until: Timestamp?

  init(_ bounds: Bounds) { (from, until) = (bounds.from, bounds.until) }

  /// Nil where the end is not after the beginning.
  var bounds: Bounds? { try? Bounds(from: from, until: until) }

  /// What is wrong with the end.
  func problem(_ clock: Clock) -> String? {
    guard bounds == nil, let from else { return nil }
    return "it must end after it begins, \(clock.moment(from)) \(clock.zoneName(at: from))"
  }
}

extension BoundsDraft {
  /// The two fields in which bounds are typed. The later one tells where they don't fit.
  ///
  /// - Parameter clock: made anew each time, since a distance is counted from when it is typed.
  static func fields(_ clock: @escaping @Sendable () -> Clock) -> [Field<BoundsDraft>] {
    [
      Field("from", "From", \.from, .optional) { from, _ in words(from, clock()) }
        .typed(
          .text(placeholder: "at once") { draft, text in put(text, clock()) { draft.from = $0 } }),
      Field("until", "Until", \.until, .optional) { until, _ in words(until, clock()) }
        .typed(
          .text(placeholder: "no end") { draft, text in
            let clock = clock()
            return put(text, clock) { draft.until = $0 } ?? draft.problem(clock)
          }),
    ]
  }

  private static func words(_ instant: Timestamp?, _ clock: Clock) -> [String] {
    instant.map { [InstantEntry(clock: clock).text($0)] } ?? []
  }

  /// What is wrong with the text; nil where it was taken.
  private static func put(_ text: String, _ clock: Clock, _ take: (Timestamp?) -> Void) -> String? {
    switch InstantEntry(clock: clock).instant(text) {
    case .failure(let problem): return problem.line
    case .success(let instant):
      take(instant)
      return nil
    }
  }
}
