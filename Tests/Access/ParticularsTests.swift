import Access
import Foundation
import Testing

@Suite("What is known about an API user or a token")
struct ParticularsTests {
  @Test(
    "an owner who is no user is a text of 1 to 100 characters",
    arguments: [
      ("web@example.com", true), (" the web team ", true), (String(repeating: "x", count: 100), true),
      ("", false), (" ", false), (String(repeating: "x", count: 101), false), ("a\nb", false),
      ("a\u{202E}b", false), ("user:ada", false), ("pst_" + String(repeating: "a", count: 38), false),
    ])
  func owner(text: String, isOne: Bool) {
    #expect(((try? OwnerText(text)) != nil) == isOne)
  }

  @Test(
    "a note has lines, and no other control character",
    arguments: [
      ("", ""), (" for the shop \n", "for the shop"), ("one\n\ntwo", "one\n\ntwo"),
      (String(repeating: "x", count: 1_000), String(repeating: "x", count: 1_000)),
      (String(repeating: "x", count: 1_001), nil), ("a\tb", nil), ("a\rb", nil), ("a\u{202E}b", nil),
      ("a\r\nb", nil), ("a\u{2028}b", nil), ("see pst_" + String(repeating: "a", count: 38), nil),
    ] as [(String, String?)])
  func note(raw: String, text: String?) {
    #expect((try? Note(raw))?.text == text)
  }

  @Test(
    "a label is key=value, each part 1 to 40 of a few characters",
    arguments: [
      ("env=prod", true), ("a.b_c-1=0", true), ("\(String(repeating: "k", count: 40))=v", true),
      ("\(String(repeating: "k", count: 41))=v", false), ("env", false), ("=v", false), ("k=", false),
      ("Env=prod", false), ("env=a b", false), ("env=a=b", false), ("env=ä", false), ("env='x'", false),
    ])
  func label(text: String, isOne: Bool) {
    #expect(((try? Label(text)) != nil) == isOne)
  }

  @Test("there are at most eight labels, each key once")
  func labels() throws {
    let nine = try (1...9).map { try Label("k\($0)=v") }
    #expect(throws: LabelProblem.tooMany(9)) { try Labels(nine) }
    let eight = try Labels(nine.dropLast())
    #expect(throws: LabelProblem.tooMany(9)) { try eight.setting([nine[8]]) }
    #expect(try eight.setting([nine[8]], removing: ["k1"])["k9"] == "v")
    #expect(throws: LabelProblem.twice("a")) { try Labels([try Label("a=1"), try Label("a=2")]) }
    #expect(try Labels([try Label("b=2"), try Label("a=1")]).words == ["a=1", "b=2"])
  }

  @Test("all of it is read as it was written, and unchecked values are refused")
  func coding() throws {
    let all = Particulars(
      owner: .text(try OwnerText("web@example.com")), note: try Note("a\nb"),
      labels: try Labels([try Label("env=prod")]))
    let id = AccountID.random()
    for value in [all, .none, Particulars(owner: .user(id))] {
      let data = try JSONEncoder().encode(value)
      #expect(try JSONDecoder().decode(Particulars.self, from: data) == value)
    }
    #expect(String(decoding: try JSONEncoder().encode(Particulars.none), as: UTF8.self) == "{}")
    for bad in [#"{"labels":{"A":"b"}}"#, #"{"note":"a\tb"}"#, #"{"owner":"user:!"}"#, #"{"owner":""}"#] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(Particulars.self, from: Data(bad.utf8))
      }
    }
  }

  @Test("an account of a document from before is one without particulars, and is written as before")
  func olderDocuments() throws {
    let account = Account(
      id: .random(), kind: .apiUser, name: try Name("A"),
      createdAt: try #require(Timestamp("2026-11-24T12:00:00Z")))
    let text = String(decoding: try JSONEncoder().encode(account), as: UTF8.self)
    #expect(!text.contains("particulars") && !text.contains("createdBy"))
    #expect(try JSONDecoder().decode(Account.self, from: Data(text.utf8)) == account)
  }

  @Test("a user has none")
  func users() throws {
    let owner = Particulars(owner: .text(try OwnerText("x")))
    var user = Account(
      id: .random(), kind: .user, name: try Name("A"),
      createdAt: try #require(Timestamp("2026-11-24T12:00:00Z")), particulars: owner)
    #expect(user.particulars == .none)
    user.particulars = owner
    #expect(user.particulars == .none)
  }
}
