import Access
import Administration
import Store

/// A token. The record has only the mask of its Token ID.
struct TokenRecord: Record {
  let token: Token
  let account: Account
  let usage: TokenUsage?
  let names: NameBook
  let now: Timestamp

  /// - Parameter usage: the use of the token; nil where the caller did not ask for it.
  init(
    _ token: Token, of account: Account, _ names: NameBook, usage: TokenUsage? = nil, now: Timestamp
  ) {
    (self.token, self.account, self.names, self.usage, self.now) = (token, account, names, usage, now)
  }

  /// The older Token ID that is still valid after a rotation.
  struct OlderRecord: PrintedObject {
    let maskedTokenID: String
    let validUntil: Instant?
    let lastUsed: Instant?
    let lastSource: String?

    static let columns: [Column<Self>] = [
      .data("maskedTokenID") { $0.maskedTokenID },
      .data("validUntil") { $0.validUntil },
      .data("lastUsed") { $0.lastUsed },
      .data("lastSource") { $0.lastSource },
    ]
  }

  /// Whether the records of the gates could be read. True where nobody asked for them.
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

  /// Whether the number of uses and the last use are known.
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
        maskedTokenID: id.hint.masked, validUntil: id.validUntil?.printed,
        lastUsed: id.use?.lastUsedAt?.printed,
        lastSource: id.use?.source?.description)
    }
  }

  static let columns: [Column<Self>] = [
    Column("id", "ID") { $0.token.id.description },
    Column("name", "Token") { $0.token.name.text },
    // The name of the token's account, and its kind: `user` or `apiUser`.
    .data("account") { $0.account.name.text },
    .data("accountKind") { Word($0.account.kind) },
    Column("maskedTokenID", "Token ID") { $0.token.hint.masked },
    // The expiry: an instant or `never`.
    Column("expires", "Expires (UTC)", { $0.token.expiry.printed }) { record in
      record.token.expiry.timestamp?.minute ?? record.token.expiry.text
    },
    .data("everWithoutExpiry") { $0.token.wasEverWithoutExpiry },
    .data("created") { $0.token.createdAt.printed },
    // As the audit log names them; null where that is not known.
    .data("createdBy") { $0.token.createdBy },
    Column("lastUsed", "Last used (UTC)", { $0.lastUsed?.printed }) { record in
      record.lastUsed?.minute ?? (record.usesKnown ? "–" : "unknown")
    },
    .shown("By") { $0.by },
    // The source and the place of the last use; null where no gate saw one.
    .data("lastSource") { $0.lastSource },
    .data("lastPlace") { $0.lastPlace },
    // The numbers of uses and denials; null where the gates' records can't be read, or nobody asked for them.
    Column("uses", "Uses", { $0.uses }) { $0.uses.map(String.init) ?? "unknown" },
    .data("denials") { $0.isReadable ? $0.usage?.denialCount : nil },
    .data("older") { $0.olderRecords },
    // `live`, `disabled`, `expired`, `notYetValid` or `revoked`.
    Column("state", "State", { Word($0.token.state(at: $0.now)) }) { $0.stateWords },
    // Null where the token is valid from when it was made.
    .data("from") { $0.token.validFrom?.printed },
    .data("disabled") { $0.token.isDisabled },
    .data("revoked") { $0.token.revokedAt?.printed },
    .data("widgets") { $0.names.names($0.token.limits.widgets, \.widgets) },
    .data("endpoints") { $0.names.names($0.token.limits.endpoints, \.endpoints) },
    .data("networks") { $0.token.limits.networks.map(\.description).sorted() },
    .data("ratePerMinute") { $0.token.limits.requestsPerMinute },
    // As in `user:ada` or `web@example.com`; null where there is none.
    .data("owner") { record in record.token.particulars.owner.map(record.names.name) },
    .data("note") { $0.token.particulars.note.text },
    .data("labels") { $0.token.particulars.labels },
    .shown("Owner, labels") { record in
      let particulars = record.token.particulars
      let words = [particulars.owner.map(record.names.name)].compactMap(\.self) + particulars.labels.words
      return words.isEmpty ? nil : words.joined(separator: " ")
    },
  ]
}

/// A token among those of all users and API users.
struct ListedTokenRecord: Record {
  let record: TokenRecord

  /// People see whose token it is; scripts receive that anyway.
  static let columns: [Column<Self>] =
    [.shown("User") { $0.record.account.name.text }] + TokenRecord.columns.map { $0.of(\.record) }
}

extension NameBook {
  /// The kind and name of a place, as in `widget Sales MX`.
  func title(_ place: UsedPlace) -> String {
    switch place {
    case .widget(let id): "widget \(name(id, \.widgets))"
    case .endpoint(let id): "endpoint \(name(id, \.endpoints))"
    case .api: "the API"
    }
  }
}

extension Output {
  /// Writes tokens as a table for people.
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
