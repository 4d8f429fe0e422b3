import Access
import Administration
import Store

/// What gates decided since the page was opened: how much, and the latest denials one by one.
struct LiveFeed: Sendable {
  /// What came since the last look.
  struct News: Sendable {
    /// The denials, the latest first.
    let denials: [DenialRow]
    /// Whether the denials are all that are kept, and not only those that came since.
    let isWhole: Bool
    /// What was decided since the hour in which the page was opened; nil where the gate does not count.
    let total: DecisionSum?
  }

  /// The greatest number of denials that are held.
  static let most = 500
  /// The greatest number of denials that are read in one look; the others come with the next look.
  static let mostNews = 200

  let openedAt: Timestamp
  /// The latest first.
  private(set) var denials: [DenialRow] = []
  /// What had been decided in the hour in which the page was opened; nil before the first look.
  private var before: DecisionSum?
  private var total: DecisionSum?
  /// Whether the last look found that the gate does not count.
  private(set) var isUncounted = false
  /// What was decided between the last two looks.
  private(set) var latest = DecisionSum.none

  init(openedAt: Timestamp) { self.openedAt = openedAt }

  /// What was decided since the page was opened; nil where that is not known.
  var sum: DecisionSum? {
    guard let before, let total else { return nil }
    return total - before
  }

  /// Reads what came since the last look.
  ///
  /// Errors: ``UseTrouble``, ``StoreError``.
  func news(_ administration: Administration) throws -> News {
    let hours = try administration.hourSums(since: openedAt)
    let total = hours.map { $0.reduce(DecisionSum.none) { $0 + $1.sum } }
    let newest = try administration.denials(.first, limit: 1).rows.first?.cursor.number
    let known = denials.first?.cursor
    guard let known, let newest, newest >= known.number else {
      // Nothing is known yet, or the gate's records began anew.
      let page = try administration.denials(.first, limit: Self.mostNews)
      return News(denials: Self.rows(page), isWhole: true, total: total)
    }
    guard newest > known.number else { return News(denials: [], isWhole: false, total: total) }
    let page = try administration.denials(.before(known), limit: Self.mostNews)
    return News(denials: Self.rows(page), isWhole: false, total: total)
  }

  private static func rows(_ page: Page<(denial: Denial, cursor: DenialCursor)>) -> [DenialRow] {
    page.rows.map { DenialRow(denial: $0.denial, cursor: $0.cursor) }
  }

  mutating func add(_ news: News) {
    denials = Array((news.isWhole ? news.denials : news.denials + denials).prefix(Self.most))
    isUncounted = news.total == nil
    guard let now = news.total else {
      (before, total, latest) = (nil, nil, .none)
      return
    }
    let last = total ?? now
    // The counts begin anew where the gate's records do.
    let isAnew = now.allowed < last.allowed || now.denied < last.denied
    if before == nil { before = now } else if isAnew { before = DecisionSum.none }
    latest = isAnew ? now : now - last
    total = now
  }
}

extension DecisionSum {
  /// What a later sum has more than an earlier one.
  fileprivate static func - (later: Self, earlier: Self) -> Self {
    Self(allowed: max(0, later.allowed - earlier.allowed), denied: max(0, later.denied - earlier.denied))
  }
}
