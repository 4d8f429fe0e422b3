import Access
import Foundation
import Testing

@Suite struct LawCodingTests {

  private func text(_ law: Law<AsWritten>) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(law), as: UTF8.self)
  }

  private func law(_ text: String) throws -> Law<AsWritten> {
    try JSONDecoder().decode(Law<AsWritten>.self, from: Data(text.utf8))
  }

  static let texts = [
    #"{"name":"A","owned":{"who":{"apiUsers":{}}}}"#,
    #"{"mode":"watch","name":"A","reason":"why","within":{"of":"T","who":{"users":{"teams":["T","U"]}}}}"#,
    #"{"name":"A","never":{"what":{"connector":"C"},"who":{"apiUsers":{"names":["A","B"]},"users":{}}}}"#,
    """
    {"apart":{"and":{"companies":["US"],"connector":"C"},"what":{"companies":["CA","MX"],"connector":"C"},\
    "who":{"apiUsers":{"labels":{"kind":"portal"}}}},"except":[{"apiUser":"H","until":1814313600}],"name":"A"}
    """,
    """
    {"name":"A","tokens":{"demands":{"expiring":true,"limited":true,"maxDays":365,"networks":true,"unusedDays":90},\
    "who":{"apiUsers":{}}}}
    """,
    """
    {"name":"A","never":{"what":{"connector":"C","items":{"action":{"only":[["L","A"],["L","B"]]},"detail":{}},\
    "lists":["L"]},"who":{"apiUsers":{}}}}
    """,
  ]

  @Test("a law is kept as one text, whatever the order of what it names", arguments: texts)
  func coding(text: String) throws {
    #expect(try self.text(law(text)) == text)
  }

  @Test(
    "what is no law is not read as one",
    arguments: [
      #"{"name":"A"}"#, #"{"name":"A","owned":{"who":{}}}"#,
      #"{"name":"A","owned":{"who":{"users":{}}}}"#,
      #"{"name":"A","never":{"who":{"apiUsers":{}}}}"#,
      #"{"name":"A","tokens":{"who":{"apiUsers":{}},"demands":{}}}"#,
      #"{"name":"A","never":{"what":{"connector":"C","lists":[]},"who":{"apiUsers":{}}}}"#,
      #"{"name":"A","mode":"warn","owned":{"who":{"apiUsers":{}}}}"#,
      #"{"name":"A","never":{"what":{"connector":"C","items":{"action":{"only":[["L"]]}}},"who":{"apiUsers":{}}}}"#,
    ])
  func refused(text: String) {
    #expect(throws: (any Error).self) { try law(text) }
  }
}
