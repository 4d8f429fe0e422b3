import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@testable import Interchange

@Suite("Laws in a security file", .onEachEngine)
struct LawFileTests {
  /// The example of the format's description, then each way to say who and what.
  static let laws = """
    laws:
      - name: payroll is for no token
        reason: works council agreement of 2024
        mode: enforce
        never: {who: {apiUsers: all}, what: {connector: Business Central, lists: [Payroll Entries]}}
      - name: one country each
        except: [{apiUser: Portal Holding, until: 2027-06-30T00:00:00Z}]
        apart: {who: {apiUsers: {labels: {kind: portal}}}, what: {connector: Business Central, companies: [MX]}, \
    and: {connector: Business Central, companies: [US]}}
      - name: production tokens end
        tokens: {who: {apiUsers: {labels: {env: prod}}}, maxDays: 365, expiring: true, networks: required}
      - name: all used, in few places
        mode: watch
        tokens: {who: {users: all, apiUsers: all}, limited: required, unusedDays: 90}
      - name: partners stay inside
        within: {who: {users: [NO, 'true', Ada], apiUsers: {teams: [Partners, "2024"]}}, of: Partners}
      - name: everybody is owned
        owned: {who: {apiUsers: [B, A]}}
      - name: nobody releases
        never:
          who: {users: {teams: [Interns]}}
          what:
            connector: Business Central
            lists: [Sales Orders]
            actions: [{list: sales orders, name: Release order}]
            listActions: all

    """

  static func file(_ laws: String) -> String { "popsec: 1\n" + laws }

  private func laws(_ text: String) throws -> [Law<AsWritten>] {
    try #require(try SecurityFile(text).laws).map(\.law)
  }

  private func written(_ laws: [Law<AsWritten>], by writer: some FileWriter) -> String {
    var writer = writer
    writer.begin()
    writer.beginSection(FileKey.laws.rawValue)
    for law in laws { writer.add(EntryOutput(titles: NameBook()).law(law)) }
    writer.endSection()
    writer.end()
    return writer.text
  }

