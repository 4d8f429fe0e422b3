import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("Tab in a filter completes names that the store has")
struct FilterNamesTests {
  private let world: ScreenWorld

  init() throws {
    world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
    try world.administration.change { change in
      let ada = try change.addAccount(.user, name: try Name("Ada Lovelace"))
      _ = try change.addAccount(.user, name: try Name("portal keeper"))
      _ = try change.addRole(RoleContent(name: try Name("Auditor of all"), permissions: [.auditRead]))
      let labels = try Labels([try Label("env=prod")])
      let account = try change.addAccount(
        .apiUser, name: try Name("Kiosk"), particulars: Particulars(owner: .user(ada.id), labels: labels))
      _ = try change.addToken(
        to: account.id, name: try Name("t"), particulars: Particulars(labels: try Labels([try Label("x=y")])))
    }
  }

  private static let cases: [(keys: String, typed: String, texts: [String])] = [
    (
      "s o", "user:portal",
      ["user:\"Portal Mexico\"", "user:\"Portal USA\"", "user:\"portal keeper\"", "user:\"Portal Mexico\""]
    ),
    ("s o", "state:live -user:Old", ["state:live -user:\"Old portal\""]),
    ("s o", "user:gr", ["user:\"Größe & Söhne\""]), ("s o", "user:none", []), ("s o", "label:e", []),
    ("s o", "label:x", ["label:x=y"]), ("s a", "label:e", ["label:env=prod"]),
    ("s a", "team:", ["team:\"Sales MX\""]), ("s a", "team:\"Sales M", ["team:\"Sales MX\""]),
    ("s a", "role:widgetR", ["role:WidgetReader"]),
    ("s u", "role:aud", ["role:AuditReader", "role:\"Auditor of all\""]),
    ("s a", "owner:ada", ["owner:\"user:Ada Lovelace\""]),
    ("s a", "owner:user:A", ["owner:\"user:Ada Lovelace\""]),
    ("s c", "connector:sa", ["connector:Salesforce"]),
    ("s w", "connector:b", ["connector:\"Business Central\""]),
  ]

  @Test(
    "one after the other, in quotes where a name has blanks; then Tab leads to the rows", arguments: cases)
  func completes(keys: String, typed: String, texts: [String]) {
    var console = world.console(size: Size(columns: 120, rows: 24))
    console.press(keys + " /")
    console.handle(.paste(typed))
    for text in texts {
      console.press("Tab")
      #expect(console.text.contains("/ " + text), "\(console.text)")
      #expect(console.text.contains("Enter to the rows"), "\(console.text)")
      // A name that is there is not told to be missing.
      #expect(!console.text.contains("did you mean"), "\(console.text)")
    }
    guard texts.count < 2 else { return }
    console.press("Tab")
    #expect(!console.text.contains("Enter to the rows"), "\(console.text)")
  }

  @Test("the first name is shown behind the text, with the number of names, before Tab takes it")
  func shown() {
    var console = world.console(size: Size(columns: 120, rows: 24))
    console.press("s o /")
    console.handle(.paste("user:Portal"))
    #expect(console.text.contains("user:Portal Mexico  1 of 3"), "\(console.text)")
    #expect(console.text.contains("Tab complete") && !console.text.contains("no such"), "\(console.text)")
    console.press("Tab Tab")
    #expect(console.text.contains("user:\"Portal USA\"  2 of 3"), "\(console.text)")
    console.press("x")
    #expect(!console.text.contains(" of 3"), "\(console.text)")
  }

  @Test("who may see the catalogue alone is told no names of users")
  func unseen() throws {
    let widgets = ConsoleContext(
      administration: try world.administration(as: "wim", role: .widgetContributor),
      clipboard: .forTests)
    var console = ConsoleDriver(WidgetsScreen(context: widgets))
    console.press("/")
    console.handle(.paste("connector:"))
    #expect(console.text.contains("Business Central  1 of 2"), "\(console.text)")
  }

  @Test("of many names the first 20 are offered, and that there are more is told")
  func many() throws {
    for number in 100..<130 { try world.addAPIUser("Customer \(number)") }
    var console = world.console(size: Size(columns: 120, rows: 24))
    console.press("s o /")
    console.handle(.paste("user:cust"))
    #expect(console.text.contains(" → Customer 100  1 of 20+"), "\(console.text)")
    console.press("Tab*21")
    #expect(console.text.contains("user:\"Customer 100\"  1 of 20+"), "\(console.text)")
  }

  @Test("names that come late are not those of another text, and typing waits for none")
  func late() {
    var console = world.console(size: Size(columns: 120, rows: 24))
    console.press("s a / ")
    console.holdsWork = true
    console.handle(.paste("team:S"))
    console.press("x")
    #expect(console.text.contains("/ team:Sx"))
    console.finishWork(Array(console.heldWork.indices))
    #expect(console.lines[1].hasPrefix(" / team:Sx  "), "\(console.text)")
  }
}
