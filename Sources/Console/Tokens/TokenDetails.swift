import Access
import Administration

/// All that is known about a token, in words. Its Token IDs are shown only as far as people need to tell them
/// apart.
struct TokenDetails: Hashable, Sendable {
  struct Fact: Hashable, Sendable {
    let title: String
    let value: String
    /// Whether the fact is an end within a week.
    var isUrgent = false
  }

  let token: TokenRowID
  let state: TokenState
  let facts: [Fact]

  /// - Parameter account: the account of the token; nil where the account is gone.
  init(
    _ row: TokenRow, of account: Account?, _ names: LimitChoices, _ answer: AnswerFor, _ use: TokenUseDays,
    _ clock: Clock
  ) {
    let token = row.token
    self.token = token.id
    state = token.state(at: clock.now)
    let owner = account.map {
      "\($0.name.text) (\($0.kind.title)\($0.isEnabled ? "" : ", disabled"))"
    }
    let isEndingSoon = token.expiry.timestamp.map(clock.isSoon) ?? false
    let all: [(String, String?)] = [
      ("Name", token.name.text), ("Token ID", "\(token.hint.masked), hidden"), ("Of", owner),
      ("State", Self.state(row, clock)),
      ("Added", clock.whole(token.createdAt) + (token.createdBy.map { ", by \($0)" } ?? "")),
      ("From", token.validFrom.map(clock.whole)), ("Expires", Self.expiry(token, clock)),
      ("Last used", Self.lastUse(row, clock)), ("Uses", Self.uses(row)),
      (TokenUseDays.title, use.words), ("", use.bars),
      ("Owner", answer.text), ("Note", token.particulars.note.isEmpty ? nil : token.particulars.note.text),
      (
        "Labels",
        token.particulars.labels.isEmpty ? nil : token.particulars.labels.words.joined(separator: " ")
      ),
    ]
    facts =
      all.compactMap { title, value in
        value.map { Fact(title: title, value: $0, isUrgent: title == "Expires" && isEndingSoon) }
      } + Self.older(row, clock) + Self.limits(token.limits, names)
  }

  private static func state(_ row: TokenRow, _ clock: Clock) -> String {
    let token = row.token
    let state = token.state(at: clock.now)
    if state == .live, row.usage?.olderValid(of: token, at: clock.now) != nil {
      return "rotated: the Token ID before is valid, too"
    }
    let since = state == .revoked ? token.revokedAt : state == .expired ? token.expiry.timestamp : nil
    return state.title + (since.map { ", \(clock.whole($0))" } ?? "")
  }

  private static func expiry(_ token: Token, _ clock: Clock) -> String {
    guard let end = token.expiry.timestamp else { return "never" }
    return clock.wholeEnd(end).text + (token.wasEverWithoutExpiry ? "; it once was without an end" : "")
  }

  private static func lastUse(_ row: TokenRow, _ clock: Clock) -> String {
    guard let last = row.usage?.lastUsedAt ?? row.token.lastUsedAt else { return "never" }
    let place = row.placeName.map { ", \($0)" } ?? ""
    let source = row.usage?.source.map { ", from \($0)" } ?? ""
    return clock.whole(last) + place + source
  }

  private static func uses(_ row: TokenRow) -> String? {
    row.usage.map { "\($0.useCount.grouped), and \($0.denialCount.grouped) denied" }
  }

  /// The facts about the token's earlier Token IDs.
  private static func older(_ row: TokenRow, _ clock: Clock) -> [Fact] {
    (row.usage?.ids ?? []).filter { $0.hint != row.token.hint || $0.validUntil != nil }.map { id in
      let end = id.validUntil.map { "valid until \(clock.dated($0)) at the latest" } ?? "not valid any more"
      let use = id.use?.lastUsedAt.map { ", last used \(clock.told($0))" } ?? ", not used"
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
