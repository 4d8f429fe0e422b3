import Access
import Administration
import Store

extension AccountListScreen {
  /// Looks in the background whether the live tokens of these open anything.
  func review(_ rows: [AccountRow]) -> Effect<Self> {
    let accounts = rows.filter { $0.liveTokenCount > 0 }.map(\.account.id)
    guard kind == .apiUser, !accounts.isEmpty else { return .none }
    return .run("reviewing", awaited: false) { [context] in
      let found = (try? context.administration.findings(of: accounts)) ?? [:]
      return .reviewed(
        Dictionary(
          accounts.map { ($0, !(found[$0]?.contains(.reachesNothing) ?? false)) },
          uniquingKeysWith: { first, _ in first }))
    }
  }

  /// Takes over in the background when tokens were last used, as the gate saw it.
  func takeOver() -> Effect<Self> {
    .run("taking over use", cancelling: "take over", awaited: false) { [context, usesSince] in
      let taken = try? context.administration.takeOverUses(since: usesSince)
      return .tookOver(taken?.next, isNews: (taken?.tokenCount ?? 0) > 0)
    }
  }
}
