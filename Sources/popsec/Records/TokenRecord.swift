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
  let disabled: Bool
  let revoked: Nullable<String>
  let widgets: [String]
  let endpoints: [String]
  let networks: [String]
  let ratePerMinute: Nullable<Int>

  init(_ token: Token, of account: Account, _ names: LimitNames, now: Timestamp) {
    id = token.id.description
    name = token.name.text
    self.account = account.name.text
    accountKind = account.kind.rawValue
    maskedTokenID = token.hint.masked
    state = token.state(at: now).rawValue
    expires = token.expiry.text
    everWithoutExpiry = token.wasEverWithoutExpiry
    created = token.createdAt.description
    lastUsed = Nullable(token.lastUsedAt?.description)
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

  init(_ reader: any StoreReader) throws {
    widgets = Dictionary(
      try reader.widgets().map { ($0.id, $0.name.text) }, uniquingKeysWith: { first, _ in first })
    endpoints = Dictionary(
      try reader.endpoints().map { ($0.id, $0.name.text) }, uniquingKeysWith: { first, _ in first })
  }
}

extension Output {
  /// A table of tokens, for people.
  func tokens(_ tokens: [TokenRecord]) throws {
    var table = TextTable(self, "ID", "Token", "Token ID", "Expires (UTC)", "Last used (UTC)", "State")
    try table.add(
      tokens.map { token in
        [
          token.id, token.name, token.maskedTokenID, minute(token.expires),
          token.lastUsed.value.map(minute) ?? "–", token.state,
        ]
      })
  }

  /// `2027-02-21 00:00` of `2027-02-21T00:00:00Z`.
  private func minute(_ text: String) -> String { Timestamp(text)?.minute ?? text }
}
