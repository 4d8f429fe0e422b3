import Access
import Administration
import Store
import Terminal

/// A number of the overview, which opens the list of what it counts.
struct OverviewFigure: Sendable {
  struct Count: Hashable, Sendable {
    /// Nil where nobody knows it.
    let count: Int?
    /// What is told beside the number.
    var note = ""
  }

  let title: String
  let key: Key
  /// Whether counting looks at every token. Such a number comes later than the others, and is counted less often.
  let isSlow: Bool
  let read: @Sendable (ConsoleContext) throws -> Count
  let open: @Sendable (ConsoleContext) -> any Screen

  init(
    _ title: String, key: Key, isSlow: Bool = false,
    read: @escaping @Sendable (ConsoleContext) throws -> Count,
    open: @escaping @Sendable (ConsoleContext) -> any Screen
  ) {
    (self.title, self.key, self.isSlow, self.read, self.open) = (title, key, isSlow, read, open)
  }

  /// All of them take the permission to read security.
  static let permission = Permission.securityRead

  static let all: [OverviewFigure] = [
    ending(days: 7, key: "1"), ending(days: 30, key: "2"),
    OverviewFigure("API users without access", key: "3", isSlow: true) {
      let (accounts, isWhole) = try $0.administration.reachless(among: ReachlessScreen.mostTokens)
      return Count(count: accounts.count, note: isWhole ? "" : ReachlessScreen.part)
    } open: {
      ReachlessScreen(context: $0)
    },
    unused(days: TokenFinding.unusedDays, key: "4"),
    OverviewFigure("Proposals that wait", key: "5") {
      Count(count: try $0.administration.waitingProposalCount())
    } open: {
      InboxScreen(context: $0)
    },
    OverviewFigure("Denied in 24 hours", key: "6") {
      try denied($0)
    } open: {
      DenialsScreen(context: $0)
    },
    OverviewFigure("Gates that are up", key: "7") {
      let gates = try $0.administration.gates()
      return Count(count: gates?.count, note: gates == nil ? "a gate of an earlier popsec does not tell" : "")
    } open: {
      GatesScreen(context: $0)
    },
  ]

  /// By the index of ends, which counts the same as the filter of the list.
  private static func ending(days: Int64, key: Key) -> OverviewFigure {
    OverviewFigure("Tokens that end in \(days) days", key: key) {
      Count(count: try $0.administration.endingTokenCounts(days: days).first)
    } open: {
      TokenListScreen(context: $0, filter: "ends<\(days)d", order: .expiry)
    }
  }

  private static func unused(days: Int64, key: Key) -> OverviewFigure {
    let filter = "unused>\(days)d"
    return OverviewFigure("Tokens unused for \(days) days", key: key, isSlow: true) { context in
      _ = try context.useTakeOver.finish(context.administration)
      if let trouble = context.administration.useTrouble() { throw trouble }
      return Count(
        count: try context.administration.read { reader in
          let written = try WrittenConditions(filter, of: .tokens)
          return try reader.tokenCount(try ConditionFinder(reader, now: context.now).all(written))
        })
    } open: {
      TokenListScreen(context: $0, filter: filter)
    }
  }

  private static func denied(_ context: ConsoleContext) throws -> Count {
    let now = context.now
    guard let hours = try context.administration.hourSums(since: now.adding(days: -7)) else {
      return Count(count: nil, note: OverviewCharts.uncounted)
    }
    let week = hours.reduce(DecisionSum.none) { $0 + $1.sum }
    let day = OverviewCharts.lastDay(of: hours, now: now).reduce(DecisionSum.none) { $0 + $1.sum }
    return Count(count: day.denied, note: "\(week.denied.grouped) in 7 days")
  }
}
