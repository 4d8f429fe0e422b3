import Foundation
import Testing

extension EndToEnd {
  @Suite("permissions are given on their pages, and saved")
  struct Permissions {
    @Test(
      "Mexico gets company MX and the Sales lists, the US company US, each for its own",
      arguments: StorePlaces.all)
    func mexicoAndTheUS(inDatabase: Bool) throws {
      try onStore(inDatabase: inDatabase) { store in
        for name in ["Portal Mexico", "Portal US"] { try store.succeed("api-user", "add", name) }
        let person = try store.person()
        try person.sees("Security").presses("s a").sees("Portal Mexico")
        try person.presses("Enter").givesSales(ofCompany: "MX").presses("Esc Esc")
        try person.sees("Portal US").presses("j Enter").givesSales(ofCompany: "US").presses("Esc Esc")
        for (name, company) in [("Portal Mexico", "MX"), ("Portal US", "US")] {
          let grants = try store.grants(of: name)
          #expect(grants == [.sales(company)])
          #expect(try store.json(APIUser.self, "api-user", "show", name).roles == ["WidgetReader"])
        }
        try expectSameByFile(store)
      }
    }

    /// The same case by file alone is exported to an equal file.
    private func expectSameByFile(_ byConsole: TestStore) throws {
      let entries = [("Mexico", "MX"), ("US", "US")].map { name, company in
        """
          - name: Portal \(name)
            roles: [WidgetReader]
            grants:
              - connector: Business Central
                roles: [User]
                companies: [\(company)]
                lists: [Sales Quotes, Sales Orders, Sales Invoices]

        """
      }
      try onStore { byFile in
        let file = try byFile.file("users.yaml", BusinessCentral.apiUsers(entries.reversed().joined()))
        try byFile.succeed("apply", "--yes", file)
        let exports = try [byConsole, byFile].map { try $0.popsec("export").output }
        #expect(exports[0] == exports[1])
        #expect(exports[0].contains("Portal Mexico"))
      }
    }

    @Test(
      "pending edits are kept from page to page, and saved or dropped as the person says",
      arguments: StorePlaces.all)
    func pending(inDatabase: Bool) throws {
      try onStore(inDatabase: inDatabase) { store in
        try store.succeed("api-user", "add", "Portal Mexico")
        let person = try store.person()
        try person.opens("Companies", of: "Portal Mexico").ticks("MX").presses("Esc Esc")
        try person.sees("Pending changes").clicks("[ Stay ]").sees("[x] MX").presses("Esc")
        try person.sees("Pending changes").clicks("[ Discard ]").sees("Add API user")
        #expect(try store.grants(of: "Portal Mexico") == [])
        try person.presses("Enter").sees("Companies").clicks("Companies").ticks("US").clicks("Lists")
        try person.sees("Only these:", "Vendors").ticks("Vendors").sees("Ctrl-S save 2 pages")
        #expect(try store.grants(of: "Portal Mexico") == [])
        try person.presses("C-s").sees("2 pages saved")
        #expect(try store.grants(of: "Portal Mexico").map(\.companies) == [["US"]])
        #expect(try store.grants(of: "Portal Mexico").map(\.lists) == [["Vendors"]])
      }
    }

    @Test(
      "where somebody else changed the page meanwhile, Save shows both, and merges them when asked to",
      arguments: StorePlaces.all)
    func conflict(inDatabase: Bool) throws {
      try onStore(inDatabase: inDatabase) { store in
        try store.succeed("api-user", "add", "Portal Mexico")
        let person = try store.person()
        try person.opens("Companies", of: "Portal Mexico").ticks("MX")
        let theirs = BusinessCentral.apiUsers(
          "  - name: Portal Mexico\n    grants: [{connector: Business Central, companies: [US]}]")
        try store.succeed("apply", "--yes", try store.file("theirs.yaml", theirs))
        try person.presses("C-s").sees("Changed meanwhile: Companies", "Saved now", "Yours", "✓ [x]")
        // It opened by itself, and takes a click once nothing is typed.
        try person.sees("Tab next")
        #expect(try store.grants(of: "Portal Mexico").map(\.companies) == [["US"]])
        try person.clicks("[ Merge ]").seesNo("Changed meanwhile").sees("[x] MX", "[x] US", "saved")
        #expect(try store.grants(of: "Portal Mexico").map(\.companies) == [["MX", "US"]])
      }
    }
  }
}

struct APIUser: Decodable {
  let roles: [String]
}

struct Grant: Decodable, Equatable {
  let connector: String
  let roles: [String]
  let companies: [String]
  let lists: [String]

  /// What the case gives for one company.
  static func sales(_ company: String) -> Grant {
    Grant(
      connector: "Business Central", roles: ["User"], companies: [company],
      lists: ["Sales Invoices", "Sales Orders", "Sales Quotes"])
  }
}

extension TestStore {
  func grants(of apiUser: String) throws -> [Grant] {
    try json([Grant].self, "grant", "show", "--api-user", apiUser)
  }
}

extension Person {
  /// Goes from the main menu to a page of an API user, the first of the list.
  func opens(_ page: String, of apiUser: String) throws -> Person {
    try sees("Security").presses("s a").sees(apiUser).presses("Enter").sees(page).clicks(page)
  }

  @discardableResult
  func ticks(_ row: String) throws -> Person {
    try sees("[ ] " + row).clicks("[ ] " + row).sees("[x] " + row)
  }

  /// In the editor, by keys alone: the role for widgets, and on the connector the role User, the
  /// company, and the whole group Sales.
  func givesSales(ofCompany company: String) throws -> Person {
    try sees("Connectors").presses("j j Enter").sees("WidgetReader").presses("j Space")
    try presses("Esc j j j j Enter").sees("CustomListContributor").presses("j Space")
    try presses("Esc j Enter").sees("[ ] MX").presses(company == "MX" ? "Space" : "j Space")
    try presses("Esc j Enter").sees("Sales  0 of 3").presses("j j Space").sees("Sales  3 of 3")
    // Only now there is something to see: what it does is told before it is saved.
    try sees("Ctrl-S save 4 pages").presses("C-s").sees("This is what it does", "Sales Orders of \(company)")
    return try presses("Enter").seesNo("This is what it does").sees("saved")
  }
}
