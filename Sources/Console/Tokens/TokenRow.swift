import Access
import Administration
import Store
import Terminal

/// A token in the list of its user's tokens.
struct TokenRow: Identifiable, Sendable {
  let token: Token
  let state: TokenState
  /// The use of the token, and the name of the place where it was last used.
  var usage: TokenUsage?
  var placeName: String?

  var id: TokenRowID { token.id }

  static func all(of account: AccountID, _ context: ConsoleContext) throws -> [TokenRow] {
    try rows(of: try context.administration.read { try $0.tokens(of: account) }, context)
  }

  /// The rows of some tokens, with their uses.
  static func rows(of tokens: [Token], _ context: ConsoleContext) throws -> [TokenRow] {
    let now = context.now
    let administration = context.administration
    let usage = try administration.usage(of: tokens)
    let places = try administration.read { reader in
      try usage.mapValues { try $0.place.flatMap { try reader.name(of: $0) } }
    }
    return tokens.map { token in
      TokenRow(
        token: token, state: token.state(at: now), usage: usage[token.id],
        placeName: places[token.id] ?? nil)
    }
  }

  /// The columns of a list whose rows have tokens.
  ///
  /// - Parameters:
  ///   - own: columns of the list before the token's state.
  ///   - choice: the chosen rows, which are marked.
  ///   - endKey: the key that orders the list by the next end; nil where the list has one order.
  static func columns<Row>(
    _ context: ConsoleContext, _ token: @escaping @Sendable (Row) -> TokenRow,
    before own: [ListColumn<Row>] = [], choice: RowChoice<TokenRowID> = RowChoice(), endKey: Key? = nil
  ) -> [ListColumn<Row>] {
    var columns: [ListColumn<Row>] = [
      ListColumn("name", "Name", width: .flexible(least: 10)) {
        let row = token($0)
        let mark = ChoiceMark.text(isChosen: choice.contains(row.id))
        return ListCell(mark + row.token.name.text, row.state == .live ? .plain : .muted)
      },
      ListColumn("id", "Token ID", width: .fixed(8), priority: 2) { ListCell(token($0).token.hint.masked) },
      ListColumn("expires", "Expires", width: .fixed(11), priority: 1, titleKey: endKey) {
        expiry(token($0).token, context.clock)
      },
      ListColumn("used", "Last used", width: .fixed(10), priority: 3) {
        ListCell(token($0).lastUse(context.clock))
      },
      ListColumn("uses", "Uses", width: .fixed(8), priority: 4, alignment: .right) {
        ListCell(token($0).usage.map { $0.isKnown ? $0.useCount.grouped : "unknown" } ?? "")
      },
      ListColumn("limits", "Limits", width: .flexible(least: 12, weight: 1), priority: 10) {
        ListCell(token($0).limits)
      },
    ]
    columns += own
    columns.append(ListColumn("state", "State", width: .fixed(8)) { state(token($0), context.now) })
    if context.may(.tokensCopy) {
      columns.append(
        ListColumn("copy", "", width: .fixed(4), link: "c") {
          ListCell(token($0).state == .revoked ? "" : "Copy")
        })
    }
    return columns
  }

  fileprivate func lastUse(_ clock: Clock) -> String {
    if usage?.isKnown == false { return "unknown" }
    return (usage?.lastUsedAt ?? token.lastUsedAt).map(clock.near) ?? "never"
  }

  /// The cell for the expiry. `never` is marked, and so is an end within a week, and a token that once had no
  /// end.
  private static func expiry(_ token: Token, _ clock: Clock) -> ListCell {
    guard let end = token.expiry.timestamp else { return ListCell("never !", Style(.warning, .bold)) }
    if clock.isSoon(end) { return clock.shortEnd(end) }
    return ListCell(clock.day(end) + (token.wasEverWithoutExpiry ? "!" : ""))
  }

  /// The state. A token that was rotated stands out as long as its older Token ID is valid.
  private static func state(_ row: TokenRow, _ now: Timestamp) -> ListCell {
    switch row.state {
    case .live where row.usage?.olderValid(of: row.token, at: now) != nil:
      ListCell("rotated", Style(.accent))
    case .live: ListCell("live")
    case .disabled: ListCell("disabled", Style(.warning))
    case .expired: ListCell("expired", Style(.danger))
    case .notYetValid: ListCell("not yet", Style(.warning))
    case .revoked: ListCell("revoked")
    }
  }
}

extension TokenRow {
  /// What is known about the token's validity, use and limits, in up to three lines.
  func details(_ clock: Clock) -> [String] {
    [validity(clock), use(clock), limits.isEmpty ? "" : "limited to \(limits)"].filter { !$0.isEmpty }
  }

  /// When the token begins, where it has not begun, and when it ends.
  private func validity(_ clock: Clock) -> String {
    guard state != .revoked else { return "" }
    if let start = token.validFrom, clock.now < start { return "begins \(clock.whole(start))" }
    guard let end = token.expiry.timestamp else { return "" }
    return clock.now < end ? "ends \(clock.wholeEnd(end).text)" : "ended \(clock.whole(end))"
  }

  private func use(_ clock: Clock) -> String {
    guard let usage else { return "" }
    guard usage.isKnown else { return "how it was used is not known: popsec doctor tells what to do" }
    if let older = usage.olderValid(of: token, at: clock.now) {
      let use = older.use?.lastUsedAt.map { "last used \(clock.near($0))" } ?? "not used"
      let from = older.use?.source.map { " from \($0)" } ?? ""
      let end = older.validUntil.map { " until \(clock.moment($0))" } ?? ""
      return "rotated: \(older.hint.masked) is valid\(end), \(use)\(from)"
    }
    guard usage.useCount + usage.denialCount > 0, let last = usage.lastUsedAt else { return "" }
    let place = placeName.map { ", \($0)" } ?? ""
    let source = usage.source.map { " from \($0)" } ?? ""
    return
      "used \(clock.near(last))\(place)\(source); \(usage.useCount.grouped) times, \(usage.denialCount.grouped) denied"
  }

  /// The limits in few words; empty where there are none.
  fileprivate var limits: String {
    let limits = token.limits
    let places = limits.widgets.count + limits.endpoints.count
    var parts: [String] = []
    if places > 0 { parts.append(places == 1 ? "one widget or endpoint" : "\(places) widgets and endpoints") }
    if !limits.networks.isEmpty {
      parts.append(limits.networks.map(\.description).sorted().joined(separator: ", "))
    }
    if let rate = limits.requestsPerMinute { parts.append("\(rate.grouped) a minute") }
    return parts.joined(separator: "; ")
  }
}
