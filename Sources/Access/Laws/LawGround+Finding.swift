extension LawGround {
  /// One thing that the box has and none of the others, to show; nil where there is none. What exists goes before what
  /// may come.
  func thing(of box: SightBox, outside others: ArraySlice<SightBox>) -> SeenThing? {
    if others.contains(where: box.isCovered(by:)) { return nil }
    guard let first = others.firstIndex(where: box.overlaps) else { return thing(of: box) }
    let rest = others[(first + 1)...]
    return preferred(box.pieces(outside: others[first]).lazy.compactMap { thing(of: $0, outside: rest) }) {
      $0.exists
    }
  }

  private func thing(of box: SightBox) -> SeenThing? {
    guard !box.isEmpty, let connector = box.connectors.first(of: parts.keys.sorted()) else { return nil }
    let part = connector.id.flatMap { parts[$0] }
    let company = box.companies.first(in: part)
    guard let kind = box.kind else {
      return box.lists.first(of: part?.whole.lists ?? []).map {
        SeenThing(connector: connector, company: company, list: $0)
      }
    }
    return box.firstItem(kind, in: part).map {
      SeenThing(
        connector: connector, company: company, list: $0.list, item: SeenItem(kind: kind, item: $0.item))
    }
  }
}

/// The first of these of which the condition holds; the first one where it holds of none.
func preferred<Value>(_ values: some Sequence<Value>, _ isPreferred: (Value) -> Bool) -> Value? {
  var first: Value?
  for value in values {
    if isPreferred(value) { return value }
    first = first ?? value
  }
  return first
}

extension SeenThing {
  /// Whether the thing is there already, and does not only may come.
  var exists: Bool {
    connector.id != nil && list.id != nil && company.map { $0.id != nil } ?? true
      && item.map { $0.item.id != nil } ?? true
  }
}

extension Extent<CompanyID, OtherCompany> {
  /// The company of one pair, where there is one; nil for a pair without a company.
  fileprivate func first(in part: LawGround.Part?) -> Foreseen<CompanyID>? {
    let existing = isOpen ? part?.whole.companies?.first(where: contains) : known.min()
    if let existing { return .present(existing) }
    if part?.whole.companies == nil, contains(coming: .absent) { return nil }
    if isOpen { return .any }
    let names = coming.compactMap { if case .named(let name) = $0 { name } else { nil } }
    return names.min { $0.text < $1.text }.map(Foreseen.named)
  }
}

extension SightBox {
  fileprivate func firstItem(
    _ kind: ItemKind, in part: LawGround.Part?
  ) -> (list: Foreseen<ListID>, item: Foreseen<ItemID>)? {
    guard items.isOpen else {
      let item = items.known.filter { lists.contains($0.list) }.min()
      return item.map { (.present($0.list), .present($0.item)) }
        ?? items.coming.filter { lists.contains($0.list) }.min { $0.rank < $1.rank }.map {
          ($0.list, $0.item)
        }
    }
    func existing(_ list: ListID) -> ItemID? {
      part?.items[list]?.first { $0.kind == kind && items.contains(ListItem(list: list, item: $0.id)) }?.id
    }
    let known = part?.whole.lists ?? []
    let found = known.lazy.filter(lists.contains).compactMap { list in existing(list).map { (list, $0) } }
      .first
    return found.map { (.present($0.0), .present($0.1)) } ?? lists.first(of: known).map { ($0, .any) }
  }
}

extension LawItem<AsFound> {
  /// What exists goes first, in a fixed order.
  fileprivate var rank: (Int64, Int64) { (list.id?.rawValue ?? .max, item.id?.rawValue ?? .max) }
}
