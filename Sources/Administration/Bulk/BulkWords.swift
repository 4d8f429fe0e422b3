package import Access

/// A bulk plan in words.
package struct BulkWords: PlanWording {
  private let plan: BulkPlan
  private let kind: AccountKind

  package init(_ plan: BulkPlan, _ kind: AccountKind) {
    self.plan = plan
    self.kind = kind
  }

  private var many: String { plan.accounts.count == 1 ? kind.title : kind.title + "s" }

  /// The title, as in `Disable 12 API users`.
  package var title: String {
    switch plan.action {
    case .enable: "Enable \(plan.accounts.count) \(many)"
    case .disable: "Disable \(plan.accounts.count) \(many)"
    case .revokeTokens: "Revoke the tokens of \(plan.accounts.count) \(many)"
    case .addToTeam(_, let bounds):
      (["Add \(plan.accounts.count) \(many) to the team \(quoted(plan.team?.text ?? ""))"]
        + (bounds?.words ?? [])).joined(separator: " ")
    case .setExpiry: "Change when tokens of \(plan.accounts.count) \(many) end"
    }
  }

  package var isEmpty: Bool { plan.isEmpty }

  /// The message where nothing has to be done.
  package var nothing: String { plan.nothing(whereNone: "nobody is meant") }

  /// The consequences of the action.
  package var points: [String] {
    plan.points(between: plan.tokenCount > 0 ? ["\(plan.tokenCount) tokens" + tokenWords] : [])
  }

  private var tokenWords: String {
    switch plan.action {
    case .revokeTokens: " are revoked for good; \(TakingBack.never)"
    case .setExpiry(let expiry): " end \(expiry == .never ? "never" : "at \(expiry.text)")"
    case .enable, .disable, .addToTeam: ""
    }
  }

  /// Whether the action takes something away.
  package var isDestructive: Bool {
    switch plan.action {
    case .disable, .revokeTokens, .setExpiry: true
    case .enable, .addToTeam: false
    }
  }
}
