import Access
import Terminal

/// A token in the list of its user's tokens.
struct TokenRow: ListRow {
  let token: Token
  let index: Int
  let state: TokenState

  var id: TokenRowID { token.id }
  var cursor: Int { index }

  static func columns(mayCopy: Bool) -> [ListColumn<TokenRow>] {
    var columns: [ListColumn<TokenRow>] = [
      ListColumn("name", "Name", width: .flexible(least: 10)) { row in
        ListCell(row.token.name.text, row.state == .live ? .plain : .muted)
      },
      ListColumn("id", "Token ID", width: .fixed(8), priority: 2) { ListCell($0.token.hint.masked, .muted) },
      ListColumn("expires", "Expires", width: .fixed(11), priority: 1) { expiry($0.token) },
      ListColumn("used", "Last used", width: .fixed(10), priority: 3) {
        ListCell($0.token.lastUsedAt?.day ?? "never", .muted)
      },
      ListColumn("state", "State", width: .fixed(8)) { state($0.state) },
    ]
    if mayCopy {
      columns.append(
        ListColumn("copy", "", width: .fixed(4), isLink: true) { row in
          ListCell(row.state == .revoked ? "" : "Copy", Style(.accent))
        })
    }
    return columns
  }

  /// `never` is marked, and so is a token that once was without an end.
  private static func expiry(_ token: Token) -> ListCell {
    guard let end = token.expiry.timestamp else { return ListCell("never !", Style(.warning, .bold)) }
    return ListCell(end.day + (token.wasEverWithoutExpiry ? "!" : ""))
  }

  private static func state(_ state: TokenState) -> ListCell {
    switch state {
    case .live: ListCell("live", Style(.good))
    case .disabled: ListCell("disabled", Style(.warning))
    case .expired: ListCell("expired", Style(.danger))
    case .revoked: ListCell("revoked", .muted)
    }
  }
}
