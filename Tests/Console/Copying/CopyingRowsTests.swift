import Access
import Administration
@testable import Console
import Interchange
import Store
import Synchronization
import Terminal
import Testing

@Suite("y copies rows as YAML, JSON or the commands that make them")
struct CopyingRowsTests {
  /// What was sent to the clipboard last.
  final class Clipboard: Sendable {
    private let texts = Mutex<[String]>([])

    var last: String? { texts.withLock(\.last) }
    var port: ClipboardPort {
      ClipboardPort(
        way: .program(
          set: { [self] text in
            texts.withLock { $0.append(text) }; return nil
          }, remark: { nil }, clear: { nil }),
        destination: "the clipboard", clearAfterSeconds: 3)
    }
  }

  let world: ScreenWorld
  let clipboard = Clipboard()

  init() throws {
    world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
    try world.administration.change { change in
      let ada = try change.addAccount(.user, name: world.name("Ada"), unixAccount: UnixAccountName("ada"))
      let reader = BoundedSet<SystemRole>(
        bounded: [Bounded(.builtIn(.securityReader), Bounds(until: ScreenWorld.now.adding(days: 30)))])
      try change.saveRoles(of: .account(ada.id), bounded: Edit(was: [], becomes: reader))
      _ = try change.addRole(
        RoleContent(name: world.name("Help desk"), summary: Summary("Looks"), permissions: [.securityRead]))
      let portal = try #require(try change.reader.account(.apiUser, named: NameKey(world.name("Portal USA"))))
      var particulars = Particulars.none
      particulars.owner = .user(ada.id)
      particulars.note = try Note("it's\nthe US")
      particulars.labels = try Labels([Label("env=prod")])
      let was = AccountGeneral(portal)
      var becomes = was
      becomes.particulars = particulars
      try change.saveGeneral(portal.id, Edit(was: was, becomes: becomes))
      let token = try #require(try change.reader.tokens(of: portal.id).first)
      try change.setLimits(TokenLimits(requestsPerMinute: 60), of: token.id)
    }
  }

  private func console(_ format: ConsoleConfig.RowFormat? = nil) -> ConsoleDriver {
    var context = world.context(clipboard: clipboard.port)
    context.config.copyRowAs = format
    return ConsoleDriver(
      ConsoleRoot.compositor(context, titleBar: "store", size: Size(columns: 80, rows: 24)))
  }

  private static let rows: [(keys: String, format: ConsoleConfig.RowFormat, text: String)] = [
    (
      "s t y", .yaml,
      """
      - name: Sales MX
        description: people who sell in Mexico
        roles:
          - WidgetReader
        grants:
          - connector: Business Central
            roles:
              - User
            companies:
              - MX
            lists:
              - Sales Invoices
              - Sales Orders
            actions: all

      """
    ),
    (
      "s t y", .command,
      """
      popsec team add 'Sales MX' --description 'people who sell in Mexico'
      popsec team role 'Sales MX' --add WidgetReader
      popsec grant add --team 'Sales MX' --connector 'Business Central' --role User --company MX \
      --list 'Sales Invoices' --list 'Sales Orders' --all-actions
      """
    ),
    (
      "s a / \"mexico\" Enter y", .json,
      """
      {
        "name": "Portal Mexico",
        "teams": [
          "Sales MX"
        ]
      }

      """
    ),
    ("s a / \"old\" Enter y", .yaml, "- name: Old portal\n  enabled: false\n"),
    (
      "s a Space*2 y", .command,
      "popsec api-user add 'Größe & Söhne'\npopsec api-user add 'Old portal'\npopsec api-user disable 'Old portal'"
    ),
    (
      "s a / \"portal usa\" Enter * y", .command,
      "popsec api-user add 'Portal USA' --owner user:Ada --note 'it'\\''s\nthe US' --label env=prod"
    ),
    (
      "s u y", .command,
      """
      popsec user add Ada --unix ada
      popsec user role Ada --add SecurityReader --until 2026-12-23T12:00:00Z
      """
    ),
    (
      "s o End Up*2 y", .command,
      """
      popsec token add 'Portal USA' portal --expires 2027-02-21T12:00:00Z
      popsec token limit 'Portal USA' portal --rate 60
      """
    ),
    ("s o End Up*2 y", .yaml, "- name: portal\n  expires: \"2027-02-21T12:00:00Z\"\n  ratePerMinute: 60\n"),
    (
      "s r End y", .command,
      "popsec role add 'Help desk' --permission security.read --description Looks"
    ),
  ]

  @Test("a row is copied as the form says, without a Token ID", arguments: rows)
  func copies(keys: String, format: ConsoleConfig.RowFormat, text: String) throws {
    var console = console(format)
    console.press(keys)
    #expect(clipboard.last == text, "\(console.text)")
    #expect(!console.text.contains("clears in"))
    #expect(try world.auditedActions().allSatisfy { !$0.hasPrefix("token.copy") })
  }

  @Test("the form is asked once, and kept")
  func asks() throws {
    let kept = Mutex<[ConsoleConfig.RowFormat?]>([])
    let context = world.context(clipboard: clipboard.port)
    var console = ConsoleDriver(
      ConsoleRoot.compositor(
        context, titleBar: "store", size: Size(columns: 80, rows: 24),
        keepConfig: { key, config in
          kept.withLock { $0.append(key == .copyRowAs ? config.copyRowAs : nil) }
          return nil
        }))
    console.press("s t y")
    #expect(console.text.contains("In which form?") && clipboard.last == nil)
    console.press("Down*2 Enter")
    #expect(clipboard.last?.hasPrefix("popsec team add") == true)
    #expect(console.text.contains("“Sales MX” as commands sent to the clipboard"))
    console.press("Esc a y")
    #expect(clipboard.last?.hasPrefix("popsec api-user add") == true)
    #expect(kept.withLock { $0 } == [.command])
  }

  @Test(
    "what can't be copied says so",
    arguments: [
      ("s r y", "a built-in role is what it is"), ("s t / \"none\" Enter y", "no row is selected"),
    ])
  func refuses(keys: String, reason: String) {
    var console = console(.yaml)
    console.press(keys)
    #expect(console.text.contains(reason) && clipboard.last == nil, "\(console.text)")
  }

  @Test("more than a clipboard takes is not copied")
  func tooMany() throws {
    try world.administration.change { change in
      for number in 0...ConsoleContext.mostCopiedRows {
        _ = try change.addAccount(.apiUser, name: world.name("Many \(number)"))
      }
    }
    var console = console(.yaml)
    console.press("s a * y")
    #expect(console.text.contains("more than a clipboard takes") && clipboard.last == nil)
  }

  @Test("a text that is copied stays, and ends the countdown of a Token ID before it")
  func stays() throws {
    var console = console(.yaml)
    console.press("s o End Up*2 c")
    #expect(console.text.contains("clipboard clears in"))
    console.press("y")
    #expect(!console.text.contains("clipboard clears in"))
    console.elapse()
    #expect(clipboard.last?.hasPrefix("- name: portal") == true)
  }
}
