import Access
import Administration
import Foundation
import Store
import Terminal
import Testing

@testable import Console

/// Import on the Catalogue screen.
@Suite struct ImportTests {
  private static let csv = "connector,company,group,list\nStock,MX,Bins,Shelves\nStock,US,Bins,Racks\n"

  /// A console whose machine has one file, and the world of the walkthrough.
  static func console(
    _ world: ScreenWorld, file text: String = csv, size: Size = Size(columns: 80, rows: 24)
  ) -> ConsoleDriver {
    let context = ConsoleContext(
      administration: world.administration, clipboard: .forTests,
      readFile: { path in
        guard path == "/f" else { throw Trouble("there is no such file", exitStatus: .noInput) }
        return Array(text.utf8)
      })
    return ConsoleDriver(ConsoleRoot.compositor(context, titleBar: "store  UTC", size: size))
  }

  private func connectors(_ world: ScreenWorld) throws -> [String] {
    try world.administration.read { try $0.connectors().map(\.name.text) }
  }

  @Test("a named file is planned, confirmed, imported, and stands in the catalogue")
  func imports() throws {
    let world = try ScreenWorld()
    var console = Self.console(world)
    console.press("s c")
    #expect(console.text.contains("Click here to import a connector"))
    console.press("Enter \"/f\" Enter")
    #expect(console.text.contains("5 to add, 0 to change, 0 to remove"))
    #expect(console.text.contains("+ Racks group Bins"))
    #expect(console.text.contains("changes nobody's access"))
    #expect(try connectors(world) == [])
    console.press("Enter Enter")
    #expect(try connectors(world) == ["Stock"])
    #expect(console.text.contains("imported: 5 to add"))
    #expect(console.lines.contains { $0.contains("connector") && $0.contains("2 companies, 2 lists") })
    console.press("i \"/f\" Enter")
    #expect(console.text.contains("There is nothing to do."))
    console.press("Enter Esc Esc Esc")
    #expect(console.text.contains("Catalogue"))
  }

  @Test("the plan shows what vanishes and who has it, and the question starts on Cancel")
  func vanishing() throws {
    let world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
    var console = Self.console(
      world, file: "connector,company,group,list\nBusiness Central,US,Sales,Sales Invoices\n")
    console.press("s c i \"/f\" Enter End")
    #expect(console.text.contains("! team “Sales MX”: company “MX”, list “Sales Orders”"))
    console.press("Enter")
    #expect(console.text.contains("1 grant names what vanishes: kept, and gives nothing by it"))
    console.press("Enter")
    #expect(try world.administration.read { try $0.connectors().count } == 2)
    #expect(console.text.contains("company “MX”"))
    console.press("Enter Left Enter")
    #expect(console.text.contains("imported:"))
    console.press("Esc t Enter Down*6 Enter")
    #expect(console.text.contains("Left the catalogue: MX"))
  }

  @Test(
    "an unreadable file is reported at its field, and the typed text stays",
    arguments: [
      ("\"/g\" Enter", "there is no such file"),
      ("\"/f\" Tab*5 \"C\" Tab Tab \"/g\" Enter", "there is no such file"),
      ("\"/f\" Tab*7 \"/f\" Enter", "this is no mapping"),
      ("\"/f\" Tab*2 Space Tab*3 \"C\" Enter", "line 1: not well-formed XML: it does not begin with a tag"),
    ])
  func refuses(keys: String, text: String) throws {
    let world = try ScreenWorld()
    var console = Self.console(world)
    console.press("s c i \(keys)")
    #expect(console.text.contains(text), "\(console.text)")
    #expect(console.lines.contains { $0.contains("File") && $0.contains("/") })
    #expect(try connectors(world) == [])
  }

  @Test("importing is not offered without the permission or over SSH, nor in the palette")
  func notOffered() throws {
    let reader = try ScreenWorld(permissions: Set(Permission.allCases).subtracting([.catalogueManage]))
    var console = Self.console(reader)
    console.press("s c i")
    #expect(!console.text.contains("import a connector"))
    #expect(console.text.contains("The catalogue is empty"))
    let remote = try ScreenWorld()
    console = remote.console()
    console.press("s c i")
    #expect(!console.text.contains("Import"))
    console.press(": \"import\"")
    #expect(!console.text.contains("Import a connector"))
    console = Self.console(remote)
    console.press(": \"import\" Enter")
    #expect(console.text.contains("Show the plan"))
  }

  @Test("a change made meanwhile is not overwritten, and the plan says so")
  func changedMeanwhile() throws {
    let world = try ScreenWorld()
    var console = Self.console(world)
    console.press("s c i \"/f\" Enter Enter")
    try world.administration.change { _ = try $0.addConnector(try Name("stock")) }
    console.press("Enter")
    #expect(console.text.contains("the store changed meanwhile"))
    #expect(try connectors(world) == ["stock"])
  }

  @Test("progress is shown while it is carried out, and leaving waits")
  func progress() throws {
    let world = try ScreenWorld()
    var console = Self.console(world)
    console.press("s c i \"/f\" Enter Enter")
    console.holdsWork = true
    console.press("Enter")
    #expect(console.text.contains("importing ["))
    console.press("Esc q")
    console.elapse()
    #expect(console.text.contains("importing ["))
    console.holdsWork = false
    console.finishWork(Array(console.heldWork.indices))
    #expect(console.text.contains("imported:"))
  }
}
