internal import Access
internal import Store

extension Session {
  static let accountColumns = """
    id, kind, name, enabled, unix_account, created_at, \(particularsColumns("account", "account"))
    """
  /// The number of ``accountColumns``.
  static let accountColumnCount = 11

  func account(_ id: AccountID) throws -> Account? {
    try first(Self.accountByID, [id.rawValue], Self.account)
  }

  // Each decision about somebody reads the account, and making the text takes as long as a part of the read.
  private static let accountByID = "SELECT \(accountColumns) FROM account WHERE id = ? AND deleted_at IS NULL"

  func account(_ kind: AccountKind, named key: NameKey) throws -> Account? {
    try first(Self.accountByName, [kind.rawValue, key.text], Self.account)
  }

  private static let accountByName =
    "SELECT \(accountColumns) FROM account WHERE kind = ? AND name_key = ? AND deleted_at IS NULL"

  func account(unixAccount: UnixAccountName) throws -> Account? {
    try first(
      "SELECT \(Self.accountColumns) FROM account WHERE unix_account = ? AND deleted_at IS NULL",
      [unixAccount.text], Self.account)
  }

  func users(withKey material: String) throws -> [Account] {
    // Users with keys are few, so all of them are looked through.
    let ids: [AccountID] = try rows(
      """
      SELECT DISTINCT k.account_id FROM account_key AS k JOIN account AS a ON a.id = k.account_id
      WHERE a.deleted_at IS NULL AND (k.public_key = ?1 OR instr(k.public_key, ?1 || ' ') = 1) ORDER BY 1
      """, [material]
    ) { try $0.id(0) }
    return try ids.compactMap { try account($0) }
  }

  func publicKeys(of account: AccountID) throws -> [String] {
    guard try self.account(account) != nil else { return [] }
    return try rows(
      "SELECT public_key FROM account_key WHERE account_id = ? ORDER BY public_key", [account.rawValue]
    ) { try $0.text(0) }
  }

  /// Makes an account of the columns ``accountColumns``.
  static func account(_ fields: Fields) throws -> Account {
    let about = try fields.particulars(6)
    return Account(
      id: try fields.id(0), kind: try fields.value(1), name: try fields.name(2),
      isEnabled: try fields.flag(3),
      unixAccount: try fields.optionalText(4).map { try fields.checked(4, UnixAccountName($0)) },
      createdAt: try fields.time(5), createdBy: about.createdBy, particulars: about.particulars)
  }
}

extension Session {
  func insert(_ account: Account) throws {
    let keys = SearchKeys(account.name)
    try execute(
      """
      INSERT INTO account (id, kind, name, name_key, search_key, enabled, unix_account, created_at, created_by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        account.id.rawValue, account.kind.rawValue, account.name.text, keys.name, keys.search,
        account.isEnabled, account.unixAccount?.text, account.createdAt.secondsSince1970,
        account.createdBy,
      ], altering: .account(account.id))
    if !account.particulars.isEmpty {
      try setParticulars(
        account.particulars, of: "account", account.id.rawValue, altering: .account(account.id))
    }
    try enterIntoSearch(account.id.rawValue, keys)
    try addToTally(of: account.kind.rawValue, 1)
  }

  func update(_ account: Account, was before: Account) throws {
    let reach = AlteredReach.account(account.id)
    if account.particulars != before.particulars {
      try setParticulars(account.particulars, of: "account", account.id.rawValue, altering: reach)
    }
    try execute(
      "UPDATE account SET name = ?, enabled = ?, unix_account = ? WHERE id = ? AND deleted_at IS NULL",
      [account.name.text, account.isEnabled, account.unixAccount?.text, account.id.rawValue], altering: reach)
    let keys = SearchKeys(account.name)
    guard account.name != before.name, let stored = try stored(account.id), keys != stored.keys else {
      return
    }
    // Apart, because most indexes have the keys, and SQLite writes an index anew whose columns are set.
    try execute(
      "UPDATE account SET name_key = ?, search_key = ? WHERE number = ?",
      [keys.name, keys.search, stored.number], altering: reach)
    try removeFromSearch(stored.number, stored.keys)
    try enterIntoSearch(account.id.rawValue, keys)
    let id = account.id.rawValue
    try execute(
      "UPDATE membership SET name_key = ?, search_key = ? WHERE account_id = ?",
      [keys.name, keys.search, id],
      altering: reach)
    for table in ["role_assignment", "access_grant"] {
      try execute(
        "UPDATE \(table) SET name_key = ? WHERE account_id = ?", [keys.name, id], altering: reach)
    }
  }

  func delete(_ account: AccountID, _ deletion: Deletion) throws {
    guard let stored = try stored(account) else { return }
    let (id, reach) = (account.rawValue, AlteredReach.account(account))
    try execute(
      "UPDATE account SET deleted_at = ?, deletion = ? WHERE number = ?",
      [deletion.at.secondsSince1970, deletion.number, stored.number], altering: reach)
    try removeFromSearch(stored.number, stored.keys)
    try addToTally(of: stored.kind, -1)
    try execute(
      """
      UPDATE team SET member_count = member_count - 1
      WHERE id IN (SELECT team_id FROM membership WHERE account_id = ? AND hidden = 0)
      """, [id], altering: .nobody)
    for table in ["membership", "role_assignment", "access_grant"] {
      try execute("UPDATE \(table) SET hidden = 1 WHERE account_id = ?", [id], altering: reach)
    }
  }

  func setPublicKeys(_ keys: [String], of account: AccountID) throws {
    guard try self.account(account) != nil else { return }
    let reach = AlteredReach.account(account)
    try execute("DELETE FROM account_key WHERE account_id = ?", [account.rawValue], altering: reach)
    for key in Set(keys) {
      try execute(
        "INSERT INTO account_key (account_id, public_key) VALUES (?, ?)", [account.rawValue, key],
        altering: reach)
    }
  }

  /// A living account as the search index stores it.
  private struct StoredAccount {
    let number: Int64
    let kind: String
    let keys: SearchKeys
  }

  private func stored(_ id: AccountID) throws -> StoredAccount? {
    try first(
      "SELECT number, kind, name_key, search_key FROM account WHERE id = ? AND deleted_at IS NULL",
      [id.rawValue]
    ) {
      StoredAccount(
        number: try $0.integer(0), kind: try $0.text(1),
        keys: SearchKeys(name: try $0.text(2), search: try $0.optionalText(3)))
    }
  }

  func addToTally(of kind: String, _ change: Int) throws {
    try execute(
      "UPDATE account_tally SET living = living + ? WHERE kind = ?", [change, kind], altering: .nobody)
  }
}

/// The keys that are stored with a name.
struct SearchKeys: Hashable {
  /// The key by which the name is compared.
  let name: String
  /// The key by which the name is searched; nil where it equals the other key, as in most names. This saves
  /// space.
  let search: String?

  init(_ name: Name) {
    self.name = NameKey(name).text
    let folded = SearchText.fold(name.text)
    search = folded == self.name ? nil : folded
  }

  init(name: String, search: String?) {
    self.name = name
    self.search = search
  }

  var folded: String { search ?? name }
}
