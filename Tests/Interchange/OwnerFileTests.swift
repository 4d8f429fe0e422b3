import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@testable import Interchange

@Suite("Owners, notes and labels in a security file", .onEachEngine)
struct OwnerFileTests {
  static let base = """
    popsec: 1
    apiUsers:
      - name: A
        owner: {user: ada}
        note: "one\\ntwo"
        labels: {env: prod, kind: portal}
        tokens: [{name: t, expires: never, owner: web@example.com, note: n, labels: {a: 1}}]
      - {name: B, tokens: []}
    users:
      - {name: ada, tokens: [{name: own, expires: never, owner: {user: zoe}}]}
      - {name: root, unix: root, roles: [Administrator]}
      - {name: zoe}
    """

  @Test("are planned, applied, exported, and applied again without a change")
  func roundTrip() throws {
    let fixture = try Fixture()
    let text = try fixture.plan(Self.base).text()
    for line in [
      "      owner: user:ada", "      labels: env=prod, kind=portal", "      token t: owner: web@example.com",
      "      token t: labels: a=1", "      token own: owner: user:zoe",
    ] {
      #expect(text.contains(line), "\(text)")
    }
    try fixture.apply(Self.base)
    #expect(try fixture.plan(Self.base).isEmpty)
    for format in [SecurityFileFormat.yaml, .json] {
      let exported = try fixture.export(format)
      #expect(try fixture.plan(exported).isEmpty)
      let other = try Fixture()
      try other.apply(exported)
      #expect(try other.export(format) == exported)
    }
    let cleared = Self.base.replacing("    owner: {user: ada}\n", with: "")
    #expect(try fixture.plan(cleared).text() == ["apiUsers", "  ~ A", "      owner: user:ada -> nothing"])
    try fixture.apply(cleared)
    #expect(try fixture.plan(cleared).isEmpty)
  }

  @Test("an owner who is deleted can't be said, and stays while nobody else is named")
  func deletedOwner() throws {
    let fixture = try Fixture()
    try fixture.apply(Self.base)
    let ada = try fixture.store.read { try $0.account(.user, named: NameKey(try Name("ada"))) }
    let id = try #require(ada).id
    try fixture.administration.change { try $0.deleteAccount(id) }
    let exported = try fixture.export()
    #expect(!exported.contains("ada"))
    #expect(try fixture.plan(exported).isEmpty)
    let labelled = exported.replacing("env: prod", with: "env: test")
    try fixture.apply(labelled)
    let account = try fixture.store.read { try $0.account(.apiUser, named: NameKey(try Name("A"))) }
    #expect(account?.particulars.owner == .user(id))
    #expect(account?.particulars.labels["env"] == "test")
  }

  @Test(
    "what is wrong is told with its place",
    arguments: [
      (
        "owner: {user: nobody}",
        "there is no user “nobody”; name a user who is there, or write the owner as a text"
      ),
      ("owner: {user: adda}", "there is no user “adda”; did you mean “ada”?"),
      ("owner: {usr: ada}", "an owner has no key “usr”; did you mean “user”?"),
      ("owner: {}", "an owner needs the key “user”"),
      ("owner: user:ada", "the text of an owner must not begin with user:; write a user as {user: NAME}"),
      ("owner: ''", "an owner must not be empty"), ("owner: [a]", "an owner must be text, this is a list"),
      ("note: \"a\\tb\"", "a note must not contain the control character U+0009"),
      (
        "labels: [a]",
        "labels must be a mapping, this is a list; write them as {env: prod, customer: contoso}"
      ),
      ("labels: {Env: prod}", "the key of a label has 1 to 40 of a-z, 0-9, ., _ and -"),
      ("labels: {env: a b}", "the value of a label has 1 to 40 of a-z, 0-9, ., _ and -"),
      (
        "labels: {a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1}",
        "there are at most 8 labels, these are 9"
      ),
    ])
  func wrong(key: String, message: String) throws {
    let fixture = try Fixture()
    try fixture.apply("popsec: 1\nusers:\n  - {name: ada, roles: [Administrator]}")
    let ofUser = try fixture.problems("popsec: 1\napiUsers:\n  - {name: A, \(key)}")
    #expect(ofUser.contains { $0.hasPrefix("file:3:") && $0.hasSuffix(": " + message) }, "\(ofUser)")
    let ofToken = try fixture.problems("popsec: 1\napiUsers:\n  - {name: A, tokens: [{name: t, \(key)}]}")
    #expect(ofToken.contains { $0.hasSuffix(": " + message) }, "\(ofToken)")
  }

  @Test("an owner whom the same file removes is told, and users have no owner")
  func others() throws {
    let fixture = try Fixture()
    try fixture.apply(Self.base)
    let removed = Self.base.replacing("  - {name: zoe}", with: "")
    #expect(try fixture.problems(removed).first?.contains("user “zoe” would be removed by this file") == true)
    #expect(
      SecurityFile.problems("popsec: 1\nusers:\n  - {name: A, owner: x}").first?
        .contains("a user has no key “owner”") == true)
  }
}
