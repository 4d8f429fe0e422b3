/// A set of pairs, or of items of one kind: each of the connectors with each of the companies, the lists and the items of
/// these lists.
struct SightBox: Sendable {
  /// Nil: the box has pairs.
  let kind: ItemKind?
  var connectors: Extent<ConnectorID, Name>
  var companies: Extent<CompanyID, OtherCompany>
  var lists: Extent<ListID, Name>
  /// Items of other lists than ``lists`` don't count. Where the box has pairs, all items are here.
  var items: Extent<ListItem, LawItem<AsFound>>

  var isEmpty: Bool {
    connectors.isEmpty || companies.isEmpty || lists.isEmpty
      || !items.isOpen
        && !(items.known.contains { lists.contains($0.list) }
          || items.coming.contains { lists.contains($0.list) })
  }

  /// False only where both have nothing in common.
  func overlaps(_ other: SightBox) -> Bool {
    kind == other.kind && !connectors.isDisjoint(with: other.connectors)
      && !companies.isDisjoint(with: other.companies) && !lists.isDisjoint(with: other.lists)
      && !items.isDisjoint(with: other.items)
  }

  /// True only where the other box has all of this one.
  func isCovered(by other: SightBox) -> Bool {
    kind == other.kind && connectors.isSubset(of: other.connectors)
      && companies.isSubset(of: other.companies) && lists.isSubset(of: other.lists)
      && items.isSubset(of: other.items)
  }

  /// What both have; nil where that is nothing.
  func intersection(_ other: SightBox) -> SightBox? {
    guard kind == other.kind else { return nil }
    let box = SightBox(
      kind: kind, connectors: connectors.intersection(other.connectors),
      companies: companies.intersection(other.companies), lists: lists.intersection(other.lists),
      items: items.intersection(other.items))
    return box.isEmpty ? nil : box
  }

  /// What the other box has not, as boxes of which no two have anything in common.
  func pieces(outside other: SightBox) -> [SightBox] {
    guard overlaps(other) else { return [self] }
    var rest = self
    var pieces: [SightBox] = []
    rest.cut(\.connectors, by: other, &pieces)
    rest.cut(\.companies, by: other, &pieces)
    rest.cut(\.lists, by: other, &pieces)
    rest.cut(\.items, by: other, &pieces)
    return pieces
  }

  /// Keeps of one part what the other box has, too, and puts the rest of the part aside.
  private mutating func cut<Known, Coming>(
    _ part: WritableKeyPath<SightBox, Extent<Known, Coming>>, by other: SightBox, _ pieces: inout [SightBox]
  ) {
    let (mine, others) = (self[keyPath: part], other[keyPath: part])
    guard !mine.isSubset(of: others) else { return }
    var outside = self
    outside[keyPath: part] = mine.subtracting(others)
    if !outside.isEmpty { pieces.append(outside) }
    self[keyPath: part] = mine.intersection(others)
  }
}

/// What may stand in a pair beside the companies that exist.
enum OtherCompany: Hashable, Sendable {
  /// The pair has no company, as on a connector that has none.
  case absent
  /// Nothing has this name so far.
  case named(Name)
}

/// A connector without companies may come to have some, and then its pairs without a company are no more. So the two
/// never stand side by side, and what a law forbids together may be cut into these two.
enum PairCompanies {
  static let absent = Extent<CompanyID, OtherCompany>.only(coming: [.absent])
  static let given = Extent<CompanyID, OtherCompany>.allBut(coming: [.absent])
}

extension SightBox {
  /// The pairs without a company, and those with one; each nil where there are none.
  var futures: [SightBox?] {
    [PairCompanies.absent, PairCompanies.given].map { companies in
      var box = self
      box.companies = self.companies.intersection(companies)
      return box.isEmpty ? nil : box
    }
  }
}