  @Test("are read as they are meant")
  func reading() throws {
    let read = try laws(Self.file(Self.laws))
    #expect(read.count == 7)
    let central = try Name("Business Central"), portal = try Labels([Label("kind=portal")])
    func company(_ name: String) throws -> LawWhat<AsWritten> {
      try LawWhat(connector: central, companies: .only([Name(name)]))
    }
    let until = try #require(Timestamp("2027-06-30T00:00:00Z"))
    #expect(
      try read[1]
        == Law(
          name: Name("one country each"),
          form: .apart(LawWho(apiUsers: .labelled(portal)), company("MX"), company("US")),
          exceptions: [Name("Portal Holding"): until]))
    #expect(read.map(\.mode) == [.enforce, .enforce, .enforce, .watch, .enforce, .enforce, .enforce])
    #expect(read[0].reason.text == "works council agreement of 2024")
    guard case .tokens(_, let demands) = read[3].form, case .never(_, let what) = read[6].form else {
      Issue.record("\(read)")
      return
    }
    #expect(try demands == TokenDemands(needsPlaces: true, unusedDays: 90))
    #expect(what.items[.listAction] == .all)
    #expect(what.items[.detail] == nil)
  }

  @Test("are the same after they were written and read, and written the same again")
  func roundTrip() throws {
    let read = try laws(Self.file(Self.laws))
    let yaml = written(read, by: YamlWriter()), json = written(read, by: JSONWriter())
    for text in [yaml, json] { #expect(try laws(text) == read) }
    #expect(try written(laws(json), by: YamlWriter()) == yaml)
    #expect(!yaml.contains("mode: enforce"))
  }

  @Test("no laws are written and read as none")
  func none() throws {
    #expect(try laws(written([], by: YamlWriter())) == [])
    #expect(try SecurityFile("popsec: 1\n").laws == nil)
  }

  @Test("a file adds, changes and removes laws, and what is exported adds the same ones")
  func applied() throws {
    let fixture = try Fixture()
    let plan = try fixture.apply(Self.file(Self.laws))
    #expect(plan.changes.allSatisfy { $0.section == .laws && $0.kind == .added && !$0.fields.isEmpty })
    #expect(try fixture.plan(Self.file(Self.laws)).isEmpty)
    let exported = try fixture.export()
    let other = try Fixture()
    try other.apply(exported)
    #expect(try other.export() == exported)
    #expect(try fixture.plan(exported).isEmpty)
    let all = try laws(exported)
    let changed = try #require(all.first { $0.mode == .enforce })
    let weaker = try Law(name: changed.name, reason: changed.reason, mode: .watch, form: changed.form)
    let next = try fixture.apply(written([weaker], by: YamlWriter()))
    #expect(next.count(.changed) == 1 && next.count(.removed) == all.count - 1)
    #expect(next.changes.flatMap(\.fields).contains { $0.text == "mode: enforce -> watch" })
    try fixture.apply("popsec: 1\nlaws: []\n")
    #expect(try fixture.store.read { try $0.laws() } == [])
  }

  static let who = "who: {apiUsers: all}"

  @Test(
    "errors name the place, what is wrong, and what was meant",
    arguments: [
      (
        "{name: A, nevr: {}}",
        [
          "3:5: a law needs one of the keys never, apart, within, tokens or owned",
          "3:15: a law has no key “nevr”; did you mean “never”?",
        ]
      ),
      (
        "{name: A, owned: {\(who)}, within: {\(who), of: T}}",
        ["3:22: a law says one thing, this says within and owned; make two laws of it"]
      ),
      ("{name: A, within: {\(who)}}", ["3:23: within needs the key “of”"]),
      ("{name: A, owned: {who: {}}}", ["3:28: a law names apiUsers, users or both"]),
      ("{name: A, owned: {who: {users: all}}}", ["3:22: users have no owner: such a law could never hold"]),
      (
        "{name: A, owned: {who: {apiUsers: some}}}",
        [
          "3:39: apiUsers must be the word all, a list of names, or a mapping with labels or teams, this is text"
        ]
      ),
      (
        "{name: A, owned: {who: {apiUsers: {label: {a: b}}}}}",
        [
          "3:39: a choice of accounts has either labels or teams",
          "3:40: a choice of accounts has no key “label”; did you mean “labels”?",
        ]
      ),
      (
        "{name: A, owned: {who: {apiUsers: []}}}",
        ["3:28: the names of a selection must not be empty: the law would speak of nothing"]
      ),
      ("{name: A, tokens: {\(who)}}", ["3:23: a law about tokens demands something of them"]),
      ("{name: A, tokens: {\(who), maxDays: 0}}", ["3:55: maxDays must be from 1 to 36500"]),
      (
        "{name: A, tokens: {\(who), networks: yes}}",
        ["3:56: there is no demand “yes”; it may be required"]
      ),
      (
        "{name: A, mode: wach, owned: {\(who)}}", ["3:21: there is no mode “wach”; did you mean “watch”?"]
      ),
      (
        "{name: A, never: {\(who), what: {connector: C, lists: []}}}",
        ["3:51: lists must not be empty: the law would speak of nothing"]
      ),
      (
        "{name: A, never: {\(who), what: {connector: C, lists: [L], actions: [{list: M, name: x}]}}}",
        [
          "3:95: the law names the action “x” of the list “M”, which is not among its lists; "
            + "add the list to the law's lists, or take the action out"
        ]
      ),
      (
        "{name: A, except: [{apiUser: U}], owned: {\(who)}}", ["3:24: an exception needs the key “until”"]
      ),
      (
        "{name: A, except: [{apiUser: U, until: 2027-01-01}, {apiUser: u, until: 2028-01-01}], owned: {\(who)}}",
        ["3:67: the exception for API user “u” is there twice; it stands at 3:34 already"]
      ),
      (
        "{name: A, owned: {\(who)}}\n  - {name: a, owned: {\(who)}}",
        ["4:12: law “a” is there twice; it stands at 3:12 already"]
      ),
    ])
  func errors(entry: String, messages: [String]) {
    let found = SecurityFile.problems(Self.file("laws:\n  - \(entry)\n"))
    #expect(found == messages.map { "file:" + $0 })
  }

  @Test("more laws than a store may have are refused where the first of them stands")
  func tooMany() {
    let laws = (0...LawBounds.laws).map { "  - {name: L\($0), owned: {\(Self.who)}}\n" }.joined()
    let last = LawBounds.laws + 3
    #expect(
      SecurityFile.problems(Self.file("laws:\n" + laws)) == [
        "file:\(last):5: laws has more than \(LawBounds.laws) entries"
      ])
  }
}
