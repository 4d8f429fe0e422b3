import Access
import Foundation
import Testing

@testable import Interchange

@Suite("XML that is no metadata, or means harm, is refused with its line, and nothing of it is told")
struct HostileXMLTests {
  static let secret = "hunter2"
  static let cases: [(text: String, line: String)] = [
    ("", "doc:1:1: the document is empty"),
    ("root:x:0:hunter2\n", "doc:1:1: not well-formed XML: it does not begin with a tag"),
    ("{\"password\": \"hunter2\"}", "doc:1:1: not well-formed XML: it does not begin with a tag"),
    (
      "<html><body>hunter2</body></html>",
      "doc:1:1: this is no OData $metadata: its outermost element is not Edmx; "
        + "save what the service answers at …/$metadata; a sign-in page is none"
    ),
    (
      "<hunter2/>",
      "doc:1:1: this is no OData $metadata: its outermost element is not Edmx; "
        + "save what the service answers at …/$metadata; a sign-in page is none"
    ),
    (
      "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>\n<a>&e;</a>",
      "doc:2:1: a document type (DOCTYPE) is not read; metadata of OData has none: take it out"
    ),
    (
      "<!DOCTYPE a SYSTEM 'http://example.com/hunter2.dtd'><a/>",
      "doc:1:1: a document type (DOCTYPE) is not read; metadata of OData has none: take it out"
    ),
    (
      "<?xml version='1.0' encoding='ISO-8859-1'?>\n<a/>",
      "doc:1:1: the document is declared to be in another encoding than UTF-8; save it as UTF-8"
    ),
    (
      "<edmx:Edmx Version='1.0' xmlns:edmx='http://schemas.microsoft.com/ado/2007/06/edmx'/>",
      "doc:1:1: this is metadata of an older version of OData than 4; many services publish version 4 at "
        + "another address, often with /v4/ in it; or use --csv"
    ),
    (
      "\n<a x='" + String(repeating: "hunter2", count: 10_000) + "'/>",
      "doc:2:1: this tag has more than 65536 bytes"
    ),
  ]

  @Test("whatever it is", arguments: cases.indices)
  func refused(index: Int) throws {
    let (text, line) = Self.cases[index]
    let problems = try CatalogueImport.problems(text, .odata)
    #expect(problems == [line])
    #expect(!problems.joined().contains(Self.secret))
  }

  private static let whole = Document.odata(
    #"<EntityType Name="T"><NavigationProperty Name="Lines" Type="Collection(NS.T)"/></EntityType>"#)

  @Test(
    "a document that ends too early is refused wherever it ends",
    arguments: Array(stride(from: 60, to: 700, by: 13)))
  func truncated(length: Int) throws {
    guard length < Self.whole.utf8.count - 1 else { return }
    let problems = try CatalogueImport.problems(Array(Self.whole.utf8.prefix(length)), .odata)
    #expect(problems.count == 1)
    #expect(problems.first?.contains("not well-formed XML") == true, "\(problems)")
  }

  @Test(
    "an entity that was declared nowhere, a wrong byte and a NUL are refused in their lines",
    arguments: [
      ("&foo;", "a reference to an entity, and there are no entities"),
      ("\u{1}", "a byte that is no character of UTF-8, or a control character"),
    ])
  func inside(piece: String, reason: String) throws {
    let text = Self.whole.replacing("<EntityContainer", with: piece + "<EntityContainer")
    #expect(try CatalogueImport.problems(text, .odata) == ["doc:5:1: not well-formed XML: \(reason)"])
    var bytes = Array(text.utf8)
    for wrong in [UInt8(0xE9), 0] {
      bytes[bytes.count - 60] = wrong
      #expect(try CatalogueImport.problems(bytes, .odata).count == 1)
    }
  }

  @Test("elements that nest without end are refused")
  func nesting() throws {
    let text = Self.whole.replacing("<EntityContainer", with: String(repeating: "<a>", count: 1_000))
    #expect(try CatalogueImport.problems(text, .odata) == ["doc:5:1: this nests deeper than 100 elements"])
  }

  @Test("a type that is derived from itself is refused, one that is derived without end, too")
  func circles() throws {
    let circle =
      #"<EntityType Name="T" BaseType="NS.U"/>"# + "\n" + #"<EntityType Name="U" BaseType="NS.T"/>"#
    #expect(
      try CatalogueImport.problems(Document.odata(circle), .odata)
        == ["doc:4:1: the entity type “NS.T” is derived from itself"])
    let chain = (0..<200).map { #"<EntityType Name="T\#($0)" BaseType="NS.T\#($0 + 1)"/>"# }.joined()
    #expect(
      try CatalogueImport.problems(Document.odata(chain, type: "NS.T0"), .odata).first?.contains("100 steps")
        == true)
  }

  @Test("a few types with many details, used by many sets, are no bomb")
  func multiplied() throws {
    let details = (0..<1_000).map { #"<NavigationProperty Name="n\#($0)" Type="Collection(NS.T)"/>"# }
    let text = Document.odata(
      #"<EntityType Name="T">"# + details.joined() + "</EntityType>", sets: (0..<600).map { "s\($0)" })
    #expect(
      try CatalogueImport.problems(text, .odata) == [
        "doc:5:1: the lists would have more than 500000 actions and details"
      ])
  }

  @Test("everything that is missing in an element is reported")
  func missing() throws {
    let text = Document.odata(
      "<EntityType/>\n<EntityType Name='A'><NavigationProperty Name='x'/></EntityType>")
    #expect(
      try CatalogueImport.problems(text, .odata) == [
        "doc:4:1: an EntityType needs the attribute Name",
        "doc:5:1: an NavigationProperty needs the attribute Type",
      ])
  }

  @Test("more bytes than a document may have are refused")
  func size() throws {
    let bytes = [UInt8](repeating: 0x20, count: ImportText.maximumByteCount + 1)
    for format in ImportFormat.allCases {
      #expect(
        try CatalogueImport.problems(bytes, format).first?.hasPrefix("doc:1:1: the document has more") == true
      )
    }
  }

  @Test("UTF-16, as Windows writes it, is read like UTF-8; half of it is not", arguments: [true, false])
  func utf16(lowFirst: Bool) throws {
    let units = Array(Self.whole.replacing("As", with: "Größen").utf16)
    var bytes: [UInt8] = lowFirst ? [0xFF, 0xFE] : [0xFE, 0xFF]
    for unit in units {
      let (low, high) = (UInt8(unit & 0xFF), UInt8(unit >> 8))
      bytes += lowFirst ? [low, high] : [high, low]
    }
    let imported = try CatalogueImport.parse(bytes, named: "doc", as: .odata, try .named("C"))
    #expect(imported.listWords == ["Größen: detail Lines"])
    #expect(
      try CatalogueImport.problems(Array(bytes.dropLast()), .odata).first?.contains("not valid UTF-16")
        == true)
    #expect(
      try CatalogueImport.problems(Array(bytes.dropFirst(2)), .odata).first?.contains("not in UTF-8") == true)
  }
}
