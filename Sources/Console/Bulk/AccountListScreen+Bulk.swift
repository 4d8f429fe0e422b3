import Access
import Administration
import Interchange
import Store

extension BulkVerb: BulkMenuItem {}

extension AccountListScreen: BulkListing {
  var offered: [BulkVerb] { BulkVerb.allCases.filter { context.may($0.permission(for: kind)) } }

  static func bulk(_ message: BulkMessage<BulkAction>) -> Message { .bulk(message) }

  func called(_ row: AccountRow) -> String { quotedName(row.account.name) }

  func targets(of choice: RowChoice<AccountID>) throws -> BulkTargets {
    guard let filter = choice.allMatching else { return .these(choice.ids) }
    let written = try WrittenConditions(filter, of: ListedKind(kind))
    if written.asksForUses { try context.administration.requireUses() }
    return .matching(
      try context.administration.read { try ConditionFinder($0, now: context.now).query(written, kind) })
  }

  func words(of plan: BulkPlan) -> any PlanWording { BulkWords(plan, kind) }

  /// The row, or the chosen rows, as many as are copied at once and one more.
  func things(of row: AccountRow) throws -> [EntryThing] {
    guard !choice.isEmpty else { return [.account(row.id)] }
    let most = ConsoleContext.mostCopiedRows + 1
    switch try targets(of: choice) {
    case .these(let ids): return ids.prefix(most).map { .account($0) }
    case .matching(let query):
      return try context.administration.read { reader in
        try reader.accounts(query, .first, limit: most, now: context.now).rows.map { .account($0.id) }
      }
    }
  }
}
