package import Access
internal import Store

extension Change {
  /// Saves one page of a subject's grant on a connector. Changes that others saved meanwhile on other pages
  /// stay; a change on the same page is a conflict.
  package func saveGrant(
    of subject: SubjectID, on connector: ConnectorID, _ page: GrantPage, _ edit: Edit<Permissions>
  ) throws {
    let current = try writer.grant(of: subject, on: connector)?.permissions ?? .none
    let field = page.field
    guard field.isEqual(current, edit.was) || field.isEqual(current, edit.becomes) else {
      throw EditConflict(current: current, mine: edit.becomes)
    }
    var becomes = current
    field.take(&becomes, edit.becomes)
    try setGrant(of: subject, on: connector, becomes)
  }

  /// Replaces the grant of a subject on a connector. A grant that gives nothing is deleted.
  package func setGrant(of subject: SubjectID, on connector: ConnectorID, _ permissions: Permissions) throws {
    try setGrant(of: subject, in: try grantCatalogue(of: connector), permissions)
  }

  /// Drops from a subject's grant on a connector the parts that have left the catalogue, so that they don't
  /// come back. The connector itself may have left, too.
  package func dropDangling(of subject: SubjectID, on connector: ConnectorID) throws {
    try requireManaging(subject)
    guard try writer.danglingGrants(of: subject).contains(connector) else { return }
    try writer.dropDangling(of: subject, on: connector)
    let owner = try target(subject)
    let name = try writer.connector(connector)?.name.text ?? connector.description
    let left = try writer.grant(of: subject, on: connector).map { GrantContent(permissions: $0.permissions) }
    var details = AuditDetails("what left the catalogue", before: "kept", after: "dropped")
    details.add("connector", after: name)
    let change = UndoStep.Change.dropping(
      subject: .init(subject, isUser: owner.kind == .user), connector: connector, connectorName: name,
      left: left)
    try record(
      "\(owner.kind.rawValue).grant", owner, details, doing: UndoStep(name: owner.name, change: change))
  }

  /// The present catalogue of a connector, for a caller that sets many grants on this connector.
  package func grantCatalogue(of connector: ConnectorID) throws -> GrantCatalogue {
    guard let found = try writer.connector(connector) else {
      throw AdministrationError.missing(kind: "connector", name: connector.description)
    }
    return GrantCatalogue(try writer.catalogue(of: found))
  }

  /// Does the same as ``setGrant(of:on:_:)`` with a catalogue that the caller has read. The catalogue must
  /// not have changed since.
  package func setGrant(of subject: SubjectID, in catalogue: GrantCatalogue, _ permissions: Permissions)
    throws
  {
    try setGrant(of: subject, in: catalogue, permissions, bringingBack: GoneParts())
  }

  /// Does the same.
  ///
  /// - Parameter account: the account as it is now in this transaction.
  package func setGrant(of account: Account, in catalogue: GrantCatalogue, _ permissions: Permissions) throws
  {
    try requireManaging(account)
    try setGrantUnchecked(of: .account(account.id), account, in: catalogue, permissions, GoneParts())
  }

  /// - Parameter gone: parts that have left the catalogue, and that are put into the grant again.
  func setGrant(
    of subject: SubjectID, in catalogue: GrantCatalogue, _ permissions: Permissions,
    bringingBack gone: GoneParts
  ) throws {
    try setGrantUnchecked(of: subject, try managedAccount(subject), in: catalogue, permissions, gone)
  }

  /// Sets a grant for a caller that has already checked that the operator may change the subject.
  ///
  /// - Parameter account: the subject as it is now; nil for a team.
  private func setGrantUnchecked(
    of subject: SubjectID, _ account: Account?, in known: GrantCatalogue, _ permissions: Permissions,
    _ gone: GoneParts
  ) throws {
    let catalogue = known.catalogue
    let connector = catalogue.id
    // A grant that gives nothing has no bounds, because there is nothing that could be in force.
    let permissions = permissions.isEmpty ? .none : permissions
    let existing = try writer.grant(of: subject, on: connector)
    let before = existing?.permissions ?? .none
    guard permissions != before || !gone.isEmpty else { return }
    if !permissions.isEmpty { try requireGivingAccess(to: subject) }
    try catalogue.check(permissions)
    // A grant loses its gone parts when it is taken away, and may lose some when it covers less.
    let goneBefore = try existing.map { try writer.goneParts(of: $0.id) }
    if permissions.isEmpty {
      if let existing { try writer.delete(existing.id) }
    } else {
      try writer.put(
        Grant(id: existing?.id ?? .random(), subject: subject, connector: connector, permissions: permissions)
      )
    }
    let owner = try account.map(target) ?? target(subject)
    // A new grant has no gone parts except those that are brought back.
    let hasGone = (existing != nil || !gone.isEmpty) && !permissions.isEmpty
    let after = hasGone ? try writer.grant(of: subject, on: connector) : nil
    if let after, !gone.isEmpty { try writer.add(gone, to: after.id) }
    var details = AuditDetails(before, permissions, known.names)
    // The row always names the connector, even where the grant's fields have not changed.
    details.add("connector", after: catalogue.connector.name.text)
    if !gone.isEmpty { details.add("what left the catalogue", before: "dropped", after: "kept") }
    let goneAfter = try after.map { try writer.goneParts(of: $0.id) }
    let change = UndoStep.Change.grant(
      subject: .init(subject, isUser: owner.kind == .user), connector: connector,
      connectorName: catalogue.connector.name.text,
      turn: .init(
        was: GrantContent(permissions: before, gone: goneBefore ?? GoneParts()),
        became: GrantContent(permissions: permissions, gone: goneAfter ?? GoneParts())))
    try record(
      "\(owner.kind.rawValue).grant", owner, details, doing: UndoStep(name: owner.name, change: change))
  }
}

/// The catalogue of a connector, with the names of all that it has, for the audit rows of many grants.
package struct GrantCatalogue {
  fileprivate let catalogue: ConnectorCatalogue
  fileprivate let names: NameBook

  fileprivate init(_ catalogue: ConnectorCatalogue) {
    self.catalogue = catalogue
    var names = NameBook()
    names.enter(catalogue)
    self.names = names
  }
}

extension ConnectorCatalogue {
  fileprivate func check(_ permissions: Permissions) throws(AdministrationError) {
    guard (permissions.companies.only ?? []).allSatisfy({ companyIndex[$0] != nil }) else {
      throw .notOfConnector("company")
    }
    guard (permissions.lists.only ?? []).allSatisfy({ listIndex[$0] != nil }) else {
      throw .notOfConnector("list")
    }
    for kind in ItemKind.allCases {
      for (list, parts) in Dictionary(grouping: permissions[kind].only ?? [], by: \.list) {
        let present = Set(items(kind, of: list).map(\.id))
        guard parts.allSatisfy({ present.contains($0.item) }) else { throw .notOfConnector(kind.rawValue) }
        guard permissions.lists.covers(list) else { throw .itemOfUncoveredList }
      }
    }
  }
}
