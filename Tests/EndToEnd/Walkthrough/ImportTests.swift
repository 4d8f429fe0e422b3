import Foundation
import Testing

extension EndToEnd {
  @Suite("from what Business Central publishes to the Mexico case, without a list's name typed")
  struct Importing {
    @Test(
      "the console imports a catalogue, gives Mexico the group Sales of company MX, and checks it",
      arguments: StorePlaces.all)
    func mexico(inDatabase: Bool) throws {
      try onStore(.emptyStore, inDatabase: inDatabase) { store in
        try store.succeed("api-user", "add", "Portal Mexico")
        let document = try store.file("metadata.xml", try Self.metadata())
        let person = try store.person()
        try person.sees("Security").presses("s c").sees("Click here to import a connector").presses("Enter")
        try person.sees("Show the plan").types(document)
        person.presses("Tab Tab Tab Tab Tab").types("Business Central")
        person.presses("Tab").types("MX,US")
        try person.presses("Enter").sees("127 to add, 0 to change, 0 to remove").presses("Enter")
        try person.sees("[ Import ]").presses("Enter").sees("imported: 127 to add").sees(
          "2 companies, 124 lists")
        try person.presses("Esc a").sees("Portal Mexico").presses("Enter").sees("Connectors")
        try person.presses("j j Enter").sees("WidgetReader").presses("j Space").saved()
        try person.presses("Esc j j j j Enter").sees("CustomListContributor").presses("j Space").saved()
        try person.presses("Esc j Enter").sees("[ ] MX").presses("Space").saved()
        // The group, found by part of its name.
        try person.presses("Esc j Enter").sees("Only these:").presses("/").types("sales").sees("/ sales")
        try person.presses("Enter Home Space").sees("Sales  12 of 12").saved()
        try expectMexico(store)
      }
    }

    private func expectMexico(_ store: TestStore) throws {
      let grant = try #require(try store.grants(of: "Portal Mexico").first)
      #expect(grant.companies == ["MX"])
      #expect(grant.lists.count == 12)
      #expect(grant.lists.allSatisfy { $0.hasPrefix("sales") })
      let widget = """
        popsec: 1
        catalogue:
          widgets:
            - {name: Sales, url: 'https://portal.example.com/sales', connector: Business Central, lists: \(grant.lists)}
        """
      try store.succeed("apply", "--yes", try store.file("widget.yaml", widget))
      let asked = ["check", "--api-user", "Portal Mexico", "--widget", "Sales"]
      #expect(try store.start(asked + ["--company", "MX"]).finish().status == 0)
      #expect(try store.start(asked + ["--company", "US"]).finish().status == 1)
    }

    /// The document that the importers are tried on, from the package's own folder.
    private static func metadata() throws -> String {
      let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      return try String(
        contentsOf: tests.appendingPathComponent("Interchange/Importing/Documents/business-central.xml"),
        encoding: .utf8)
    }
  }
}

extension Person {
  /// Saves the page, and waits until that is done.
  @discardableResult
  fileprivate func saved() throws -> Person {
    try sees("Ctrl-S save").presses("C-s").seesNo("Ctrl-S save").sees("saved")
  }
}
