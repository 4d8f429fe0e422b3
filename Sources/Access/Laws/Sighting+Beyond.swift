extension Sighting {
  /// One thing that can be seen in a future and that the other permissions, on the same connector, don't cover; nil where
  /// there is none.
  ///
  /// - Parameter other: nil where there is no grant on the connector.
  func first(beyond other: Sighting?, in future: CatalogueFuture) -> SeenThing? {
    guard let company = firstCompany(of: .all, in: future),
      let thing = first(of: LawWhat(allOf: connector), in: future)
    else { return nil }
    guard let other, other.permissions.giveData else { return thing }
    if other.isAdministrator { return nil }
    if let mine = companies(in: future), let others = other.companies(in: future),
      let outside = mine.first(outside: others, part?.whole.companies)
    {
      return self.thing(SeenCompany(outside), thing.list)
    }
    if let outside = lists.first(outside: other.lists, part?.whole.lists) {
      return self.thing(company, outside)
    }
    for kind in ItemKind.allCases {
      if let found = firstItem(kind, outside: other.items(kind)) {
        return self.thing(company, found.list, SeenItem(kind: kind, item: found.item))
      }
    }
    return nil
  }

  private func firstItem(
    _ kind: ItemKind, outside others: Coverage<ListItem>
  ) -> (list: Foreseen<ListID>, item: Foreseen<ItemID>)? {
    switch (items(kind), others) {
    case (_, .all): return nil
    case (.only(let mine), .only(let others)):
      let item = mine.lazy.filter { !others.contains($0) && lists.covers($0.list) }.min()
      return item.map { (.present($0.list), .present($0.item)) }
    case (.all, .only(let others)):
      let known = lists.only.map { $0.min() } ?? part?.whole.lists.first
      guard let list = known else { return (.any, .any) }
      let item = part?.items[list]?.first {
        $0.kind == kind && !others.contains(ListItem(list: list, item: $0.id))
      }
      return (.present(list), item.map { .present($0.id) } ?? .any)
    }
  }
}

extension Coverage where Element: Comparable {
  /// One thing that is covered here and not by the other; `known` are the present things of which *all* may name one.
  fileprivate func first<Kind>(
    outside other: Coverage, _ known: [Element]?
  ) -> Foreseen<Element>? where Element == Identifier<Kind> {
    switch (self, other) {
    case (_, .all): nil
    case (.all, .only(let others)): known?.first { !others.contains($0) }.map(Foreseen.present) ?? .any
    case (.only(let mine), .only(let others)):
      mine.lazy.filter { !others.contains($0) }.min().map(Foreseen.present)
    }
  }
}
