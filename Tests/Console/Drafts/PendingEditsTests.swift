import Access
import Administration
import Testing

@testable import Console

@Suite struct PendingEditsTests {
  private func roundTrips<Element: Codable & Comparable & Hashable & Sendable>(
    _ elements: [Element]
  ) throws {
    for coverage in [Coverage.all, .none, .only(Set(elements))] as [Coverage<Element>] {
      let written = try #require(PendingEdits(.checklist, Edit(was: coverage, becomes: .none)))
      let pending = try #require(PendingEdits(document: written.document))
      let read = try #require(pending.read(.checklist, as: Edit<KeptCoverage<Element>>.self))
      #expect(read.was.coverage == coverage)
      #expect(read.becomes.coverage == .none)
    }
  }

  @Test("ticked rows are read as they were written")
  func checklists() throws {
    try roundTrips(Permission.allCases)
    try roundTrips(ConnectorRole.allCases)
    try roundTrips(BuiltInRole.allCases.map { SystemRole.builtIn($0) } + [.custom(.random())])
    try roundTrips([ListID.random(), .random()])
    try roundTrips([ListItem(list: .random(), item: .random())])
  }

  private static let (a, b) = ("1abc2def3g", "2abc2def3g")

  private func earlier<Element: Codable & Comparable & Hashable & Sendable>(
    _ only: String, as type: Element.Type = Element.self
  ) throws -> Set<Element>? {
    let document = #"{"checklist":{"becomes":{"only":{"_0":["# + only + #"]}},"was":{"all":{}}}}"#
    let edit = try #require(PendingEdits(document: document))
      .read(.checklist, as: Edit<KeptCoverage<Element>>.self)
    if let edit { #expect(edit.was.coverage == .all) }
    return edit?.becomes.coverage.only
  }

  @Test("a checklist that an earlier popsec kept is read")
  func earlierChecklists() throws {
    let (a, b) = (Self.a, Self.b)
    #expect(try earlier(#""audit.read","widgets.read""#) == [Permission.auditRead, .widgetsRead])
    #expect(try earlier(#""User""#) == [ConnectorRole.user])
    #expect(try earlier("") == Set<ConnectorRole>())
    let list = try #require(ListID(a))
    #expect(try earlier("\"\(a)\"") == [list])
    let role = try #require(RoleID(a))
    let roles: Set<SystemRole> = [.builtIn(.widgetReader), .custom(role)]
    #expect(try earlier("\"WidgetReader\",\"custom/\(a)\"") == roles)
    let item = ListItem(list: list, item: try #require(ItemID(b)))
    #expect(try earlier("\"\(a)/\(b)\"") == [item])
  }

  @Test(
    "a text that can't be read gives no edits",
    arguments: ["", "custom/", "custom/-", "a/b/c", "Nobody", "/"])
  func unreadable(text: String) throws {
    #expect(try earlier("\"Administrator\",\"\(text)\"", as: SystemRole.self) == nil)
    #expect(try earlier("\"\(text)\"", as: ListItem.self) == nil)
  }

  @Test("a General page and members that an earlier popsec kept are read")
  func earlierTexts() throws {
    let general = try #require(
      PendingEdits(document: #"{"general":{"becomes":{"Enabled":"no","Name":"b\n\"ü"},"was":{"Name":"a"}}}"#))
    let edit = try #require(general.read(.general, as: Edit<[String: String]>.self))
    #expect(edit.was == ["Name": "a"])
    #expect(edit.becomes == ["Enabled": "no", "Name": "b\n\"ü"])
    #expect(PendingEdits(.general, edit) == general)
    let members = try #require(
      PendingEdits(document: #"{"members":{"adding":["\#(Self.a)","\#(Self.b)"],"removing":[]}}"#))
    let change = try #require(members.read(.members, as: MemberChange.self))
    #expect(change.adding.map(\.description).sorted() == [Self.a, Self.b])
    #expect(change.removing.isEmpty)
    #expect(general.read(.members, as: MemberChange.self) == nil)
  }

  @Test(
    "other documents are none",
    arguments: ["", "{}", "[]", "null", "{\"general\":{}}", "{\"later\":{\"a\":1}}"])
  func badDocuments(text: String) { #expect(PendingEdits(document: text) == nil) }

  @Test("a text that may be a Token ID gets into no document")
  func secrets() {
    let secret = TokenID.generate().revealed
    for text in [secret, "https://x/?token=" + secret, String(secret.prefix(20))] {
      #expect(PendingEdits(.general, Edit(was: [:], becomes: ["Name": text])) == nil)
    }
  }
}
