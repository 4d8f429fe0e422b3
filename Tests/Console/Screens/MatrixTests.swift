import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

/// The access matrix, and the comparison of two subjects.
@Suite("The access matrix shows what may be seen, and leads to the reason") struct MatrixTests {
  private func world() throws -> ScreenWorld {
    let world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
    return world
  }

  /// Lists and companies of a large connector, of which Portal USA is given everything.
  private func large() throws -> ScreenWorld {
    let world = try world()
    try world.administration.change { change in
      let connector = try change.addConnector(try Name("ERP"))
      for number in 10..<50 {
        _ = try change.addCompany(try Name("Northwind Traders \(number)"), to: connector)
        _ = try change.addList(
          try Name("List \(number)"), group: try Name("Group \(number / 10)"), to: connector)
      }
      let account = try #require(try change.reader.account(.apiUser, named: NameKey(try Name("Portal USA"))))
      try change.setGrant(
        of: .account(account.id), on: connector, Permissions(roles: [.user], companies: .all, lists: .all))
      try change.saveRoles(of: .account(account.id), Edit(was: [], becomes: [.builtIn(.apiReader)]))
    }
    return world
  }

  private func row(_ text: String, of console: ConsoleDriver) -> String {
    console.text.split(separator: "\n").first { $0.contains(text) }.map(String.init) ?? ""
  }

  @Test(
    "m opens it in every list of subjects and on the page of effective access",
    arguments: ["s a Down*2 m", "s t m", "s a Down*2 Enter Down*4 Enter m"])
  func opens(keys: String) throws {
    let world = try world()
    var console = world.console()
    console.press(keys)
    #expect(console.compositor.titles.last == "Access matrix", "\(console.text)")
    #expect(row("Sales Orders", of: console).contains("▪"), "\(console.text)")
    #expect(row("Sales Orders", of: console).contains("·"))
    #expect(!row("Purchase Orders", of: console).contains("▪"))
    #expect(console.text.contains("with 1 of 2 items"), "\(console.text)")
    #expect(console.text.contains("without the detail Lines"))
  }

  @Test("Enter asks Why about the pair under the cursor, at the instant that is looked at")
  func why() throws {
    let world = try world()
    var console = world.console()
    console.press("s a Down*2 m Right Down Up Enter")
    #expect(console.compositor.titles.last == "Why")
    #expect(console.text.contains("DENIED") && console.text.contains("US"), "\(console.text)")
    console.press("Esc Left x \"2027-02-21 00:00\" Enter")
    #expect(console.text.contains("[Sun 21 Feb 2027 00:00 UTC]"), "\(console.text)")
    console.press("Enter")
    #expect(console.text.contains("ALLOWED") && console.text.contains("21 Feb 2027"), "\(console.text)")
  }

  @Test("a large connector scrolls both ways, and the names stay", arguments: EverySizeTests.sizes)
  func scrolls(size: Size) throws {
    let world = try large()
    var console = world.console(size: size)
    console.press("s a / \"USA\" Enter m")
    #expect(console.text.contains("List 10"), "\(console.text)")
    console.press(". G End")
    #expect(row("List 49", of: console).contains("■"), "\(console.text)")
    #expect(console.text.contains("Northwind Traders 49, List 49: seen"), "\(console.text)")
    console.press("g Home")
    #expect(console.text.contains("Northwind Traders 10, List 10: seen"), "\(console.text)")
    console.press("Down*10 ]")
    #expect(console.text.contains("List 20: seen"), "\(console.text)")
    console.press("PgDn PgUp [")
    #expect(console.text.contains("Northwind Traders 10, List"), "\(console.text)")
  }

  @Test("names of many companies are written from top to bottom")
  func manyCompanies() throws {
    let world = try large()
    var console = world.console()
    console.press("s a / \"USA\" Enter m")
    try Golden.check(console.canvas, "matrix-many-80x24")
  }

  @Test("it begins with the first pair that is given, and . shows only lists that are given")
  func narrows() throws {
    let world = try world()
    var console = world.console()
    console.press("s t m")
    #expect(console.text.contains("MX, Sales Invoices: seen"), "\(console.text)")
    #expect(console.text.contains("Purchase Orders"))
    console.press(".")
    #expect(console.text.contains("MX, Sales Invoices: seen"), "\(console.text)")
    #expect(!console.text.contains("Purchase Orders"))
    console.press(".")
    #expect(console.text.contains("Purchase Orders"))
  }

