package import Access
package import Store

extension Change {
  /// Makes something deleted live again, under its old name or another, with the memberships, roles and grants
  /// that it had. Its tokens stay revoked. It counts as giving all that it has.
  ///
  /// Errors: also ``UndoProblem``.
  @discardableResult
  package func restore(_ thing: DeletedThing, as name: Name? = nil) throws -> DeletedRow {
    let row = try restore(thing, as: name, withParts: true)
    try requirePlace(of: row)
    return row
  }

  @discardableResult
  func restore(_ thing: DeletedThing, as name: Name?, withParts: Bool) throws -> DeletedRow {
    try require(thing.kind.managing)
    let row = try deletedRow(thing)
    let becomes = name ?? row.name
    try requireFree(becomes, for: thing)
    if thing.kind == .role { try requireNotReserved(becomes) }
    if thing.kind == .user, let account = try writer.deletedAccount(thing.identifier()) {
      try requireFree(account.unixAccount, kind: .user, except: account.id)
      try requireMapping(account.unixAccount)
    }
    try writer.restore(thing, as: becomes, withParts: withParts)
    try requireGivingAll(of: thing, becomes)
    let details = AuditDetails("name", before: row.name.text, after: becomes.text)
    try record(
      "\(thing.kind.auditGroup).restore", row.target, details,
      doing: try restoring(row, as: becomes, isPartless: !withParts))
    return row
  }

  /// Removes something deleted for good.
  ///
  /// Errors: also ``UndoProblem``.
  @discardableResult
  package func purge(_ thing: DeletedThing) throws -> DeletedRow {
    try require(thing.kind.managing)
    let row = try deletedRow(thing)
    try requireCovering(try writer.formerAuthority(of: thing).from(now), row.name)
    switch try writer.purgeObstacle(of: thing) {
    case .livingPlaces(let count): throw UndoProblem.neededByPlaces(count)
    case .limitedTokens(let count): throw UndoProblem.neededByTokens(count)
    case nil: break
    }
    try purgeUnchecked(row)
    return row
  }

  func purgeUnchecked(_ row: DeletedRow, _ details: AuditDetails = AuditDetails()) throws {
    try writer.purge(row.thing)
    var details = details
    details.add("deleted", before: row.deletedAt.description)
    let step = UndoStep(name: row.name.text, change: .purge(thing: row.thing), isAside: true)
    try record("\(row.kind.auditGroup).purge", row.target, details, doing: step)
  }

  /// A deletion of its own, or once more the one that was taken back. Its audit row is the next one.
  func deletion(_ number: Int64?) throws -> Deletion {
    guard let number = try number ?? AuditChain.number(after: try writer.auditHead()?.sequence) else {
      throw AdministrationError.auditDamaged
    }
    return Deletion(number: number, at: now)
  }

  private func deletedRow(_ thing: DeletedThing) throws -> DeletedRow {
    guard let row = try writer.deleted(thing) else {
      throw UndoProblem.notDeleted(kind: thing.kind.title, name: thing.idText)
    }
    return row
  }

  func requireFree(_ name: Name, for thing: DeletedThing) throws {
    guard try writer.isFree(name, for: thing) else {
      throw UndoProblem.nameTaken(kind: thing.kind.title, name: name)
    }
  }

