import Access
import Administration
import Interchange
import Store

/// What can be chosen to be done with many tokens.
enum TokenBulkItem: BulkMenuItem, CaseIterable {
  case enable, disable, revoke, setExpiry

  var title: String {
    switch self {
    case .enable: "Enable"
    case .disable: "Disable"
    case .revoke: "Revoke for good"
    case .setExpiry: "Change when they end"
    }
  }
}

extension TokenListScreen: BulkListing {
  var offered: [TokenBulkItem] { context.may(.tokensManage) ? TokenBulkItem.allCases : [] }

  static func bulk(_ message: BulkMessage<TokenBulkAction>) -> Message { .bulk(message) }

  func called(_ row: ListedTokenRow) -> String { quotedName(row.row.token.name) }

  func targets(of choice: RowChoice<TokenRowID>) throws -> TokenBulkTargets {
    guard let filter = choice.allMatching else { return .these(choice.ids) }
    let written = try WrittenConditions(filter, of: .tokens)
    if written.asksForUses { try context.administration.requireUses() }
    return .matching(
      try context.administration.read { reader in
        TokenQuery(conditions: try ConditionFinder(reader, now: context.now).all(written))
      })
  }

  func ask(_ item: TokenBulkItem, _ choice: RowChoice<TokenRowID>) -> Effect<Message> {
    switch item {
    case .enable: plan(.enable, choice)
    case .disable: plan(.disable, choice)
    case .revoke: plan(.revoke, choice)
    case .setExpiry: askForEnd { plan(.setExpiry($0), choice) }
    }
  }

  func words(of plan: TokenBulkPlan) -> any PlanWording { TokenBulkWords(plan) }

  /// The row, or the chosen rows, as many as are copied at once and one more.
  func things(of row: ListedTokenRow) throws -> [EntryThing] {
    guard !choice.isEmpty else { return [.token(row.id)] }
    let most = ConsoleContext.mostCopiedRows + 1
    switch try targets(of: choice) {
    case .these(let ids): return ids.prefix(most).map { .token($0) }
    case .matching(let query):
      return try context.administration.read { reader in
        try reader.tokens(query, .first, limit: most).rows.map { .token($0.token.id) }
      }
    }
  }
}
