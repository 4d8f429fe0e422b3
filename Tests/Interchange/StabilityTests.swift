import Access
import Administration
import TestSupport
import Testing

@testable import Interchange

@Suite("Export and apply")
struct StabilityTests {
  @Test(
    "a random world: apply twice is empty, export then apply is empty, and both formats say the same",
    arguments: Engine.runs(1...10, inDatabase: 2))
  func roundTrip(run: Engine.Run) throws {
    let world = World(seed: run.seed)
    let fixture = try Fixture(run.engine)
    let plan = try fixture.apply(world.text)
    #expect(!plan.isEmpty)
    #expect(try fixture.plan(world.text).text() == [])
    let yaml = try fixture.export(.yaml)
    let json = try fixture.export(.json)
    #expect(try fixture.plan(yaml).text() == [])
    #expect(try fixture.plan(json).text() == [])

    let other = try Fixture(run.engine)
    try other.apply(json)
    #expect(try other.export(.yaml) == yaml)
    #expect(try other.plan(world.text).text() == [])
  }

  @Test(
    "a random world after another: the store becomes the second, whatever the first was",
    arguments: Engine.runs(1...6, inDatabase: 2))
  func replacement(run: Engine.Run) throws {
    let (fixture, seed) = (try Fixture(run.engine), run.seed)
    try fixture.apply(World(seed: seed).text)
    let second = World(seed: seed &+ 1_000)
    try fixture.apply(second.text)
    #expect(try fixture.plan(second.text).text() == [])
    let fresh = try Fixture(run.engine)
    try fresh.apply(second.text)
    #expect(try fixture.export() == fresh.export())
    // And back: what left the catalogue comes back, with nothing that the file does not say.
    try fixture.apply(World(seed: seed).text)
    let first = try Fixture(run.engine)
    try first.apply(World(seed: seed).text)
    #expect(try fixture.export() == first.export())
  }

  @Test("the order of entries never matters")
  func order() throws {
    let forwards = """
      popsec: 1
      roles: [{name: R, permissions: [api.call, audit.read]}, {name: S}]
      teams: [{name: A, roles: [R, S]}, {name: B}]
      apiUsers:
        - {name: x, teams: [A, B], tokens: [{name: t}, {name: u}]}
        - {name: y}
      """
    let backwards = """
      apiUsers:
        - {name: y}
        - {tokens: [{name: u}, {name: t}], teams: [B, A], name: x}
      teams: [{name: B}, {roles: [S, R], name: A}]
      roles: [{name: S}, {permissions: [audit.read, api.call], name: R}]
      popsec: 1
      """
    let fixture = try Fixture()
    #expect(try fixture.plan(forwards) == fixture.plan(backwards))
    try fixture.apply(forwards)
    #expect(try fixture.plan(backwards).isEmpty)
  }

  @Test("a name that YAML 1.1 would read otherwise survives, quoted", arguments: World.names)
  func names(name: String) throws {
    let fixture = try Fixture()
    try fixture.administration.change { _ = try $0.addTeam(name: try Name(name)) }
    for format in SecurityFileFormat.allCases {
      let text = try fixture.export(format)
      #expect(try SecurityFile(text).teams?.map(\.named.name.text) == [name])
      #expect(try fixture.plan(text).isEmpty)
    }
  }

  @Test(
    "a text is written without quotes only where no reader can mistake it",
    arguments: [
      ("Sales Orders", "Sales Orders"), ("Ação", "Ação"), ("東京", "東京"), ("a-b_c.d", "a-b_c.d"),
      ("NO", "\"NO\""), ("y", "\"y\""), ("1.0", "\"1.0\""), ("~", "\"~\""), ("a: b", "\"a: b\""),
      ("a #b", "\"a #b\""), (" a", "\" a\""), ("a ", "\"a \""), ("", "\"\""), ("a\"b\\", "\"a\\\"b\\\\\""),
      ("a\u{200D}b", "\"a\\u200Db\""), ("\u{E0001}", "\"\\U000E0001\""), ("null", "\"null\""),
    ])
  func quoting(text: String, written: String) { #expect(YamlText.quotedWhereNeeded(text) == written) }

  @Test("JSON is read with its escapes, and strictly")
  func json() throws {
    let text = "{\"popsec\": 1, \"teams\": [{\"name\": \"\\ud83d\\ude00 \\u00e9\\/\"}]}"
    #expect(try SecurityFile(text).teams?.map(\.named.name.text) == ["😀 é/"])
    let cases = [
      ("{\"popsec\": 1,}", "1:14: not valid JSON: a key in quotes is expected here"),
      ("{\"popsec\": 01}", "1:14: not valid JSON: a value is expected here"),
      ("{\"popsec\": 1} x", "1:15: not valid JSON: something follows after the end of the JSON value"),
      (
        "{\"popsec\": 1, \"teams\": [{\"name\": 5}]}",
        "1:34: a name must be text, this is a number; put it in quotes if it is meant as text"
      ),
      (
        "{\"popsec\": 1,\n \"users\": [{\"name\": \"\\ud83d\"}]}",
        "2:28: not valid JSON: half of a surrogate pair"
      ),
    ]
    for (text, line) in cases { #expect(SecurityFile.problems(text, named: "f.json") == ["f.json:" + line]) }
  }
}
