import Access
import Administration

/// What the overview draws as bars.
struct OverviewCharts: Hashable, Sendable {
  /// The tokens that end in each of the next weeks.
  let weeks: Result<[Week], Problem>
  /// The decisions of the last 24 hours, hour by hour; nil where the gate does not count.
  let hours: Result<[TimedSum]?, Problem>

  struct Week: Hashable, Sendable {
    let start: Timestamp
    let count: Int
  }

  static let uncounted = "a gate of an earlier popsec does not count"
  /// Ninety days, begun weeks counted whole.
  static let weekCount = 13
  static let hourCount = 24

  static func read(_ context: ConsoleContext) -> OverviewCharts {
    let now = context.now
    return OverviewCharts(
      weeks: Problem.catching {
        try context.administration.endingTokenCounts(days: 7, stretches: weekCount).enumerated().map {
          Week(start: now.adding(days: 7 * Int64($0.offset)), count: $0.element)
        }
      },
      hours: Problem.catching {
        try context.administration.hourSums(since: now.adding(days: -1)).map { lastDay(of: $0, now: now) }
      })
  }

  /// The last 24 hours, of which the present one is the last, each with what was decided in it.
  static func lastDay(of sums: [TimedSum], now: Timestamp) -> [TimedSum] {
    let known = Dictionary(sums.map { ($0.start, $0.sum) }, uniquingKeysWith: +)
    return (0..<hourCount).map { index in
      let start = now.startOfHour.adding(seconds: Int64(index + 1 - hourCount) * 3_600)
      return TimedSum(start: start, sum: known[start] ?? .none)
    }
  }
}
