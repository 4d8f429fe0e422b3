import Access
import Foundation
import Interchange
import TestSupport
import Testing

@testable import popsec

@Suite("The schema of the security file says what popsec reads and writes")
struct SecurityFileSchemaTests {
  private static let schema = SecurityFileSchema.schema.document

  private func problems(_ value: DocumentValue) -> [String] {
    SchemaValidator(Self.schema).problems(of: value)
  }

  @Test("the demo's data is valid, as it stands and as it is exported in both formats")
  func demo() throws {
    let path = "Resources/demo/demo.yaml"
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(problems(try DocumentValue(yaml: bytes)) == [])
    let program = try Program.initialized()
    try program.run("apply", path, "--yes").mustSucceed()
    let json = try program.run("export", "-o", "json").output
    #expect(problems(try DocumentValue(json: json.utf8)) == [])
    #expect(problems(try DocumentValue(yaml: Array(program.run("export").output.utf8))) == [])
  }

  @Test("the example in the manual page is valid, and so is the same as JSON")
  func example() throws {
    let page = try String(contentsOfFile: "Resources/packaging/man/popsec-security-file.5", encoding: .utf8)
    let example = try #require(page.firstMatch(of: #/(popsec: 1\n(?s:.*?))\n\.Ed/#)).1
    let value = try DocumentValue(yaml: Array(example.utf8))
    #expect(problems(value) == [] && isRead(value))
    #expect(problems(try DocumentValue(json: value.json.utf8)) == [])
  }

  /// A file in which each key of each kind of entry stands.
  static let whole = """
    popsec: 1
    catalogue:
      connectors:
        - {name: C, companies: [MX], lists: [{name: L, group: G, actions: [A], details: [D], listActions: [E]}]}
      widgets:
        - name: W
          url: https://x.example.com/w
          connector: C
          lists: [L]
          enabled: true
          open: false
          parameters: {company: company, list: list, action: a, detail: d, listAction: e}
      endpoints:
        - {name: P, url: "https://x.example.com/p", methods: [GET], connector: C, list: L, enabled: true, match: exact}
    roles:
      - {name: R, description: text, permissions: [api.call]}
    teams:
      - name: T
        description: text
        roles: [{name: R, from: 2026-01-01, until: "2027-01-01T00:00:00Z"}, APIReader]
        grants:
          - connector: C
            roles: [User]
            companies: [MX]
            lists: [L]
            actions: [{list: L, name: A}]
            details: all
            listActions: []
            from: 2026-01-01
            until: 2027-01-01
    apiUsers:
      - name: U
        enabled: true
        owner: {user: ops}
        note: text
        labels: {env: prod}
        teams: [T]
        roles: [APIReader]
        grants: [{connector: C}]
        tokens:
          - name: t
            from: 2026-01-01
            expires: never
            disabled: false
            widgets: [W]
            endpoints: [P]
            networks: [10.0.0.0/8]
            ratePerMinute: 5
            owner: web@example.com
            note: text
            labels: {}
    users:
      - name: ops
        unix: ops
        keys: []
        enabled: true
        teams: []
        roles: [Administrator]
        grants: []
        tokens: []
    laws:
      - name: A
        reason: text
        mode: watch
        except: [{apiUser: U, until: 2027-01-01}]
        never:
          who: {apiUsers: {labels: {env: prod}}, users: {teams: [T]}}
          what:
            connector: C
            companies: [MX]
            lists: [L]
            actions: [{list: L, name: A}]
            details: all
            listActions: [{list: L, name: E}]
      - {name: B, apart: {who: {users: [ops]}, what: {connector: C, lists: all}, and: {connector: C}}}
      - {name: D, within: {who: {apiUsers: {teams: [T]}}, of: T}}
      - name: E
        tokens:
          who: {apiUsers: all}
          maxDays: 365
          expiring: true
          networks: required
          limited: required
          unusedDays: 90
      - {name: F, tokens: {who: {apiUsers: all}, unusedDays: 90}}
      - {name: G, owned: {who: {apiUsers: [U]}}}
    """

  /// Whether popsec takes a file by itself.
  private func isRead(_ value: DocumentValue) -> Bool {
    (try? SecurityFile.parse(Array(value.json.utf8), named: "file.json")) != nil
  }

  @Test("reader and schema refuse the same: unknown keys, keys that are missing, and values of other types")
  func mutants() throws {
    let file = try DocumentValue(yaml: Array(Self.whole.utf8))
    #expect(problems(file) == [] && isRead(file))
    var count = 0
    file.eachMutant { what, mutant in
      count += 1
      // A schema can't say that the list of a grant's item is one of the grant's lists.
      if what == "/teams /0 /grants /0 without lists" { return }
      #expect(problems(mutant).isEmpty == isRead(mutant), "\(what): \(problems(mutant))")
    }
    #expect(count > 200)
  }

  @Test("each key of the schema is in that file, so that the reader was asked about it")
  func keys() throws {
    let file = try DocumentValue(yaml: Array(Self.whole.utf8))
    let known = Self.schema.propertyNames
    #expect(known.subtracting(file.keysAnywhere) == [])
  }
}

extension DocumentValue {
  /// The names of all properties in a schema.
  fileprivate var propertyNames: Set<String> {
    var names: Set<String> = []
    for member in members {
      if member.key == "properties" { names.formUnion(member.value.members.map(\.key)) }
      names.formUnion(member.value.propertyNames)
    }
    for element in elements { names.formUnion(element.propertyNames) }
    return names
  }

  fileprivate var keysAnywhere: Set<String> {
    Set(members.map(\.key)).union(members.flatMap(\.value.keysAnywhere)).union(
      elements.flatMap(\.keysAnywhere))
  }

  /// Calls the body with documents in which one place differs: with a key more or less in an object, and with another
  /// value in the place of one.
  fileprivate func eachMutant(_ body: (_ what: String, DocumentValue) -> Void) {
    body("a number", .literal("7"))
    body("null", .null)
    switch self {
    case .text: body("a list", .list([]))
    case .literal: body("a text", .text("7"))
    case .list(let elements):
      body("a text", .text("none"))
      for (index, element) in elements.enumerated() {
        element.eachMutant { what, mutant in
          var changed = elements
          changed[index] = mutant
          body("/\(index) \(what)", .list(changed))
        }
      }
    case .mapping(let members):
      body("an unknown key", .mapping(members + [Member(key: "unknown-key", value: .list([]))]))
      for (index, member) in members.enumerated() {
        var less = members
        less.remove(at: index)
        body("without \(member.key)", .mapping(less))
        member.value.eachMutant { what, mutant in
          var changed = members
          changed[index] = Member(key: member.key, value: mutant)
          body("/\(member.key) \(what)", .mapping(changed))
        }
      }
    }
  }
}
