package import Access

/// A bulk plan in words.
package struct BulkWords: PlanWording {
  private let plan: BulkPlan
  private let kind: AccountKind

  package init(_ plan: BulkPlan, _ kind: AccountKind) {
    self.plan = plan
    self.kind = kind
  }

  /// The accounts, as in `12 API users`.
  private var many: String {
    "\(plan.accounts.count) " + (plan.accounts.count == 1 ? kind.title : kind.title + "s")
  }

  private var named: String { quoted(plan.details.named?.text ?? "") }

  /// The title, as in `Disable 12 API users`.
  package var title: String {
    switch plan.action {
    case .enable: "Enable \(many)"
    case .disable: "Disable \(many)"
    case .addToTeam(_, let bounds):
      (["Add \(many) to the team \(named)"] + (bounds?.words ?? [])).joined(separator: " ")
    case .removeFromTeam: "Remove \(many) from the team \(named)"
    case .copyRights(_, false): "Give \(many) also the rights of \(named)"
    case .copyRights(_, true): "Give \(many) the rights of \(named) in place of their own"
    case .duplicate(let suffix): "Duplicate \(many), each named with \(quoted(suffix.text)) at the end"
    case .revokeTokens: "Revoke the tokens of \(many)"
    case .setExpiry: "Change when tokens of \(many) end"
    case .delete: "Delete \(many)"
    }
  }

  package var isEmpty: Bool { plan.isEmpty }

  /// The message where nothing has to be done.
  package var nothing: String { plan.nothing(whereNone: "nobody is meant") }

  /// The consequences of the action.
  package var points: [String] {
    plan.points(
      between: (plan.tokenCount > 0 ? ["\(plan.tokenCount) tokens" + tokenWords] : []) + actionPoints)
  }

  private var tokenWords: String {
    switch plan.action {
    case .revokeTokens: " are revoked for good; \(TakingBack.never)"
    case .delete: " are revoked for good"
    case .setExpiry(let expiry): " end \(expiry == .never ? "never" : "at \(expiry.text)")"
    case .enable, .disable, .addToTeam, .removeFromTeam, .copyRights, .duplicate: ""
    }
  }

  private var actionPoints: [String] {
    switch plan.action {
    case .copyRights(_, false): ["what they have stays"]
    case .copyRights(_, true): ["teams, system roles and grants that \(named) lacks are taken from them"]
    case .duplicate: ["the copies have the teams, system roles and grants, and no token"]
    case .delete: [TakingBack.removing(days: plan.details.keptDays, hasTokens: false)]
    case .enable, .disable, .addToTeam, .removeFromTeam, .revokeTokens, .setExpiry: []
    }
  }

  /// Whether the action takes something away.
  package var isDestructive: Bool { plan.action.isDestructive }
}
