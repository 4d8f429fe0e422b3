import Access
import Administration
import SQLiteStore
import Sealing
import Store

/// Measures the store's part in a key, without console and terminal, by calls in this process.
struct Inside {
  let folder: String
  let count: Int

  struct Figure: Sendable {
    let name: String
    let microseconds: [Double]
    /// The number of rows in the page, or the count.
    let rows: Int
  }

  /// The number of rows in a request of the console at 80x24.
  private static let rowsAsked = 57

  func measure() throws -> [Figure] {
    var figures = [try opening()]
    let administration = try open()
    figures.append(try whois(administration))
    figures += try pages(administration)
    figures += try filters(administration)
    return figures
  }

  private func open() throws -> Administration {
    let store = try SQLiteStore.open(StoreFolder(path: folder), now: Surroundings.system.now())
    let actor = Actor(name: "popsec-bench", frontEnd: .commandLine)
    return Administration(
      store: store, keys: try KeyFolder(path: folder + "/keys").load(),
      operating: Operator(actor: actor, permissions: [.securityRead]))
  }

  private func opening() throws -> Figure {
    try Self.figure("open a store, and close it", times: 50) { _ in
      try SQLiteStore.open(StoreFolder(path: folder), now: Surroundings.system.now()).close()
      return 0
    }
  }

  private func whois(_ administration: Administration) throws -> Figure {
    let users = (0..<1_000).map { $0 &* 7_919 % count }
    let pasted = users.map { UserMaker.tokenID(1, of: $0).revealed }
    return try Self.figure("whose a Token ID is", times: 1_000) {
      _ = try administration.whois(pasted: pasted[$0])
      return 1
    }
  }

  private func pages(_ administration: Administration) throws -> [Figure] {
    var figures: [Figure] = []
    for order in AccountOrder.allCases {
      let query = AccountQuery(kind: .apiUser, order: order)
      var position = PagePosition<AccountCursor>.first
      figures.append(
        try Self.figure("first page by \(order.rawValue)", times: 200) { _ in
          try page(administration, query, .first).rows.count
        })
      figures.append(
        try Self.figure("page after page by \(order.rawValue)", times: 200) { _ in
          let page = try page(administration, query, position)
          position = page.hasAfter ? page.rows.last.map { .after($0.cursor) } ?? .first : .first
          return page.rows.count
        })
      figures.append(
        try Self.figure("last page by \(order.rawValue)", times: 200) { _ in
          try page(administration, query, .last).rows.count
        })
    }
    return figures
  }

  private func filters(_ administration: Administration) throws -> [Figure] {
    var figures: [Figure] = []
    for text in ["p", "po", "port", "mex", "000123", "köln", "москва", "nothing such"] {
      let query = AccountQuery(kind: .apiUser, matching: SearchText(text))
      figures.append(
        try Self.figure("first page of “\(text)”", times: 20) { _ in
          try page(administration, query, .first).rows.count
        })
      figures.append(
        try Self.figure("count of “\(text)”", times: 5) { _ in
          try administration.read { try $0.accountCount(query) }
        })
    }
    return figures
  }

  private func page(
    _ administration: Administration, _ query: AccountQuery, _ position: PagePosition<AccountCursor>
  ) throws -> Page<AccountRow> {
    try administration.read {
      try $0.accounts(query, position, limit: Self.rowsAsked, now: administration.now)
    }
  }

  private static func figure(_ name: String, times: Int, _ body: (Int) throws -> Int) throws -> Figure {
    var rows = 0
    let microseconds = try (0..<times).map { index in
      let stopwatch = Stopwatch()
      rows = try body(index)
      return stopwatch.microseconds
    }
    return Figure(name: name, microseconds: microseconds, rows: rows)
  }
}
