import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct WidgetTests {
  let scene: Scene
  let widget: Widget
  let portal: Account
  let contributor: Administration

  init() throws {
    scene = try Scene()
    portal = try scene.apiUser()
    let catalogue = try scene.catalogue()
    widget = Widget(
      id: .random(), name: try Name("Sales MX"), address: try Address("https://portal.example.com/sales"),
      connector: catalogue.connector, lists: Set(catalogue.lists))
    let widget = widget
    try scene.change { _ = try $0.add(widget) }
    contributor = scene.administration(only: BuiltInRole.widgetContributor.permissions)
  }

  @Test("a token that is added in a widget's page opens that widget alone")
  func opensOne() throws {
    let token = try contributor.change {
      try $0.addToken(toAPIUserNamed: portal.name, on: widget.id, name: try Name("embedded"))
    }
    #expect(token.limits == TokenLimits(widgets: [widget.id]))
    #expect(token.account == portal.id)
    #expect(try scene.records.last?.action == "token.add")
    // A person who adds a token here can neither copy it nor look at users.
    #expect(throws: AdministrationError.notPermitted(.tokensCopy)) {
      try contributor.change { _ = try $0.reveal(token.id, for: .copy) }
    }
    #expect(throws: AdministrationError.notPermitted(.securityRead)) { try contributor.read { _ in } }
  }

  @Test("its API user is found by the whole of its name only", arguments: ["Port", "Portal Mexic", "nobody"])
  func wholeName(name: String) throws {
    guard name != portal.name.text else { return }
    #expect(throws: AdministrationError.missing(kind: "API user", name: name)) {
      try contributor.change {
        try $0.addToken(toAPIUserNamed: try Name(name), on: widget.id, name: try Name("embedded"))
      }
    }
  }

  @Test("a widget that changed meanwhile is not overwritten, and a taken name is refused")
  func conflicts() throws {
    let other = Widget(
      id: .random(), name: try Name("Other"), address: try Address("https://portal.example.com/other"),
      connector: widget.connector, lists: widget.lists)
    try scene.change { _ = try $0.add(other) }
    let was = WidgetGeneral(widget)
    var renamed = was
    renamed.name = try Name("OTHER")
    #expect(throws: AdministrationError.nameTaken(kind: "widget", name: renamed.name)) {
      try scene.change { try $0.saveGeneral(widget.id, Edit(was: was, becomes: renamed)) }
    }
    var off = was
    off.isEnabled = false
    try scene.change { try $0.saveGeneral(widget.id, Edit(was: was, becomes: off)) }
    var open = was
    open.isOpen = true
    #expect(throws: EditConflict<WidgetGeneral>.self) {
      try scene.change { try $0.saveGeneral(widget.id, Edit(was: was, becomes: open)) }
    }
  }

  @Test("nobody but an Administrator makes, changes or copies tokens of one, but anybody may end them")
  func tokensOfAdministrators() throws {
    let boss = try scene.user("boss", roles: [.builtIn(.administrator)])
    let token = try scene.change { try $0.addToken(to: boss.id, name: try Name("own")) }
    let clerk = scene.administration(only: BuiltInRole.securityAdministrator.permissions)
    let refused = AdministrationError.beyond(.administrator, boss.name)
    let tries: [(Change) throws -> Void] = [
      { _ = try $0.addToken(to: boss.id, name: try Name("new")) },
      { _ = try $0.reveal(token.id, for: .copy) },
      { _ = try $0.rotate(token.id, olderValidUntil: $0.now) },
      { try $0.setExpiry(.never, of: token.id) },
    ]
    for body in tries { #expect(throws: refused) { try clerk.change(body) } }
    try clerk.change { try $0.setDisabled(true, token.id) }
    #expect(throws: refused) { try clerk.change { try $0.setDisabled(false, token.id) } }
    try clerk.change { try $0.revoke(token.id) }
  }
}
