import Access
import Administration
import Store

extension AccountListScreen {
  /// Those on the screen with live tokens that were not looked at yet.
  private var unlooked: [AccountID] {
    guard kind == .apiUser else { return [] }
    return rows.list.visibleRows.filter { $0.liveTokenCount > 0 && !looked.contains($0.account.id) }
      .map(\.account.id)
  }

  /// Once a person has stopped to look; who pages through a million is not held up.
  func reviewLater() -> Effect<Message> {
    unlooked.isEmpty ? .none : .after(milliseconds: 400, key: "review", .review)
  }

  /// Looks in the background whether the live tokens of these open anything.
  func review() -> Effect<Message> {
    let accounts = unlooked
    guard !accounts.isEmpty else { return .none }
    return .run("reviewing", cancelling: "review", awaited: false) { [context] in
      // Nothing is said of those that could not be looked at: they are, the next time.
      guard let found = try? context.administration.findings(of: accounts) else { return .reviewed([:]) }
      return .reviewed(
        Dictionary(
          accounts.map { ($0, !(found[$0]?.contains(.reachesNothing) ?? false)) },
          uniquingKeysWith: { first, _ in first }))
    }
  }

  /// Takes over in the background when tokens were last used, as the gate saw it.
  func takeOver() -> Effect<Message> {
    .run("taking over use", cancelling: "take over", awaited: false) { [context, usesSince] in
      let taken = try? context.administration.takeOverUses(since: usesSince)
      return .tookOver(taken?.next, isNews: (taken?.tokenCount ?? 0) > 0)
    }
  }
}
