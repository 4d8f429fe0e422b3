import Access
import Testing

@testable import Interchange

@Suite("Reading a security file")
struct SyntaxTests {
  @Test(
    "is refused at its place for what YAML may have and a security file may not",
    arguments: [
      ("popsec: 1\nroles: &a []\n", "file:2:8: anchors are not allowed; drop the & and its name"),
      ("popsec: 1\nroles: *a\n", "file:2:8: aliases are not allowed; write the value out in full"),
      ("popsec: 1\nroles: !!seq []\n", "file:2:8: tags are not allowed; drop the ! and its name"),
      ("popsec: 1\nroles: ! []\n", "file:2:8: tags are not allowed; drop the ! and its name"),
      (
        "popsec: 1\n---\npopsec: 1\n",
        "file:2:1: a second document begins here; a file is one document"
      ),
      ("popsec: 1\n? [a]\n: 1\n", "file:2:3: a key must be a word"),
      (
        "popsec: 1\nroles: []\nroles: []\n",
        "file:3:1: the key “roles” is there twice; it stands at 2:1 already"
      ),
      ("- a\n", "file:1:1: a security file is a mapping that begins with popsec: 1"),
      ("", "file:1:1: a security file is a mapping that begins with popsec: 1"),
      (
        "popsec: 1\nteams: [\n",
        "file:3:1: not valid YAML: while parsing a flow node: did not find expected node content"
      ),
    ])
  func refused(text: String, line: String) { #expect(SecurityFile.problems(text) == [line]) }

  @Test(
    "needs the one known version, and tells nothing else of a file of another",
    arguments: [
      ("roles: []\n", "file:1:1: a security file needs the key “popsec”; begin with popsec: 1"),
      (
        "popsec: 2\nfuture: x\n",
        "file:1:9: version 2 of the security file is unknown; this popsec reads version 1"
      ),
      (
        "future: x\npopsec: 2\n",
        "file:2:9: version 2 of the security file is unknown; this popsec reads version 1"
      ),
      ("popsec: \"1\"\n", "file:1:9: popsec must be a whole number, this is text"),
      ("popsec: 1.0\n", "file:1:9: popsec must be a whole number, this is text"),
    ])
  func version(text: String, line: String) { #expect(SecurityFile.problems(text) == [line]) }

  @Test("with nothing but its version is a file that changes nothing")
  func empty() throws {
    let file = try SecurityFile("popsec: 1\n")
    #expect(file.users == nil)
    #expect(file.connectors == nil)
  }

  @Test("a bomb of aliases is refused at its first anchor")
  func bomb() {
    var text = "popsec: 1\na: &a [x,x,x,x,x,x,x,x,x]\n"
    for (name, before) in zip("bcdefghij", "abcdefghi") {
      text += "\(name): &\(name) [" + Array(repeating: "*\(before)", count: 9).joined(separator: ",") + "]\n"
    }
    let lines = SecurityFile.problems(text)
    #expect(lines.last == "file:2:4: anchors are not allowed; drop the & and its name")
  }

  @Test(
    "nesting beyond 16 levels is refused where it begins",
    arguments: [("[", "file:2:23"), ("{a: ", "file:2:68")])
  func deep(bracket: String, place: String) {
    let text = "popsec: 1\nteams: " + String(repeating: bracket, count: 200)
    #expect(SecurityFile.problems(text) == ["\(place): this nests deeper than 16 levels"])
  }

  @Test("nesting without end is refused", arguments: ["[", "{a: ", "- ", "? "])
  func bottomless(bracket: String) {
    let lines = SecurityFile.problems("popsec: 1\nteams:\n" + String(repeating: bracket, count: 100_000))
    #expect(lines.count < 25)
    #expect(
      lines.last?.contains("nests deeper") == true || lines.last?.contains("scanning a simple key") == true)
  }

  @Test("a file of 100 MB is refused by its size alone")
  func large() {
    let bytes = [UInt8](repeating: 0x5B, count: 100_000_000)
    let errors = #expect(throws: SecurityFileErrors.self) { try SecurityFile.parse(bytes, named: "big") }
    #expect(
      errors?.lines.first?.hasPrefix("big:1:1: the file has 100000000 bytes, the most is 83886080") == true)
    #expect(errors?.exitStatus == .badData)
  }

  @Test("a text beyond 16 KiB is refused")
  func longText() {
    let text = "popsec: 1\nteams:\n  - name: " + String(repeating: "x", count: 20_000) + "\n"
    #expect(SecurityFile.problems(text) == ["file:3:11: this text has more than 16384 bytes"])
  }

  @Test("bytes that are no UTF-8 are refused where they stand")
  func encoding() {
    let bytes = Array("popsec: 1\nteams:\n  - name: ".utf8) + [0xC3, 0x28, 0x0A]
    let errors = #expect(throws: SecurityFileErrors.self) { try SecurityFile.parse(bytes, named: "file") }
    #expect(errors?.lines == ["file:3:12: not valid UTF-8 text: invalid trailing UTF-8 octet"])
  }

  @Test("a byte order mark, carriage returns and comments change nothing")
  func harmless() throws {
    let file = try SecurityFile("\u{FEFF}popsec: 1 # one\r\nteams:\r\n- name: A\r\n")
    #expect(file.teams?.map(\.named.name.text) == ["A"])
    #expect(file.teams?.first?.named.position.description == "3:9")
  }

  @Test("errors are collected up to a bound, and then reading ends")
  func bound() {
    let text = "popsec: 1\nteams:\n" + String(repeating: "  - {nam: x}\n", count: 5_000)
    let errors = #expect(throws: SecurityFileErrors.self) {
      try SecurityFile.parse(Array(text.utf8), named: "f")
    }
    #expect(errors?.problems.count == SecurityFileErrors.limit)
    #expect(errors?.hint == "nothing was changed; there may be more errors than these")
  }

  @Test("never repeats a Token ID that stands in it")
  func secret() {
    var generator = SystemRandomNumberGenerator()
    let secret = TokenIDText.make(using: &generator)
    let places = [
      "name: \(secret)", "\(secret): 1", "name: a\n    roles: [\(secret)]", "name: a\n    x\(secret): b",
      "name: my \(secret)", "name: a\n    description: x \(secret)y",
    ]
    for place in places {
      let lines = SecurityFile.problems("popsec: 1\nteams:\n  - \(place)\n")
      #expect(!lines.isEmpty)
      #expect(!lines.joined().contains(secret.dropFirst(4)))
    }
    let key = SecurityFile.problems(
      "popsec: 1\nusers: [{name: u, keys: [ssh-ed25519 AAAA my \(secret)]}]\n")
    #expect(key == ["file:2:26: a security file holds no Token ID; take it out, and revoke its token"])
  }
}