  @Test("c, n and p show another connector")
  func connectors() throws {
    let world = try large()
    try world.administration.change { change in
      let team = try #require(try change.reader.team(named: NameKey(try Name("Sales MX"))))
      let account = try #require(try change.reader.account(.apiUser, named: NameKey(try Name("Portal USA"))))
      try change.saveTeams(of: account.id, Edit(was: [], becomes: [team.id]))
    }
    var console = world.console()
    console.press("s a / \"USA\" Enter m")
    #expect(console.text.contains("Business Central: API user “Portal USA”"), "\(console.text)")
    console.press("n")
    #expect(console.text.contains("ERP: API user"), "\(console.text)")
    console.press("n")
    #expect(console.text.contains("Business Central: API user"))
    console.press("p c \"bus\" Enter")
    #expect(console.text.contains("Business Central: API user"))
  }

  @Test("of somebody to whom nothing is given it says so")
  func nothing() throws {
    let world = try world()
    var console = world.console()
    console.press("s a / \"USA\" Enter m")
    #expect(console.text.contains("Nothing is given to it or to its teams"), "\(console.text)")
    console.press("Enter")
    #expect(console.text.contains("nothing is given"))
  }

  @Test("= compares with another, and lists what only one has")
  func compares() throws {
    let world = try large()
    var console = world.console()
    console.press("s a Down*2 = \"USA\" Enter")
    #expect(console.compositor.titles.last == "Comparison", "\(console.text)")
    #expect(row("Sales Orders", of: console).contains("◀"), "\(console.text)")
    #expect(console.text.contains("MX, Sales Invoices: only the first"), "\(console.text)")
    console.press("t")
    #expect(console.text.contains("Only API user “Portal Mexico”"), "\(console.text)")
    #expect(console.text.contains("Sales Invoices: MX"))
    console.press("n")
    #expect(console.text.contains("List 10: all 40 companies"), "\(console.text)")
    console.press("t w")
    #expect(console.text.contains("Portal USA") && console.text.contains("ALLOWED"), "\(console.text)")
  }

  @Test("two chosen rows are compared at once, and three are refused")
  func comparesChosen() throws {
    let world = try world()
    var console = world.console()
    console.press("s a Down*2 Space Space =")
    #expect(console.compositor.titles.last == "Comparison", "\(console.text)")
    console.press("Esc Space =")
    #expect(console.text.contains("two are compared: choose two, or none"), "\(console.text)")
  }
}

@Suite("Columns have short names") struct DistinctNamesTests {
  @Test(
    "what all names begin or end with gives way",
    arguments: [
      (["MX", "US"], ["MX", "US"]), (["CRONUS MX", "CRONUS US"], ["…MX", "…US"]),
      (["North Ltd Group", "South Ltd Group"], ["North…", "South…"]), (["A B", "A C"], ["A B", "A C"]),
      (["Only one"], ["Only one"]), ([], []), (["CRONUS", "CRONUS US"], ["CRONUS", "CRONUS US"]),
    ])
  func shortens(names: [String], short: [String]) { #expect(DistinctNames.of(names) == short) }
}

@Suite("The cursor of a grid") struct GridPlaceTests {
  @Test("whatever is pressed, the cursor stands on a place that is visible")
  func staysVisible() {
    for seed in 0..<300 as Range<UInt64> {
      var random = SplitMix64(state: seed)
      let (rows, columns) = (Int.random(in: 1...40, using: &random), Int.random(in: 1...12, using: &random))
      let isPlace: (Int) -> Bool = { $0 % 4 != 0 || rows == 1 }
      var place = GridPlace()
      func fit() {
        place.fit(
          rows: rows, columns: columns, visibleRows: Int.random(in: 1...9, using: &random),
          visibleColumns: Int.random(in: 1...5, using: &random), isPlace: isPlace)
      }
      fit()
      let moves: [GridPlace.Move] = [
        .up, .down, .left, .right, .pageUp, .pageDown, .pageLeft, .pageRight, .firstRow, .lastRow,
        .firstColumn,
        .lastColumn, .scroll(3), .scroll(-3), .to(row: rows - 1, column: 0),
      ]
      for _ in 0..<60 {
        if Int.random(in: 0..<8, using: &random) == 0 { fit() }
        place.move(moves[Int.random(in: 0..<moves.count, using: &random)], isPlace: isPlace)
        #expect(place.shownRows.contains(place.row) && place.shownColumns.contains(place.column), "\(seed)")
        #expect(isPlace(place.row) || rows == 1, "\(seed)")
      }
    }
  }
}
