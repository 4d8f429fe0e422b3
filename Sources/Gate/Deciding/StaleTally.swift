internal import Access
internal import Store

/// Counts the answers of a gate by what it kept of a store out of reach, until the gate's records have them.
///
/// The answers of one outage are one span, although the store may come back for a moment meanwhile. A span that is due is
/// not added to any more: of a write that failed nobody knows whether it was made.
struct StaleTally: Sendable {
  /// Answers that no record has yet.
  struct Span: Hashable, Sendable {
    let id: Identifier<StaleSpan>
    fileprivate(set) var firstAt: Timestamp
    fileprivate(set) var lastAt: Timestamp
    fileprivate(set) var count: Int
  }

  /// After so many looks at a store that is in reach, one each second, without such an answer a span is over.
  static let quietLooks = 10

  /// The number of all such answers.
  private(set) var total = 0
  private var open: Span?
  private var due: Span?
  /// The number of looks at a store that was in reach, since the last one where it was not and since the last answer.
  private var quiet = 0

  init() {}

  /// The spans that no record has yet, the earliest first.
  var unwritten: [Span] { [due, open].compactMap(\.self) }

  mutating func count(_ number: Int, at now: Timestamp) {
    quiet = 0
    total += number
    var span = open ?? Span(id: .random(), firstAt: now, lastAt: now, count: 0)
    // A clock may go back.
    (span.firstAt, span.lastAt) = (min(span.firstAt, now), max(span.lastAt, now))
    span.count += number
    open = span
  }

  /// Notes whether the store is in reach, at one of the regular looks. Returns the span that is to be written now.
  mutating func look(isReached: Bool) -> Span? {
    quiet = isReached ? quiet + 1 : 0
    guard isReached else { return nil }
    return quiet < Self.quietLooks ? due : close()
  }

  /// Ends the open span, unless another one still has to be written before. Returns the span that is to be written.
  mutating func close() -> Span? {
    if due == nil { (due, open) = (open, nil) }
    return due
  }

  /// Notes that the span which was due is written.
  mutating func written() { due = nil }
}
