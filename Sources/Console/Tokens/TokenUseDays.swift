import Access
import Administration

/// How a token was used, day by day, on its page: a sum and a line of bars.
struct TokenUseDays: Hashable, Sendable {
  /// The days, the earliest first; nil where the gate does not count.
  let days: Result<[TimedSum]?, Problem>

  static let title = "\(DecisionSums.keptDays) days"
  /// The days of one bar, so that all bars fit into a line of the page.
  private static let barDays = 2

  static func read(_ token: TokenRowID, _ context: ConsoleContext) -> TokenUseDays {
    TokenUseDays(days: Problem.catching { try context.administration.daySums(of: token) })
  }

  private var known: [TimedSum] {
    guard case .success(let days?) = days else { return [] }
    return days
  }

  private var sum: DecisionSum { known.reduce(.none) { $0 + $1.sum } }

  var words: String {
    switch days {
    case .failure(let problem): "not known: \(problem.message)"
    case .success(nil): "not known: \(OverviewCharts.uncounted)"
    case .success where sum == .none: "no use that the gate counted"
    case .success: "\(sum.allowed.grouped) allowed, \(sum.denied.grouped) denied; \(Self.barDays) days a bar:"
    }
  }

  /// Nil where there is nothing to draw.
  var bars: String? {
    guard sum != .none else { return nil }
    let days = known.map { $0.sum.allowed + $0.sum.denied }
    return Sparkline.text(
      stride(from: 0, to: days.count, by: Self.barDays).map {
        days[$0..<min($0 + Self.barDays, days.count)].reduce(0, +)
      })
  }
}
