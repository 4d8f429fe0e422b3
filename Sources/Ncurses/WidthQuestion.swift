/// Asks a terminal once how wide it draws what Unicode calls ambiguous. A terminal that never answers is
/// assumed to draw it narrow.
@MainActor final class WidthQuestion {
  /// The bytes that draw a piece of line at the beginning of the second row, ask for the cursor's place (DSR
  /// 6 of ECMA-48), and restore the screen and the cursor. The second row is used because a report for the
  /// first could be mistaken for a key.
  static let bytes = Array("\u{1B}7\u{1B}[2;1H\u{2500}\u{1B}[6n\u{1B}[2;1H\u{1B}[K\u{1B}8".utf8)
  /// The column after a sign that takes one cell.
  private static let narrow = 2
  /// The time that a slow link may take.
  private static let patience = Duration.seconds(1)

  private var askedAt: ContinuousClock.Instant?

  func asked() { askedAt = .now }

  /// The time until which an answer may still come; nil where none is awaited.
  var deadline: ContinuousClock.Instant? {
    askedAt.map { $0 + Self.patience }.flatMap { $0 > .now ? $0 : nil }
  }

  /// Takes the answer, if it has come.
  func isAnswered(column: Int?) -> Bool {
    if column != nil { askedAt = nil }
    return askedAt == nil
  }

  /// Whether the answer has come, was not taken before, and tells of a wide sign.
  func isWide(column: Int?) -> Bool {
    guard askedAt != nil, let column else { return false }
    askedAt = nil
    return column > Self.narrow
  }
}
