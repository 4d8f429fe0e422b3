import Access
import Administration
import Store

/// A user or API user in a list, as JSON. The keys are what scripts rely on.
struct AccountListRecord: Encodable {
  let id: String
  let name: String
  let enabled: Bool
  /// The first three, by name; `teamCount` has them all.
  let teams: [String]
  let teamCount: Int
  let liveTokens: Int
  let nextExpiry: Nullable<String>
  let lastUsed: Nullable<String>

  init(_ row: AccountRow, usesKnown: Bool = true) {
    id = row.account.id.description
    name = row.account.name.text
    enabled = row.account.isEnabled
    teams = row.teamNames.map(\.text)
    teamCount = row.teamCount
    liveTokens = row.liveTokenCount
    nextExpiry = Nullable(row.nextExpiry?.description)
    lastUsed = Nullable(usesKnown ? row.lastUsedAt?.description : nil)
  }
}

/// One user or API user with all that belongs to it.
struct AccountRecord: Encodable {
  let id: String
  let kind: String
  let name: String
  let enabled: Bool
  let unix: Nullable<String>
  let created: String
  let keys: [String]
  let teams: [String]
  let roles: [String]
  let grants: [GrantRecord]
  let tokens: [TokenRecord]

  init(
    _ account: Account, _ reader: any SecurityReader, usage: [TokenRowID: TokenUsage], now: Timestamp
  ) throws {
    id = account.id.description
    kind = account.kind.rawValue
    name = account.name.text
    enabled = account.isEnabled
    unix = Nullable(account.unixAccount?.text)
    created = account.createdAt.description
    keys = try reader.publicKeys(of: account.id)
    teams = try reader.teams(of: account.id).map(\.name.text)
    roles = try roleNames(try reader.roles(of: .account(account.id)), reader)
    grants = try grantRecords(.account(account.id), kind, name, reader)
    let names = try LimitNames(reader)
    tokens = try reader.tokens(of: account.id).map {
      TokenRecord($0, of: account, names, usage: usage[$0.id], now: now)
    }
  }
}

/// What is told of a user or API user that was changed.
struct AccountChangeRecord: Encodable {
  let id: String
  let name: String
  let enabled: Bool
  /// The token that was added along with it.
  let token: Nullable<TokenRecord>

  init(_ account: Account, token: TokenRecord? = nil) {
    id = account.id.description
    name = account.name.text
    enabled = account.isEnabled
    self.token = Nullable(token)
  }
}

/// The names of roles, sorted.
func roleNames(_ roles: Set<SystemRole>, _ reader: any SecurityReader) throws -> [String] {
  try roles.compactMap { role in
    switch role {
    case .builtIn(let builtIn): builtIn.rawValue
    case .custom(let id): try reader.customRole(id)?.name.text
    }
  }.sorted()
}
