import Access
import Testing

@testable import Console

@Suite struct DraftTextTests {
  private func roundTrips<Element: DraftText & Hashable & Sendable>(_ elements: [Element]) {
    for element in elements { #expect(Element(draftText: element.draftText) == element) }
    for coverage in [Coverage.all, .none, .only(Set(elements))] as [Coverage<Element>] {
      #expect(PendingEdits.Choice(coverage).coverage() == coverage)
    }
  }

  @Test("what can be ticked is read as it was written")
  func texts() {
    roundTrips(Permission.allCases)
    roundTrips(ConnectorRole.allCases)
    roundTrips(BuiltInRole.allCases.map { SystemRole.builtIn($0) } + [.custom(.random())])
    roundTrips([ListID.random(), .random()])
    roundTrips([ListItem(list: .random(), item: .random())])
  }

  @Test("what can't be read is none", arguments: ["", "custom/", "custom/-", "a/b/c", "Nobody", "/"])
  func unreadable(text: String) {
    #expect(SystemRole(draftText: text) == nil)
    #expect(ListItem(draftText: text) == nil)
    #expect(PendingEdits.Choice.only([text, "Administrator"]).coverage(of: SystemRole.self) == nil)
  }

  static let edits: [PendingEdits] = [
    .general(was: ["Name": "a"], becomes: ["Name": "b\u{0}\n\"ü"]),
    .checklist(was: .all, becomes: .only(["x"])),
    .members(adding: ["1", "2"], removing: []),
  ]

  @Test("a document is read as it was written", arguments: edits)
  func documents(pending: PendingEdits) throws {
    let document = try #require(pending.document)
    #expect(PendingEdits(document: document) == pending)
  }

  @Test(
    "other documents are none", arguments: ["", "{}", "[]", "null", "{\"general\":{}}", "{\"later\":{}}"])
  func badDocuments(text: String) { #expect(PendingEdits(document: text) == nil) }

  @Test("what could be a Token ID gets into no document")
  func secrets() {
    let secret = TokenID.generate().revealed
    for text in [secret, "https://x/?token=" + secret, String(secret.prefix(20))] {
      #expect(PendingEdits.general(was: [:], becomes: ["Name": text]).document == nil)
    }
  }
}
