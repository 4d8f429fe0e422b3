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
    other.press("y BTab Enter")
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
}
