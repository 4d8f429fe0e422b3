import Access
import Administration
import Store

/// A user or API user as a list shows it.
struct AccountListRecord: Record {
  let row: AccountRow
  /// Whether the last use shown takes everything into account that gates recorded.
  let usesKnown: Bool
  /// The users who own the API users of the page.
  let names: NameBook

  static let columns: [Column<Self>] = [
    .data("id") { $0.row.account.id.description },
    Column("name", "Name") { $0.row.account.name.text },
    // The names of the first three teams; `teamCount` counts all of them.
    Column("teams", "Teams", { $0.row.teamNames.map(\.text) }, text: teams),
    .data("teamCount") { $0.row.teamCount },
    Column("liveTokens", "Live tokens", alignsRight: true) { $0.row.liveTokenCount },
    Column("nextExpiry", "Next expiry (UTC)", { $0.row.nextExpiry?.printed }) {
      $0.row.nextExpiry?.minute ?? "–"
    },
    Column(
      "lastUsed", "Last used (UTC)", { $0.usesKnown ? $0.row.lastUsedAt?.printed : nil },
      text: { $0.usesKnown ? $0.row.lastUsedAt?.minute ?? "–" : "unknown" }),
    Column("enabled", "State", { $0.row.account.isEnabled }) {
      stateText(isEnabled: $0.row.account.isEnabled)
    },
    // As in `user:ada` or `web@example.com`; null where there is none.
    .data("owner") { record in record.row.account.particulars.owner.map(record.names.name) },
    .data("labels") { $0.row.account.particulars.labels },
    .shown("Owner, labels") { record in
      let particulars = record.row.account.particulars
      let words = [particulars.owner.map(record.names.name)].compactMap(\.self) + particulars.labels.words
      return words.isEmpty ? nil : words.joined(separator: " ")
    },
  ]

  @Sendable
  private static func teams(_ record: Self) -> String {
    let (names, count) = (record.row.teamNames, record.row.teamCount)
    guard !names.isEmpty else { return "–" }
    return names.map(\.text).joined(separator: ", ")
      + (count > names.count ? ", +\(count - names.count)" : "")
  }
}

/// A user or API user with everything that belongs to it.
struct AccountRecord: Record {
  let account: Account
  let keys: [String]
  let teams: [HeldRecord]
  let roles: [HeldRecord]
  let grants: [GrantRecord]
  let tokens: [TokenRecord]
  private let names: NameBook

  init(
    _ account: Account, _ reader: any SecurityReader, usage: [TokenRowID: TokenUsage], now: Timestamp
  ) throws {
    self.account = account
    let id = account.id
    func grants(_ reader: any SecurityReader) throws -> [GrantRecord] {
      try grantRecords(.account(id), account.kind.rawValue, account.name.text, reader)
    }
    try reader.foresee([
      { _ = try $0.publicKeys(of: id) }, { _ = try $0.teams(of: id) },
      { _ = try $0.heldRoles(of: .account(id)) }, { _ = try grants($0) }, { _ = try $0.tokens(of: id) },
      { _ = try NameBook(placesOf: $0) },
    ])
    keys = try reader.publicKeys(of: id)
    teams = try reader.teams(of: id).map { HeldRecord(name: $0.value.name.text, bounds: $0.bounds) }
    roles = try reader.heldRoles(of: .account(id))
    self.grants = try grants(reader)
    let tokens = try reader.tokens(of: id)
    var names = try NameBook(placesOf: reader)
    let owners = [account.particulars.owner] + tokens.map(\.particulars.owner)
    try names.enter(owners: owners.compactMap(\.self), in: reader)
    self.names = names
    self.tokens = tokens.map { [names] in
      TokenRecord($0, of: account, names, usage: usage[$0.id], now: now)
    }
  }

  static let columns: [Column<Self>] = [
    Column("name", "Name") { $0.account.name.text },
    Column("id", "ID") { $0.account.id.description },
    .data("kind") { Word($0.account.kind) },
    Column("enabled", "State", { $0.account.isEnabled }) { stateText(isEnabled: $0.account.isEnabled) },
    Column("created", "Added (UTC)", { $0.account.createdAt.printed }) { $0.account.createdAt.minute },
    // The maker is named as the audit log names them; null where the maker is not known.
    Column("createdBy", "Added by", { $0.account.createdBy }) { $0.account.createdBy },
    Column("owner", "Owner", { record in record.account.particulars.owner.map(record.names.name) }) {
      record in
      record.account.particulars.owner.map(record.names.name)
    },
    Column("note", "Note", { $0.account.particulars.note.text }) { record in
      let note = record.account.particulars.note
      return note.isEmpty ? nil : note.lines.joined(separator: " / ")
    },
    Column("labels", "Labels", { $0.account.particulars.labels }) { record in
      let words = record.account.particulars.labels.words
      return words.isEmpty ? nil : words.joined(separator: " ")
    },
    // API users have neither a Unix account nor SSH keys.
    Column("unix", "Unix account", { $0.account.unixAccount?.text }) {
      $0.account.kind == .user ? $0.account.unixAccount?.text ?? "" : nil
    },
    Column("keys", "SSH keys", { $0.keys }) { $0.account.kind == .user ? String($0.keys.count) : nil },
    Column("teams", "Teams", { $0.teams }) { $0.teams.text },
    Column("roles", "Roles", { $0.roles }) { $0.roles.text },
    .data("grants") { $0.grants },
    .data("tokens") { $0.tokens },
  ]
}

/// The output about a user or API user that was changed.
struct AccountChangeRecord: Record {
  let account: Account
  /// The token that was added together with the account.
  let token: TokenRecord?

  init(_ account: Account, token: TokenRecord? = nil) {
    (self.account, self.token) = (account, token)
  }

  static let columns: [Column<Self>] = [
    .data("id") { $0.account.id.description },
    .data("name") { $0.account.name.text },
    .data("enabled") { $0.account.isEnabled },
    .data("token") { $0.token },
  ]
}
