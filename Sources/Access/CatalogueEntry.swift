/// Any entry of the catalogue. Entries of all kinds are added, changed and deleted in the same way.
package enum CatalogueEntry: Hashable, Sendable {
  case connector(Connector)
  case company(Company)
  case list(CatalogueList)
  case item(Item)
  case widget(Widget)
  case endpoint(Endpoint)

  package var kind: DeletedKind { thing.kind }

  /// The entry as a value of its own type.
  package var member: any CatalogueMember {
    switch self {
    case .connector(let connector): connector
    case .company(let company): company
    case .list(let list): list
    case .item(let item): item
    case .widget(let widget): widget
    case .endpoint(let endpoint): endpoint
    }
  }

  package var name: Name { member.name }
  package var thing: DeletedThing { member.thing }

  /// The entry's kind in words; for an item, the item's kind.
  package var kindWords: String {
    guard case .item(let item) = self else { return kind.rawValue }
    return switch item.kind {
    case .action: "action"
    case .detail: "detail"
    case .listAction: "list action"
    }
  }

  /// The thing that contains the entry and can be deleted while the entry stays: the connector of a company
  /// or list, and the list of an item.
  package var place: DeletedThing? {
    switch self {
    case .company(let company): DeletedThing(.connector, company.connector)
    case .list(let list): DeletedThing(.connector, list.connector)
    case .item(let item): DeletedThing(.list, item.list)
    case .connector, .widget, .endpoint: nil
    }
  }
}

/// A type of catalogue entry. Code that handles one kind of entry uses its type instead of
/// ``CatalogueEntry``.
package protocol CatalogueMember: Codable, Hashable, Sendable {
  static var kind: DeletedKind { get }
  var id: Identifier<Self> { get }
  var name: Name { get }
  var entry: CatalogueEntry { get }
}

extension CatalogueMember {
  package var thing: DeletedThing { DeletedThing(Self.kind, id) }
}

extension Connector: CatalogueMember {
  package static var kind: DeletedKind { .connector }
  package var entry: CatalogueEntry { .connector(self) }
}

extension Company: CatalogueMember {
  package static var kind: DeletedKind { .company }
  package var entry: CatalogueEntry { .company(self) }
}

extension CatalogueList: CatalogueMember {
  package static var kind: DeletedKind { .list }
  package var entry: CatalogueEntry { .list(self) }
}

extension Item: CatalogueMember {
  package static var kind: DeletedKind { .item }
  package var entry: CatalogueEntry { .item(self) }
}

extension Widget: CatalogueMember {
  package static var kind: DeletedKind { .widget }
  package var entry: CatalogueEntry { .widget(self) }
}

extension Endpoint: CatalogueMember {
  package static var kind: DeletedKind { .endpoint }
  package var entry: CatalogueEntry { .endpoint(self) }
}
