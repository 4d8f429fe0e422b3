package import Access
private import Store

/// The fields that the General page edits of an account.
package struct AccountGeneral: Codable, Hashable, Sendable {
  package var name: Name
  package var isEnabled: Bool
  package var unixAccount: UnixAccountName?
  private var about: Particulars?

  private enum CodingKeys: String, CodingKey {
    case name, isEnabled, unixAccount
    case about = "particulars"
  }

  /// Of an API user; a user has none.
  package var particulars: Particulars {
    get { about ?? .none }
    set { about = newValue.orNothing }
  }

  package init(
    name: Name, isEnabled: Bool, unixAccount: UnixAccountName? = nil, particulars: Particulars = .none
  ) {
    self.name = name
    self.isEnabled = isEnabled
    self.unixAccount = unixAccount
    about = particulars.orNothing
  }

  package init(_ account: Account) {
    self.init(
      name: account.name, isEnabled: account.isEnabled, unixAccount: account.unixAccount,
      particulars: account.particulars)
  }
}

extension Change {
  /// Adds a user or an API user without roles, teams or grants. The new account may see nothing.
  @discardableResult
  package func addAccount(
    _ kind: AccountKind, name: Name, isEnabled: Bool = true, unixAccount: UnixAccountName? = nil,
    particulars: Particulars = .none
  ) throws -> Account {
    try addAccount(
      kind, as: .random(),
      AccountGeneral(name: name, isEnabled: isEnabled, unixAccount: unixAccount, particulars: particulars))
  }

  @discardableResult
  func addAccount(_ kind: AccountKind, as id: AccountID, _ general: AccountGeneral) throws -> Account {
    let (name, isEnabled, unixAccount) = (general.name, general.isEnabled, general.unixAccount)
    try requireManaging(kind)
    try requireFree(name, kind: kind, except: nil)
    try requireFree(unixAccount, kind: kind, except: nil)
    try requireMapping(unixAccount)
    try requireParticulars(general.particulars, of: kind, was: .none)
    let account = Account(
      id: id, kind: kind, name: name, isEnabled: isEnabled, unixAccount: unixAccount, createdAt: now,
      createdBy: operating.actor.name, particulars: general.particulars)
    try writer.insert(account)
    try record("add", account, was: nil, AccountGeneral(account))
    return account
  }

  /// Saves the General page.
  package func saveGeneral(_ id: AccountID, _ edit: Edit<AccountGeneral>) throws {
    try saveGeneral(try account(id), edit)
  }

  /// - Parameter before: the account as it is now in this transaction.
  private func saveGeneral(_ before: Account, _ edit: Edit<AccountGeneral>) throws {
    let id = before.id
    try requireManaging(before)
    try edit.check(against: AccountGeneral(before))
    var after = before
    after.name = edit.becomes.name
    after.isEnabled = edit.becomes.isEnabled
    after.unixAccount = edit.becomes.unixAccount
    try requireParticulars(edit.becomes.particulars, of: after.kind, was: before.particulars)
    after.particulars = edit.becomes.particulars
    guard after != before else { return }
    if after.name != before.name { try requireFree(after.name, kind: after.kind, except: id) }
    try requireFree(after.unixAccount, kind: after.kind, except: id)
    if after.unixAccount != before.unixAccount { try requireMapping(after.unixAccount) }
    try writer.update(after, was: before)
    try record("edit", before, was: AccountGeneral(before), AccountGeneral(after))
    let hasNewMeans = after.unixAccount != nil && after.unixAccount != before.unixAccount
    if hasNewMeans || (after.isEnabled && !before.isEnabled) { ledger.letIn.insert(id) }
  }

  package func rename(_ id: AccountID, to name: Name) throws {
    let was = AccountGeneral(try account(id))
    var becomes = was
    becomes.name = name
    try saveGeneral(id, Edit(was: was, becomes: becomes))
  }

  package func setEnabled(_ isEnabled: Bool, _ id: AccountID) throws {
    try setEnabled(isEnabled, try account(id))
  }

  /// - Parameter account: the account as it is now in this transaction.
  func setEnabled(_ isEnabled: Bool, _ account: Account) throws {
    let was = AccountGeneral(account)
    var becomes = was
    becomes.isEnabled = isEnabled
    try saveGeneral(account, Edit(was: was, becomes: becomes))
  }

