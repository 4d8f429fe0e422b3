import Access
import Administration
import Store

/// A token; its Token ID only masked.
struct TokenRecord: Record {
  let token: Token
  let account: Account
  let usage: TokenUsage?
  let names: NameBook
  let now: Timestamp

  /// - Parameter usage: nil where it was not asked for.
  init(
    _ token: Token, of account: Account, _ names: NameBook, usage: TokenUsage? = nil, now: Timestamp
  ) {
    (self.token, self.account, self.names, self.usage, self.now) = (token, account, names, usage, now)
  }

  /// The older Token ID that still is valid since the token was rotated.
  struct OlderRecord: Encodable {
    let maskedTokenID: String
    let validUntil: String
    let lastUsed: Nullable<String>
    let lastSource: Nullable<String>
  }

  /// Whether what gates recorded could be read, as far as it was asked for.
  private var isReadable: Bool { usage?.isKnown ?? true }
  private var uses: Int? { isReadable ? usage?.useCount : nil }
  private var lastUsed: Timestamp? { isReadable ? usage?.lastUsedAt ?? token.lastUsedAt : nil }
  private var lastPlace: String? { usage?.place.map(names.title) }
  private var lastSource: String? { usage?.source?.description }
  var state: String { token.state(at: now).rawValue }
  /// As in `live` or `not yet valid: from 2026-12-01 00:00`.
  var stateWords: String {
    let state = token.state(at: now)
    guard state == .notYetValid, let start = token.validFrom else { return state.title }
    return "\(state.title): from \(start.minute)"
  }

  /// False where it is not known how often it was used, nor when last.
  var usesKnown: Bool { uses != nil }

  private var by: String {
    guard usesKnown else { return "unknown" }
    let parts = [lastPlace, lastSource.map { "from \($0)" }].compactMap { $0 }
    return parts.isEmpty ? "–" : parts.joined(separator: " ")
  }

  fileprivate var older: TokenUsage.ID? { usage?.olderValid(of: token, at: now) }

  private var olderRecords: [OlderRecord] {
    [older].compactMap(\.self).map { id in
      OlderRecord(
        maskedTokenID: id.hint.masked, validUntil: id.validUntil?.description ?? "",
        lastUsed: Nullable(id.use?.lastUsedAt?.description),
        lastSource: Nullable(id.use?.source?.description))
    }
  }

  static let columns: [Column<Self>] = [
    Column("id", "ID") { $0.token.id.description },
    Column("name", "Token") { $0.token.name.text },
    // Whose it is, and whether that is a `user` or an `apiUser`.
    .data("account") { $0.account.name.text },
    .data("accountKind") { $0.account.kind.rawValue },
    Column("maskedTokenID", "Token ID") { $0.token.hint.masked },
    // An instant or `never`.
    Column("expires", "Expires (UTC)", { $0.token.expiry.text }) { record in
      record.token.expiry.timestamp?.minute ?? record.token.expiry.text
    },
    .data("everWithoutExpiry") { $0.token.wasEverWithoutExpiry },
    .data("created") { $0.token.createdAt.description },
    Column("lastUsed", "Last used (UTC)", { $0.lastUsed?.description }) { record in
      record.lastUsed?.minute ?? (record.usesKnown ? "–" : "unknown")
    },
    .shown("By") { $0.by },
    // Of the last use: where from and what; null where no gate saw one.
    .data("lastSource") { $0.lastSource },
    .data("lastPlace") { $0.lastPlace },
    // Null where what gates recorded can't be read, or was not asked for.
    Column("uses", "Uses", { $0.uses }) { $0.uses.map(String.init) ?? "unknown" },
    .data("denials") { $0.isReadable ? $0.usage?.denialCount : nil },
    .data("older") { $0.olderRecords },
    // `live`, `disabled`, `expired`, `notYetValid` or `revoked`.
    Column("state", "State", { $0.state }) { $0.stateWords },
    // Null where the token is valid from when it was made.
    .data("from") { $0.token.validFrom?.description },
    .data("disabled") { $0.token.isDisabled },
    .data("revoked") { $0.token.revokedAt?.description },
    .data("widgets") { $0.names.names($0.token.limits.widgets, \.widgets) },
    .data("endpoints") { $0.names.names($0.token.limits.endpoints, \.endpoints) },
    .data("networks") { $0.token.limits.networks.map(\.description).sorted() },
    .data("ratePerMinute") { $0.token.limits.requestsPerMinute },
  ]
}

extension NameBook {
  /// As in `widget Sales MX`.
  func title(_ place: UsedPlace) -> String {
    switch place {
    case .widget(let id): "widget \(name(id, \.widgets))"
    case .endpoint(let id): "endpoint \(name(id, \.endpoints))"
    case .api: "the API"
    }
  }
}

extension Output {
  /// A table of tokens, for people.
  func tokens(_ tokens: [TokenRecord]) throws {
    try table(tokens)
    for token in tokens {
      guard let older = token.older else { continue }
      let end = older.validUntil?.minute ?? ""
      let use = older.use?.lastUsedAt.map { "last used \($0.minute) UTC" } ?? "not used since"
      let from = older.use?.source.map { " from \($0.description)" } ?? ""
      try line(
        "\(quoted(token.token.name.text)): its older Token ID \(older.hint.masked) is valid until \(end) UTC, "
          + use + from)
    }
  }
}
