import Access
import Administration
import Store

/// A token as JSON; its Token ID only masked.
struct TokenRecord: Encodable {
  let id: String
  let name: String
  /// Whose it is, and whether that is a `user` or an `apiUser`.
  let account: String
  let accountKind: String
  let maskedTokenID: String
  let state: String
  /// An instant or `never`.
  let expires: String
  let everWithoutExpiry: Bool
  let created: String
  let lastUsed: Nullable<String>
  /// Of the last use: where from and what; null where no gate saw one.
  let lastSource: Nullable<String>
  let lastPlace: Nullable<String>
  /// Null where what gates recorded can't be read, or was not asked for.
  let uses: Nullable<Int>
  let denials: Nullable<Int>
  /// The older Token ID that still is valid since the token was rotated; empty where there is none.
  let older: [OlderRecord]
  let disabled: Bool
  let revoked: Nullable<String>
  let widgets: [String]
  let endpoints: [String]
  let networks: [String]
  let ratePerMinute: Nullable<Int>

  struct OlderRecord: Encodable {
    let maskedTokenID: String
    let validUntil: String
    let lastUsed: Nullable<String>
    let lastSource: Nullable<String>
  }

  /// False where it is not known how often it was used, nor when last.
  var usesKnown: Bool { uses.value != nil }

  init(
    _ token: Token, of account: Account, _ names: LimitNames, usage: TokenUsage? = nil, now: Timestamp
  ) {
    lastSource = Nullable(usage?.source?.description)
    lastPlace = Nullable(usage?.place.map(names.title))
    let isKnown = usage?.isKnown ?? true
    uses = Nullable(isKnown ? usage?.useCount : nil)
    denials = Nullable(isKnown ? usage?.denialCount : nil)
    older = [usage?.olderValid(of: token, at: now)].compactMap(\.self).map { id in
      OlderRecord(
        maskedTokenID: id.hint.masked, validUntil: id.validUntil?.description ?? "",
        lastUsed: Nullable(id.use?.lastUsedAt?.description),
        lastSource: Nullable(id.use?.source?.description))
    }
    id = token.id.description
    name = token.name.text
    self.account = account.name.text
    accountKind = account.kind.rawValue
    maskedTokenID = token.hint.masked
    state = token.state(at: now).rawValue
    expires = token.expiry.text
    everWithoutExpiry = token.wasEverWithoutExpiry
    created = token.createdAt.description
    lastUsed = Nullable(isKnown ? (usage?.lastUsedAt ?? token.lastUsedAt)?.description : nil)
    disabled = token.isDisabled
    revoked = Nullable(token.revokedAt?.description)
    widgets = token.limits.widgets.map { names.widgets[$0] ?? $0.description }.sorted()
    endpoints = token.limits.endpoints.map { names.endpoints[$0] ?? $0.description }.sorted()
    networks = token.limits.networks.map(\.description).sorted()
    ratePerMinute = Nullable(token.limits.requestsPerMinute)
  }
}

/// The names of what tokens can be limited to.
struct LimitNames {
  let widgets: [WidgetID: String]
  let endpoints: [EndpointID: String]

  init(_ reader: any SecurityReader) throws {
    widgets = Dictionary(
      try reader.widgets().map { ($0.id, $0.name.text) }, uniquingKeysWith: { first, _ in first })
    endpoints = Dictionary(
      try reader.endpoints().map { ($0.id, $0.name.text) }, uniquingKeysWith: { first, _ in first })
  }
}

extension LimitNames {
  /// As in `widget Sales MX`.
  func title(_ place: UsedPlace) -> String {
    switch place {
    case .widget(let id): "widget \(widgets[id] ?? id.description)"
    case .endpoint(let id): "endpoint \(endpoints[id] ?? id.description)"
    case .api: "the API"
    }
  }
}

extension Output {
  /// A table of tokens, for people.
  func tokens(_ tokens: [TokenRecord]) throws {
    var table = TextTable(
      self, "ID", "Token", "Token ID", "Expires (UTC)", "Last used (UTC)", "By", "Uses", "State")
    try table.add(
      tokens.map { token in
        [
          token.id, token.name, token.maskedTokenID, minute(token.expires),
          token.lastUsed.value.map(minute) ?? (token.usesKnown ? "–" : "unknown"), by(token),
          token.uses.value.map(String.init) ?? "unknown", token.state,
        ]
      })
    for token in tokens {
      for older in token.older {
        let use = older.lastUsed.value.map { "last used \(minute($0)) UTC" } ?? "not used since"
        let from = older.lastSource.value.map { " from \($0)" } ?? ""
        try line(
          shown(
            "\(quoted(token.name)): its older Token ID \(older.maskedTokenID) is valid until \(minute(older.validUntil)) UTC, \(use)\(from)"
          ))
      }
    }
  }

  private func by(_ token: TokenRecord) -> String {
    guard token.usesKnown else { return "unknown" }
    let parts = [token.lastPlace.value, token.lastSource.value.map { "from \($0)" }].compactMap { $0 }
    return parts.isEmpty ? "–" : parts.joined(separator: " ")
  }

  /// `2027-02-21 00:00` of `2027-02-21T00:00:00Z`.
  private func minute(_ text: String) -> String { Timestamp(text)?.minute ?? text }
}
