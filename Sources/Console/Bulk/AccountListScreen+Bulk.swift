import Access
import Administration
import Interchange
import Store

/// What can be chosen to be done with many.
enum BulkKind: BulkMenuItem, CaseIterable {
  case enable, disable, revokeTokens, addToTeam, setExpiry

  var title: String {
    switch self {
    case .enable: "Enable"
    case .disable: "Disable"
    case .revokeTokens: "Revoke all their tokens"
    case .addToTeam: "Add to a team"
    case .setExpiry: "Change when their tokens end"
    }
  }

  func isOffered(_ kind: AccountKind, _ context: ConsoleContext) -> Bool {
    switch self {
    case .enable, .disable: context.may(kind == .user ? .usersManage : .apiUsersManage)
    case .revokeTokens, .setExpiry: context.may(.tokensManage)
    case .addToTeam: context.may(.teamsManage)
    }
  }
}

extension AccountListScreen: BulkListing {
  var offered: [BulkKind] { BulkKind.allCases.filter { $0.isOffered(kind, context) } }

  static func bulk(_ message: BulkMessage<BulkAction>) -> Message { .bulk(message) }

  func targets() throws -> BulkTargets {
    guard let filter = choice.allMatching else { return .these(choice.ids) }
    let written = try WrittenConditions(filter, of: ListedKind(kind))
    return .matching(
      try context.administration.read { try ConditionFinder($0, now: context.now).query(written, kind) })
  }

  func words(of plan: BulkPlan) -> any PlanWording { BulkWords(plan, kind) }

  func ask(_ bulk: BulkKind) -> Effect<Message> {
    switch bulk {
    case .enable: return plan(.enable)
    case .disable: return plan(.disable)
    case .revokeTokens: return plan(.revokeTokens)
    case .addToTeam:
      return .reading(
        "reading teams", { try context.administration.read { try $0.allTeams() } }, then: chooseTeam)
    case .setExpiry: return askForEnd { plan(.setExpiry($0)) }
    }
  }

  private func chooseTeam(_ teams: [Team]) -> Effect<Message> {
    guard !teams.isEmpty else { return .toast("there are no teams yet", .warning) }
    return .ask(
      ChoiceDialog(
        title: "Which team?",
        rows: teams.map { ChoiceDialog.Row($0.id, $0.name.text, detail: $0.summary.text) })
    ) { plan(.addToTeam($0)) }
  }

  /// The row, or the chosen rows, as many as are copied at once and one more.
  func things(of row: AccountRow) throws -> [EntryThing] {
    guard !choice.isEmpty else { return [.account(row.id)] }
    let most = ConsoleContext.mostCopiedRows + 1
    switch try targets() {
    case .these(let ids): return ids.prefix(most).map { .account($0) }
    case .matching(let query):
      return try context.administration.read { reader in
        try reader.accounts(query, .first, limit: most, now: context.now).rows.map { .account($0.id) }
      }
    }
  }
}
