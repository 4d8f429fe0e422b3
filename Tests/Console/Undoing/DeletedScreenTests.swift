import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("What was deleted is restored or purged on its page")
struct DeletedScreenTests {
  let world: ScreenWorld

  init() throws {
    world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
  }

  private func delete(_ user: String) throws -> Account {
    try world.administration.change { change in
      let account = try #require(try change.reader.account(.apiUser, named: NameKey(try world.name(user))))
      try change.deleteAccount(account.id)
      return account
    }
  }

  private func living(_ user: String) throws -> Account? {
    try world.administration.read { try $0.account(.apiUser, named: NameKey(try world.name(user))) }
  }

  @Test("an API user comes back under its name or another, its tokens revoked", arguments: [nil, "New name"])
  func restores(name: String?) throws {
    let account = try delete("Portal Mexico")
    var console = world.console()
    console.press("s x")
    #expect(console.lines.contains { $0.contains("Portal Mexico") && $0.contains("API user") })
    console.press("Enter")
    if let name { console.press("C-u \"\(name)\"") }
    console.press("Enter")
    #expect(console.text.contains("its tokens stay revoked"))
    #expect(console.text.contains("gains Sales Invoices, Sales Orders of MX"))
    console.press("Enter")
    let back = try #require(try living(name ?? "Portal Mexico"))
    #expect(back.id == account.id)
    #expect(try world.tokens(of: back.name.text).map { $0.revokedAt != nil } == [true])
    #expect(console.text.contains("Nothing is deleted"))
    console.press("u Enter Enter")
    #expect(try living(back.name.text) == nil)
  }

  @Test("a name that a living one has is said where it is typed")
  func nameTaken() throws {
    _ = try delete("Portal Mexico")
    try world.addAPIUser("Portal Mexico")
    var console = world.console()
    console.press("s x r Enter")
    #expect(console.text.contains("a living API user has the name"))
    #expect(console.text.contains("Under the name"))
    console.press("C-u \"Portal\" Enter Enter")
    #expect(try living("Portal") != nil)
  }

  @Test(
    "purging asks for the name, and is audited",
    arguments: [("Portal Mexico", true), ("portal mexico", false), ("", false)])
  func purges(typed: String, isPurged: Bool) throws {
    let account = try delete("Portal Mexico")
    var console = world.console()
    console.press("s x P BTab*2 \"\(typed)\" Tab Enter")
    let left = try world.administration.deleted(DeletedThing(.apiUser, account.id))
    #expect((left == nil) == isPurged)
    #expect(try world.auditedActions().last == (isPurged ? "apiUser.purge" : "apiUser.delete"))
  }

  @Test("the latest comes first, and the filter finds part of a name")
  func filters() throws {
    for name in ["Portal Mexico", "Größe & Söhne"] { _ = try delete(name) }
    var console = world.console()
    console.press("s x / s o h n e Enter")
    #expect(console.text.contains("Größe"))
    #expect(!console.text.contains("Portal Mexico"))
  }

  @Test(
    "actions that the person may not do aren't offered",
    arguments: [
      ([Permission.securityRead], false), ([.securityRead, .teamsManage], false),
      ([.securityRead, .apiUsersManage], true),
    ])
  func permissions(permissions: [Permission], isOffered: Bool) throws {
    _ = try delete("Portal Mexico")
    let administration = world.administration.with(
      Operator(actor: Actor(name: "eve", frontEnd: .console), permissions: Set(permissions)))
    var console = ConsoleDriver(
      ConsoleRoot.compositor(
        ConsoleContext(administration: administration, clipboard: .forTests), titleBar: "store  UTC",
        size: Size(columns: 80, rows: 24)))
    console.press("s x")
    #expect(console.text.contains("Portal Mexico"))
    #expect(console.text.contains("restore") == isOffered)
    console.press("P")
    #expect(console.text.contains("Purge API user") == isOffered)
    administration.isReadOnly = true
    console.press("Esc Esc s x")
    #expect(!console.text.contains("Enter restore"))
  }

  @Test("a thousand deleted ones are paged through")
  func many() throws {
    try world.administration.change { change in
      for number in 0..<1_000 {
        let account = try change.addAccount(.apiUser, name: try world.name("gone \(number)"))
        try change.deleteAccount(account.id)
      }
    }
    var console = world.console()
    console.press("s x PgDn*3 End")
    #expect(console.lines.contains { $0.hasPrefix("▸gone 999") }, "\(console.text)")
    console.press("Home")
    #expect(console.lines.contains { $0.hasPrefix("▸gone 0 ") })
  }
}
