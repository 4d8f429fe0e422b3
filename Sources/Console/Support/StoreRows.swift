import Access
import Store

/// The store's rows and pages as a list shows them.

extension AccountRow: ListRow { var id: AccountID { account.id } }
extension TeamRow: ListRow { var id: TeamID { team.id } }
extension MemberRow: ListRow { var id: AccountID { account.id } }

extension ListPosition {
  var stored: PagePosition<Cursor> {
    switch self {
    case .first: .first
    case .last: .last
    case .after(let cursor): .after(cursor)
    case .before(let cursor): .before(cursor)
    }
  }
}

extension Page {
  /// The page with its rows transformed.
  func map<Other>(_ transform: (Row) throws -> Other) rethrows -> Page<Other> {
    Page<Other>(rows: try rows.map(transform), hasBefore: hasBefore, hasAfter: hasAfter)
  }
}

extension ListPage {
  init(_ page: Page<Row>) {
    self.init(rows: page.rows, hasBefore: page.hasBefore, hasAfter: page.hasAfter)
  }
}

extension CatalogueReader {
  /// The name of a place, as in `widget “Sales MX”`; nil for a place that left the catalogue.
  func name(of place: UsedPlace) throws -> String? {
    switch place {
    case .widget(let id): try widget(id).map { "widget \(quotedName($0.name))" }
    case .endpoint(let id): try endpoint(id).map { "endpoint \(quotedName($0.name))" }
    case .api: "the API"
    }
  }
}
