import Foundation
import Testing

/// A store for the commands that change something, and the checks that all of these commands have to pass.
struct ChangeWorld {
  let program: Program
  private let environment: [String: String]

  static let file = """
    popsec: 1
    catalogue:
      connectors:
        - name: Business Central
          companies: [MX, US]
          lists:
            - {name: Sales Orders, group: Sales, actions: [Release, Print], details: [Lines], listActions: [Export]}
            - {name: Sales Invoices, group: Sales}
            - {name: Items, group: Stock}
            - {name: "A", actions: ["B: C"]}
            - {name: "A: B", actions: [C]}
      widgets:
        - {name: Sales, url: "https://portal.example.com/sales", connector: Business Central, lists: [Sales Orders]}
      endpoints:
        - {name: Orders, url: "https://api.example.com/orders", connector: Business Central, list: Sales Orders}
    roles:
      - {name: Helpdesk, permissions: [security.read]}
    teams:
      - name: Mexico
        roles: [WidgetReader]
        grants: [{connector: Business Central, roles: [User], companies: [MX], lists: [Sales Orders, Items]}]
      - name: Everything
        grants: [{connector: Business Central, roles: [User], companies: all, lists: all, actions: all}]
      - {name: Desk}
    apiUsers:
      - {name: Portal, teams: [Mexico]}
      - {name: Kiosk}
    """

  init() throws {
    self.init(try Program.filled("business central") { try ChangeWorld($0).apply(Self.file) })
  }

  private init(_ program: Program, _ environment: [String: String] = [:]) {
    (self.program, self.environment) = (program, environment)
  }

  /// The same store, with two Administrators, where the named setting asks for both.
  static func takingTwo(_ setting: String, _ value: String) throws -> ChangeWorld {
    let world = ChangeWorld(try TwoAdministrators.program(), TwoAdministrators.first)
    try world.apply(file)
    try world.run(["settings", "set", setting, value]).mustSucceed()
    return world
  }

  /// Makes the store equal to another file.
  func apply(_ file: String) throws {
    let path = program.home + "/other.yaml"
    try file.write(toFile: path, atomically: true, encoding: .utf8)
    try run(["apply", path, "--yes"]).mustSucceed()
  }

  @discardableResult
  func run(_ arguments: [String]) throws -> Outcome { try program.run(arguments, environment: environment) }

  /// What the audit log has, as the number of rows, and the store as a security file without its ids.
  func state() throws -> String {
    let rows = try run(["audit", "list", "--limit", "1000", "--json"]).object().elements
      .filter { $0["action"]?.text?.contains(".export") != true }.count
    return "\(rows)\n" + (try security())
  }

  /// The store as a security file.
  func security() throws -> String { try run(["export"]).output }
}

/// A command that changes something, and what has to be seen of it.
struct ChangeCase: CustomTestStringConvertible, Sendable {
  let arguments: [String]
  /// What is shown before the change: the difference and the effect.
  let shown: [String]
  /// Whether the command asks.
  var asks = true

  var testDescription: String { arguments.joined(separator: " ") }

  /// Tries the command in every way in which it may be called.
  func check(in world: ChangeWorld) throws {
    let before = try world.state()
    let dry = try world.run(arguments + ["--dry-run"])
    dry.mustSucceed()
    for text in shown + ["effect on access"] { #expect(dry.output.contains(text), "\(text)\n\(dry.output)") }
    if asks {
      let refused = try world.run(arguments)
      #expect(refused.status == 64, "\(refused.output)\(refused.errors)")
      #expect(refused.errors.contains("there is no terminal to ask") && refused.errors.contains("add --yes"))
    }
    #expect(try world.state() == before)
    let security = try world.security()
    let made = try world.run(arguments + (asks ? ["--yes"] : []))
    made.mustSucceed()
    for text in shown + ["effect on access", "\ndone: "] {
      #expect(made.output.contains(text), "\(text)\n\(made.output)")
    }
    #expect(try world.security() != security)
    try world.run(["undo", "--yes"]).mustSucceed()
    #expect(try world.security() == security)
    let json = try world.run(arguments + ["--yes", "--json"])
    json.mustSucceed()
    let object = try json.object()
    #expect(object.keys == ["title", "changes", "count", "applied", "number", "takesTwo", "effect"])
    #expect(object["applied"] == .bool(true))
    try world.run(["undo", "--yes"]).mustSucceed()
    #expect(try world.security() == security)
  }
}
