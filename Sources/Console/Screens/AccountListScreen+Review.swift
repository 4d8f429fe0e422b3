import Access
import Administration
import Store

extension AccountListScreen {
  /// The visible accounts with live tokens that were not checked yet.
  private var unlooked: [AccountID] {
    guard kind == .apiUser else { return [] }
    return rows.list.visibleRows.filter { $0.liveTokenCount > 0 && !looked.contains($0.account.id) }
      .map(\.account.id)
  }

  /// Checks accounts when a person has stopped scrolling, so that paging through a million is not delayed.
  func reviewLater() -> Effect<Message> {
    unlooked.isEmpty ? .none : .after(milliseconds: 400, key: "review", .review)
  }

  /// Checks in the background whether the live tokens of these accounts open anything.
  func review() -> Effect<Message> {
    let accounts = unlooked
    guard !accounts.isEmpty else { return .none }
    return .run("reviewing", cancelling: "review", awaited: false) { [context] in
      // Accounts that could not be checked are checked the next time, so nothing is shown.
      guard let found = try? context.administration.findings(of: accounts) else { return .reviewed([:]) }
      return .reviewed(
        Dictionary(
          accounts.map { ($0, !(found[$0]?.contains(.reachesNothing) ?? false)) },
          uniquingKeysWith: { first, _ in first }))
    }
  }

  /// Copies the times of last use from the gates' records in the background.
  func takeOver() -> Effect<Message> {
    .run("taking over use", cancelling: "take over", awaited: false) { [context, usesSince] in
      let taken = try? context.administration.takeOverUses(since: usesSince)
      return .tookOver(taken?.next, isNews: (taken?.tokenCount ?? 0) > 0)
    }
  }
}
