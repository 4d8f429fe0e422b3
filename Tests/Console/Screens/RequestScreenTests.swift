import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("What people ask for who may not do it")
struct RequestScreenTests {
  let world: ScreenWorld
  let sam: Administration
  let ada: Administration

  init() throws {
    world = try ScreenWorld()
    try world.addCatalogue()
    try world.addAPIUser("Portal Mexico", tokens: ["portal"])
    try world.addUses()
    sam = try world.administration(as: "sam", role: .securityRequester)
    ada = try world.administration(as: "ada")
  }

  private func console(_ administration: Administration) -> ConsoleDriver {
    let context = ConsoleContext(administration: administration, clipboard: .forTests)
    return ConsoleDriver(
      ConsoleRoot.compositor(context, titleBar: "store  UTC", size: Size(columns: 80, rows: 24)))
  }

  private var proposals: [Proposal] { get throws { try world.administration.proposals() } }

  @Test("a denial is mended by p, with a reason; the Inbox shows it to who may do it, and agreeing does it")
  func denial() throws {
    var asker = console(sam)
    asker.press("s d p")
    // Several changes are equally small.
    asker.press("Enter")
    #expect(asker.compositor.titles.last == "Propose")
    asker.press("Enter")
    #expect(asker.text.contains("a reason must not be empty"))
    asker.press("\"shop\" Down \"never\" Enter")
    #expect(asker.text.contains("write 2027-02-21"))
    asker.press("C-u \"2026-12-24\" Enter")
    #expect(asker.text.contains("in the Inbox"), "\(asker.text)")
    let proposal = try #require(try proposals.first)
    #expect(proposal.kind == .request && proposal.reason?.text == "shop" && proposal.decision != nil)
    #expect(proposal.asker == "sam" && proposal.title.hasSuffix(", until 2026-12-24T00:00:00Z"))

    var other = console(ada)
    other.press("s i Enter")
    #expect(other.text.contains("shop") && other.text.contains("75acf5b6cbbb8b8c"))
    other.press("A BTab Enter")
    #expect(try proposals.first?.state == .done, "\(other.text)")
  }

  @Test("Why proposes, too, and who may not propose is told so")
  func why() throws {
    var asker = console(sam)
    asker.press("s d Enter p Enter \"why\" Enter")
    #expect(try proposals.count == 1)
    var reader = console(try world.administration(as: "rob", role: .securityReader))
    reader.press("s d p")
    #expect(reader.text.contains("changes.propose"), "\(reader.text)")
    #expect(try proposals.count == 1)
  }

  @Test("a request is declined with a sentence")
  func declines() throws {
    var asker = console(sam)
    asker.press("s d p Enter \"why\" Enter")
    var other = console(ada)
    other.press("s i Enter n Enter")
    #expect(other.text.contains("a reason must not be empty"))
    other.press("\"not now\" Enter")
    let declined = try #require(try proposals.first)
    #expect(declined.state == .declined && declined.because?.text == "not now")
    asker.press("Esc*4 s i Enter")
    #expect(asker.text.contains("not now"), "\(asker.text)")
  }

  @Test("the edits of a page that a person may only read are proposed by p, and agreeing makes them")
  func edits() throws {
    let account = try #require(
      try world.administration.read { try $0.account(.apiUser, named: NameKey(try Name("Portal Mexico"))) })
    func roles() throws -> Set<SystemRole> {
      try world.administration.read { try $0.roles(of: .account(account.id)).elements }
    }
    let before = try roles()
    var asker = console(sam)
    asker.press("s a Enter Down*2 Enter Down Space")
    #expect(asker.text.contains("propose"), "\(asker.text)")
    asker.press("p Esc")
    #expect(try proposals.isEmpty)
    asker.press("p \"widgets\" Enter")
    #expect(asker.text.contains("in the Inbox"), "\(asker.text)")
    let proposal = try #require(try proposals.first)
    #expect(proposal.kind == .request && proposal.reason?.text == "widgets")
    #expect(try roles() == before)
    // Nothing is pending any more.
    asker.press("Esc Up Enter")
    #expect(asker.lines.contains { $0.contains("▸ Teams") }, "\(asker.text)")

    var other = console(ada)
    other.press("s i Enter A BTab Enter")
    #expect(try roles() == before.union([.builtIn(.widgetReader)]), "\(other.text)")
    var reader = console(try world.administration(as: "rob", role: .securityReader))
    reader.press("s a Enter Down*2 Enter Down Space")
    #expect(!reader.text.contains("propose"))
  }
}
