extension Permissions {
  /// The permissions of one grant that gives from `start` on what this grant and another one on the same connector
  /// give, and no more.
  ///
  /// It is nil where there is no such grant: where companies and lists both differ, for example, one grant would
  /// give the lists of each for the companies of the other.
  package func joined(with other: Permissions, from start: Timestamp) -> Permissions? {
    if other.bounds.isOver(at: start) || other.isCovered(by: self, from: start) { return self }
    if bounds.isOver(at: start) || isCovered(by: other, from: start) { return other }
    var joined = self
    if isSame(as: other) {
      guard let bounds = bounds.joined(with: other.bounds, from: start) else { return nil }
      joined.bounds = bounds
      return joined
    }
    guard bounds.isCovered(by: [other.bounds], from: start), other.bounds.isCovered(by: [bounds], from: start)
    else { return nil }
    joined.roles.formUnion(other.roles)
    joined.companies = companies.adding(other.companies)
    joined.lists = lists.adding(other.lists)
    for kind in ItemKind.allCases { joined[kind] = self[kind].adding(other[kind]) }
    // This role gives everything, so that nothing is left that the two could give together.
    if joined.roles.contains(.administrator) { return joined }
    let isExact =
      roles == other.roles
      ? (companies == other.companies ? itemsStayExact(with: other) : hasSameLists(as: other))
      : companies == other.companies && hasSameLists(as: other)
    return isExact ? joined : nil
  }

  /// Whether the other grant, on the same connector, has from `start` on each role, company, list and item that this grant
  /// has, and *all* where this grant has it. What this grant would give only before `start` does not count.
  ///
  /// A change of the other grant into this one only takes away then.
  package func isCovered(by other: Permissions, from start: Timestamp = .distantPast) -> Bool {
    if bounds.isOver(at: start) { return true }
    return bounds.isCovered(by: other.bounds, from: start) && roles.isSubset(of: other.roles)
      && companies.isCovered(by: other.companies) && lists.isCovered(by: other.lists)
      && ItemKind.allCases.allSatisfy { self[$0].isCovered(by: other[$0]) }
  }

  /// Whether both give the same, whenever that is.
  private func isSame(as other: Permissions) -> Bool {
    roles == other.roles && companies == other.companies && hasSameLists(as: other)
  }

  private func hasSameLists(as other: Permissions) -> Bool {
    lists == other.lists && ItemKind.allCases.allSatisfy { self[$0] == other[$0] }
  }

  /// Whether no item is added by *all* of the one that stands for lists of the other, too.
  private func itemsStayExact(with other: Permissions) -> Bool {
    ItemKind.allCases.allSatisfy { kind in
      switch (self[kind], other[kind]) {
      case (.all, .only): other.lists.isCovered(by: lists)
      case (.only, .all): lists.isCovered(by: other.lists)
      case (.all, .all), (.only, .only): true
      }
    }
  }
}

extension Coverage {
  /// Whether the other one covers all that this one covers, *all* only by *all*.
  package func isCovered(by other: Coverage) -> Bool {
    guard let covering = other.only else { return true }
    return only?.isSubset(of: covering) ?? false
  }
}
