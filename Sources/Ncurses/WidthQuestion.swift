/// How wide a terminal draws what Unicode calls ambiguous: it is asked once, and those that never answer are
/// taken to draw that narrow.
@MainActor final class WidthQuestion {
  /// Draws a line's part at the beginning of the second row, asks where the cursor is then (DSR 6 of ECMA-48), and
  /// leaves screen and cursor as they were. The answer for the first row could be mistaken for a key.
  static let bytes = Array("\u{1B}7\u{1B}[2;1H\u{2500}\u{1B}[6n\u{1B}[2;1H\u{1B}[K\u{1B}8".utf8)
  /// The column behind a sign that takes one cell.
  private static let narrow = 2
  /// How long a slow link may take.
  private static let patience = Duration.seconds(1)

  private var askedAt: ContinuousClock.Instant?

  func asked() { askedAt = .now }

  /// Until when an answer may still come; nil where none is awaited.
  var deadline: ContinuousClock.Instant? {
    askedAt.map { $0 + Self.patience }.flatMap { $0 > .now ? $0 : nil }
  }

  /// Takes the answer, where it is there.
  func isAnswered(column: Int?) -> Bool {
    if column != nil { askedAt = nil }
    return askedAt == nil
  }

  /// Whether the answer is there, was not taken before, and is that of a terminal that draws it wide.
  func isWide(column: Int?) -> Bool {
    guard askedAt != nil, let column else { return false }
    askedAt = nil
    return column > Self.narrow
  }
}
