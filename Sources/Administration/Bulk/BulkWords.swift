package import Access

/// A bulk plan in words.
package struct BulkWords: Sendable {
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
  package var nothing: String {
    plan.meantCount == 0 ? "nobody is meant" : "nothing has to be done: all of them are like that already"
  }

  /// The consequences of the action.
  package var points: [String] {
    let left = plan.meantCount - plan.accounts.count
    let more = plan.accounts.count - plan.someNames.count
    let names = plan.someNames.map(\.text).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    var points = [names]
    if plan.tokenCount > 0 { points.append("\(plan.tokenCount) tokens" + tokenWords) }
    if left > 0 { points.append("nothing has to be done with \(left) of those that were chosen") }
    return points
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