  /// Says who answers for an API user, what it is for, and by what it is sorted.
  package func setParticulars(_ particulars: Particulars, of id: AccountID) throws {
    let was = AccountGeneral(try account(id))
    var becomes = was
    becomes.particulars = particulars
    try saveGeneral(id, Edit(was: was, becomes: becomes))
  }

  /// Deletes an account and revokes its tokens for good.
  package func deleteAccount(_ id: AccountID) throws { try deleteAccount(id, as: nil) }

  func deleteAccount(_ id: AccountID, as again: RepeatedDeletion?) throws {
    let account = try account(id)
    try requireManaging(account)
    let holdings = undoLog.keepsHoldings ? try holdings(of: id) : nil
    for token in try writer.tokens(of: id) where token.revokedAt == nil {
      try revokeUnchecked(token, of: account, isAside: true)
    }
    let deletion = try deletion(again?.number)
    try writer.delete(id, deletion)
    try rename(DeletedThing(DeletedKind(account.kind), id), as: again)
    try record(
      "delete", account, AuditDetails(),
      .init(
        was: AccountGeneral(account), became: nil, holdings: holdings, deletion: deletion.number,
        formerName: again?.formerName))
  }

  private func record(
    _ verb: String, _ account: Account, was: AccountGeneral?, _ became: AccountGeneral
  ) throws {
    let names = try ownerNames(was?.particulars, became.particulars)
    try record(verb, account, AuditDetails(was, became, names), .init(was: was, became: became))
  }

  private func record(
    _ verb: String, _ account: Account, _ details: AuditDetails, _ turn: UndoStep.Turn<AccountGeneral>
  ) throws {
    let change = UndoStep.Change.account(id: account.id, isUser: account.kind == .user, turn: turn)
    try record(
      "\(account.kind.rawValue).\(verb)", target(account), details,
      doing: UndoStep(name: account.name.text, change: change))
  }

  /// Replaces the SSH public keys of a user.
  package func setPublicKeys(_ keys: [String], of id: AccountID) throws {
    let account = try account(id)
    try requireManaging(account)
    guard account.kind == .user else { throw AdministrationError.notForAPIUsers }
    let before = try writer.publicKeys(of: id)
    guard Set(before) != Set(keys) else { return }
    for key in Set(keys).subtracting(before) { try requireFree(key, of: id) }
    try writer.setPublicKeys(keys, of: id)
    var details = AuditDetails()
    details.add("keys", before: before, after: keys)
    let change = UndoStep.Change.keys(account: id, turn: .init(was: before, became: Set(keys).sorted()))
    try record(
      "user.keys", target(account), details, doing: UndoStep(name: account.name.text, change: change))
    if !Set(keys).isSubset(of: before) { ledger.letIn.insert(id) }
  }

  /// Lets a user sign in with one more SSH key. Whoever holds this key gets everything that the user has.
  package func addPublicKey(_ key: SSHPublicKey, to id: AccountID) throws {
    try setPublicKeys(
      try writer.publicKeys(of: id).filter { !$0.isKey(key.material) } + [key.description], of: id)
  }

  package func removePublicKey(_ line: String, from id: AccountID) throws {
    try setPublicKeys(try writer.publicKeys(of: id).filter { $0 != line }, of: id)
  }

  func requireFree(_ line: String, of id: AccountID) throws {
    guard let key = try? SSHPublicKey(line) else { return }
    if let other = try writer.users(withKey: key.material).first(where: { $0.id != id }) {
      throw AdministrationError.publicKeyTaken(other.name)
    }
  }

  private func requireFree(_ name: Name, kind: AccountKind, except id: AccountID?) throws {
    if let other = try writer.account(kind, named: NameKey(name)), other.id != id {
      throw AdministrationError.nameTaken(kind: kind.title, name: name)
    }
  }

  func requireFree(_ unixAccount: UnixAccountName?, kind: AccountKind, except id: AccountID?) throws {
    guard let unixAccount else { return }
    guard kind == .user else { throw AdministrationError.notForAPIUsers }
    if let other = try writer.account(unixAccount: unixAccount), other.id != id {
      throw AdministrationError.unixAccountTaken(unixAccount)
    }
  }
}

extension String {
  /// Whether a line of authorized_keys, without its options, has this key.
  fileprivate func isKey(_ material: String) -> Bool { self == material || hasPrefix(material + " ") }
}
