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

extension ListPage {
  init(_ page: Page<Row>) {
    self.init(rows: page.rows, hasBefore: page.hasBefore, hasAfter: page.hasAfter)
  }
}
