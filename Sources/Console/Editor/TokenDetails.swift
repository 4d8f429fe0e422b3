import Access
import Administration

/// All that is known about a token, in words. Its Token IDs are shown only as far as people need to tell them
/// apart.
struct TokenDetails: Hashable, Sendable {
  struct Fact: Hashable, Sendable {
    let title: String
    let value: String
  }

  let token: TokenRowID
  let state: TokenState
  let facts: [Fact]

  /// - Parameter account: the account of the token; nil where the account is gone.
  init(
    _ row: TokenRow, of account: Account?, _ names: LimitChoices, _ answer: AnswerFor, at now: Timestamp
  ) {
    let token = row.token
    self.token = token.id
    state = token.state(at: now)
    let owner = account.map {
      "\($0.name.text) (\($0.kind.title)\($0.isEnabled ? "" : ", disabled"))"
    }
    let all: [(String, String?)] = [
      ("Name", token.name.text), ("Token ID", "\(token.hint.masked), hidden"), ("Of", owner),
      ("State", Self.state(token, at: now)),
      ("Added", token.createdAt.minute + " UTC" + (token.createdBy.map { ", by \($0)" } ?? "")),
      ("Expires", Self.expiry(token)), ("Last used", Self.lastUse(row)), ("Uses", Self.uses(row)),
      ("Owner", answer.text), ("Note", token.particulars.note.isEmpty ? nil : token.particulars.note.text),
      (
        "Labels",
        token.particulars.labels.isEmpty ? nil : token.particulars.labels.words.joined(separator: " ")
      ),
    ]
    facts =
      all.compactMap { title, value in value.map { Fact(title: title, value: $0) } }
      + Self.older(row) + Self.limits(token.limits, names)
  }

  private static func state(_ token: Token, at now: Timestamp) -> String {
    let state = token.state(at: now)
    let since = state == .revoked ? token.revokedAt : state == .expired ? token.expiry.timestamp : nil
    return state.title + (since.map { " since \($0.minute) UTC" } ?? "")
  }

  private static func expiry(_ token: Token) -> String {
    guard let end = token.expiry.timestamp else { return "never" }
    return end.minute + " UTC" + (token.wasEverWithoutExpiry ? "; it once was without an end" : "")
  }

  private static func lastUse(_ row: TokenRow) -> String {
    guard let last = row.usage?.lastUsedAt ?? row.token.lastUsedAt else { return "never" }
    let place = row.placeName.map { ", \($0)" } ?? ""
    let source = row.usage?.source.map { ", from \($0)" } ?? ""
    return last.minute + " UTC" + place + source
  }

  private static func uses(_ row: TokenRow) -> String? {
    row.usage.map { "\($0.useCount.grouped), and \($0.denialCount.grouped) denied" }
  }

  /// The facts about the token's earlier Token IDs.
  private static func older(_ row: TokenRow) -> [Fact] {
    (row.usage?.ids ?? []).filter { $0.hint != row.token.hint || $0.validUntil != nil }.map { id in
      let end = id.validUntil.map { "valid until \($0.minute) UTC at the latest" } ?? "not valid any more"
      let use = id.use?.lastUsedAt.map { ", last used \($0.minute)" } ?? ", not used"
      return Fact(title: "Before", value: "\(id.hint.masked), \(end)\(use)")
    }
  }

  private static func limits(_ limits: TokenLimits, _ names: LimitChoices) -> [Fact] {
    let widgets = names.widgets.filter { limits.widgets.contains($0.id) }.map(\.name.text)
    let endpoints = names.endpoints.filter { limits.endpoints.contains($0.id) }.map(\.name.text)
    let gone = limits.widgets.count + limits.endpoints.count - widgets.count - endpoints.count
    let parts: [(String, [String])] = [
      ("Widgets", widgets), ("Endpoints", endpoints),
      ("Gone", gone == 0 ? [] : ["\(gone) that left the catalogue"]),
      ("Networks", limits.networks.map(\.description).sorted()),
      ("Per minute", limits.requestsPerMinute.map { [$0.grouped] } ?? []),
    ]
    let facts = parts.filter { !$0.1.isEmpty }.map { Fact(title: $0.0, value: $0.1.joined(separator: "; ")) }
    return facts.isEmpty ? [Fact(title: "Limits", value: "none but what its user may see")] : facts
  }
}