  /// Of what was just restored: whoever throws out of the transaction undoes that.
  private func requireGivingAll(of thing: DeletedThing, _ name: Name) throws {
    switch thing.kind {
    case .user, .apiUser:
      let id: AccountID = thing.identifier()
      for key in try writer.publicKeys(of: id) { try requireFree(key, of: id) }
      try requireGiving(try writer.authority(of: id).from(now), to: .account(id), name)
      let subjects = [.account(id)] + (try writer.teams(of: id)).map { SubjectID.team($0.value.id) }
      if try subjects.contains(where: { try !writer.grants(of: $0).isEmpty }) {
        try requireGivingAccess(to: .account(id))
      }
    case .team:
      let id: TeamID = thing.identifier()
      try requireGiving(try writer.authority(of: id).from(now), to: .team(id), name)
      if try !writer.grants(of: .team(id)).isEmpty { try requireGivingAccess(to: .team(id)) }
    case .role:
      let id: RoleID = thing.identifier()
      let given = try authority(of: .custom(id))
      try requireCovering(given, name)
      try requireGivingAccess(given, toHoldersOf: id)
    case .widget, .endpoint: ledger.readdressed.insert(thing)
    case .connector, .company, .list, .item: break
    }
  }

  /// A widget or endpoint of a connector that is deleted would be of no use.
  private func requirePlace(of row: DeletedRow) throws {
    let connector =
      switch try writer.entry(row.thing) {
      case .widget(let widget): widget.connector
      case .endpoint(let endpoint): endpoint.connector
      default: nil as ConnectorID?
      }
    guard let connector, try writer.connector(connector) == nil else { return }
    throw UndoProblem.placeDeleted(row.name.text)
  }

  /// Of all that got an address back, when all is done: what takes it may itself be taken back meanwhile.
  func requireFreeAddresses() throws {
    for thing in ledger.readdressed {
      if let entry = try writer.entry(thing) { try requireFreeAddress(of: entry) }
    }
  }

  /// Two that a request could equally mean must not be.
  private func requireFreeAddress(of entry: CatalogueEntry) throws {
    let claim: AddressClaim
    switch entry {
    case .widget(let widget): claim = widget.claim
    case .endpoint(let endpoint): claim = endpoint.claim
    case .connector, .company, .list, .item: return
    }
    for widget in try writer.widgets()
    where widget.thing != entry.thing && widget.claim.isAmbiguous(with: claim) {
      throw UndoProblem.addressTaken("widget \(quoted(widget.name.text))")
    }
    for endpoint in try writer.endpoints()
    where endpoint.thing != entry.thing && endpoint.claim.isAmbiguous(with: claim) {
      throw UndoProblem.addressTaken("endpoint \(quoted(endpoint.name.text))")
    }
  }

  private func restoring(_ row: DeletedRow, as name: Name, isPartless: Bool) throws -> UndoStep {
    let thing = row.thing
    func came<Value>(_ became: Value, _ holdings: String) -> UndoStep.Turn<Value> {
      UndoStep.Turn(
        was: nil, became: became, holdings: holdings, deletion: row.deletion, isPartless: isPartless,
        formerName: row.name == name ? nil : row.name)
    }
    let change: UndoStep.Change
    switch thing.kind {
    case .user, .apiUser:
      let id: AccountID = thing.identifier()
      let turn = came(AccountGeneral(try account(id)), try holdings(of: id))
      change = .account(id: id, isUser: thing.kind == .user, turn: turn)
    case .team:
      let id: TeamID = thing.identifier()
      change = .team(id: id, turn: came(TeamGeneral(try team(id)), try holdings(of: id)))
    case .role:
      let id: RoleID = thing.identifier()
      change = .role(id: id, turn: came(RoleContent(try role(id)), try holdings(of: id)))
    case .connector, .company, .list, .item, .widget, .endpoint:
      guard let entry = try writer.entry(thing) else { throw UndoProblem.placeDeleted(name.text) }
      change = .entry(turn: came(entry, try holdings(of: entry)))
    }
    return UndoStep(name: name.text, change: change)
  }
}

extension DeletedKind {
  /// The first word of its actions in the audit log.
  fileprivate var auditGroup: String {
    switch self {
    case .user, .apiUser, .team, .role: rawValue
    case .connector, .company, .list, .item, .widget, .endpoint: "catalogue"
    }
  }
}

extension DeletedRow {
  fileprivate var target: AuditTarget {
    AuditTarget(thing, name: name)
  }
}
