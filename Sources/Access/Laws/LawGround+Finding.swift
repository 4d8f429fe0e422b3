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

  /// What is gone since the box was made does not count.
  private func thing(of box: SightBox) -> SeenThing? {
    guard !box.isEmpty,
      let connector = box.connectors.first(of: box.connectors.isOpen ? parts.keys.sorted() : nil)
    else { return nil }
    let part = connector.id.flatMap { parts[$0] }
    guard let company = box.companies.first(in: part) else { return nil }
    guard let kind = box.kind else {
      return box.lists.first(of: part?.whole.lists).map {
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
  /// The company of one pair, which is nil for a pair without one; nil where there is no pair.
  fileprivate func first(in part: LawGround.Part?) -> Foreseen<CompanyID>?? {
    let known = part == nil && !isOpen ? self.known.min() : part?.whole.companies?.first(where: contains)
    if let known { return .some(.present(known)) }
    if part?.whole.companies == nil, contains(coming: .absent) { return .some(nil) }
    if isOpen { return .some(.any) }
    let names = coming.compactMap { if case .named(let name) = $0 { name } else { nil } }
    return names.min { $0.text < $1.text }.map { .some(.named($0)) }
  }
}

extension SightBox {
  fileprivate func firstItem(
    _ kind: ItemKind, in part: LawGround.Part?
  ) -> (list: Foreseen<ListID>, item: Foreseen<ItemID>)? {
    guard items.isOpen else { return firstNamedItem(in: part) }
    func existing(_ list: ListID) -> ItemID? {
      part?.items[list]?.first { $0.kind == kind && items.contains(ListItem(list: list, item: $0.id)) }?.id
    }
    let found = part?.whole.lists.lazy.filter(lists.contains)
      .compactMap { list in existing(list).map { (list, $0) } }.first
    if let found { return (.present(found.0), .present(found.1)) }
    return lists.first(of: part?.whole.lists).map { ($0, .any) }
  }

  private func firstNamedItem(
    in part: LawGround.Part?
  ) -> (list: Foreseen<ListID>, item: Foreseen<ItemID>)? {
    let known = items.known.filter { item in
      lists.contains(item.list)
        && part.map { $0.items[item.list]?.contains { $0.id == item.item } ?? false } ?? true
    }.min()
    if let known { return (.present(known.list), .present(known.item)) }
    let coming = items.coming.filter { lists.contains($0.list) && $0.mayCome(in: part) }
    return coming.min { $0.rank < $1.rank }.map { ($0.list, $0.item) }
  }
}

extension LawItem<AsFound> {
  /// Whether the list is there, or may come.
  fileprivate func mayCome(in part: LawGround.Part?) -> Bool {
    list.id.map { list in part.map { $0.whole.lists.contains(list) } ?? true } ?? true
  }

  /// What exists goes first, in a fixed order.
  fileprivate var rank: (Int64, Int64) { (list.id?.rawValue ?? .max, item.id?.rawValue ?? .max) }
}
