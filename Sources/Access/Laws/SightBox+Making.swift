extension SightBox {
  /// The kinds of boxes: of pairs, and of items.
  static let kinds: [ItemKind?] = [nil] + ItemKind.allCases.map(Optional.some)

  /// What permissions let one see of a connector, by the conditions a to d of step 6. There *all* stands for what may
  /// come, too.
  ///
  /// - Parameter part: what the connector has; nil for a connector that may come.
  init(
    _ permissions: Permissions, on connector: Foreseen<ConnectorID>, _ part: LawGround.Part?,
    _ kind: ItemKind?
  ) {
    let isAdministrator = permissions.roles.contains(.administrator)
    self.kind = kind
    connectors = Extent(.only([connector]))
    lists = isAdministrator ? .all : Extent(permissions.lists)
    items = isAdministrator ? .all : kind.map { Extent(permissions[$0]) } ?? .all
    companies = Self.companies(isAdministrator ? .all : permissions.companies, in: part)
  }

  private static func companies(
    _ covered: Coverage<CompanyID>, in part: LawGround.Part?
  ) -> Extent<CompanyID, OtherCompany> {
    if part?.whole.companies != nil { return covered.only.map { .only($0) } ?? PairCompanies.given }
    // What exists has no company, so that only *all* covers the first ones.
    return covered == .all ? .all : PairCompanies.absent
  }

  /// Everything of the connectors that may come, and of those that exist but for these.
  init(allBut connectors: Set<ConnectorID>, _ kind: ItemKind?) {
    (self.kind, self.connectors) = (kind, .allBut(connectors))
    (companies, lists, items) = (.all, .all, .all)
  }

  fileprivate init(_ what: LawWhat<AsFound>, _ kind: ItemKind?, _ wanted: Coverage<LawItem<AsFound>>) {
    self.kind = kind
    connectors = Extent(.only([what.connector]))
    companies =
      what.companies.only.map { companies in
        .only(
          Set(companies.compactMap(\.id)),
          coming: Set(companies.compactMap(\.name).map(OtherCompany.named)))
      } ?? .all
    lists = Extent(what.lists)
    items =
      wanted.only.map { wanted in
        .only(Set(wanted.compactMap(\.known)), coming: wanted.filter { $0.known == nil })
      } ?? .all
  }
}

extension LawWhat<AsFound> {
  /// What the law speaks of: pairs, or items of some kinds.
  var boxes: [SightBox] {
    if items.isEmpty { return [SightBox(self, nil, .all)] }
    return ItemKind.allCases.compactMap { kind in items[kind].map { SightBox(self, kind, $0) } }
  }
}

extension LawItem<AsFound> {
  /// The item, where it and its list exist.
  fileprivate var known: ListItem? {
    list.id.flatMap { list in item.id.map { ListItem(list: list, item: $0) } }
  }
}

extension Permissions {
  /// Whether these permissions let one see something of `what`, be it there or yet to come.
  package func reach(_ what: LawWhat<AsFound>, in ground: LawGround) -> Bool {
    let part = what.connector.id.flatMap { ground.parts[$0] }
    return what.boxes.contains { box in
      SightBox(self, on: what.connector, part, box.kind).intersection(box) != nil
    }
  }
}
