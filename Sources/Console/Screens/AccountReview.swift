import Access
import Administration
import Store

/// What is found out in the background about the rows of the list of users and API users: whether their live tokens
/// open anything, and when these were last used.
struct AccountReview: Sendable {
  enum Message: Sendable {
    case look
    /// Whether the live tokens of each open anything.
    case looked([AccountID: Bool])
    case takeOver
    case tookOver(TakenUses)
  }

  let context: ConsoleContext
  /// Those with a live token that opens nothing, as far as they were looked at.
  private(set) var withoutReach: Set<AccountID> = []
  /// Those that were looked at since the page was opened.
  private var looked: Set<AccountID> = []

  /// ``TakenUses/newsCount`` when the rows were read last.
  private var usesSeen = 0
  /// Whether rows may stand in another order since the last message.
  private(set) var isOrderOld = false

  init(context: ConsoleContext) { self.context = context }

  /// What is known may be so no more.
  mutating func beginAnew() {
    looked = []
    usesSeen = context.useTakeOver.newsCount
  }

  /// - Parameter rows: those on the screen.
  mutating func update(_ message: Message, _ rows: ArraySlice<AccountRow>) -> Effect<Message> {
    isOrderOld = false
    switch message {
    case .look: return look(at: unlooked(rows))
    case .looked(let reaches):
      looked.formUnion(reaches.keys)
      withoutReach.subtract(reaches.keys)
      withoutReach.formUnion(reaches.filter { !$0.value }.keys)
      return .none
    case .takeOver: return takeOver()
    case .tookOver(let taken):
      isOrderOld = taken.alters(usesSeen)
      if isOrderOld { usesSeen = taken.newsCount }
      return .after(milliseconds: taken.waitMilliseconds, key: "uses", .takeOver)
    }
  }

  /// Once a person has stopped to look; who pages through a million is not held up.
  func lookLater(at rows: ArraySlice<AccountRow>) -> Effect<Message> {
    rows.contains(where: isUnlooked) ? .after(milliseconds: 400, key: "review", .look) : .none
  }

  /// The API users with live tokens that were not looked at yet.
  private func unlooked(_ rows: ArraySlice<AccountRow>) -> [AccountID] {
    rows.filter(isUnlooked).map(\.account.id)
  }

  private func isUnlooked(_ row: AccountRow) -> Bool {
    row.account.kind == .apiUser && row.liveTokenCount > 0 && !looked.contains(row.account.id)
  }

  private func look(at accounts: [AccountID]) -> Effect<Message> {
    guard !accounts.isEmpty else { return .none }
    return .run("reviewing", cancelling: "review", awaited: false) { [context] in
      // Nothing is said of those that could not be looked at: they are, the next time.
      guard let found = try? context.administration.findings(of: accounts) else { return .looked([:]) }
      return .looked(
        Dictionary(
          accounts.map { ($0, !(found[$0]?.contains(.reachesNothing) ?? false)) },
          uniquingKeysWith: { first, _ in first }))
    }
  }

  /// Takes over when tokens were last used, as the gate saw it.
  func takeOver() -> Effect<Message> {
    .run("taking over use", cancelling: "take over", awaited: false) { [context] in
      .tookOver(context.takeOverSomeUses())
    }
  }
}
