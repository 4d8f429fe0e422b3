import Access
import Administration
import SQLiteStore
import Store
import TestSupport
import TestTraits
import Testing

/// Changes after which nothing that was read before may be used.
@Suite(.onEachEngine) struct CheckerSessionTests {
  private static let changes: [(name: String, change: @Sendable (CheckScene, Change) throws -> Void)] = [
    ("a grant goes", { try $1.setGrant(of: .team($0.team.id), on: $0.catalogue.connector, .none) }),
    ("a team goes", { try $1.deleteTeam($0.team.id) }),
    ("a member goes", { try $1.saveMembers(of: $0.team.id, adding: [], removing: [$0.user.id]) }),
    (
      "a team's roles go",
      { scene, change in
        try change.saveRoles(
          of: .team(scene.team.id),
          Edit(was: [.builtIn(.widgetReader), .builtIn(.apiReader)], becomes: []))
      }
    ),
    ("the user is disabled", { try $1.setEnabled(false, $0.user.id) }),
    ("the token is revoked", { try $1.revoke($0.token.id) }),
    (
      "the widget is disabled",
      { scene, change in
        var widget = scene.widget
        widget.isEnabled = false
        try change.update(widget, was: scene.widget)
      }
    ),
    ("the widget goes", { try $1.delete($0.widget) }),
    (
      "the list goes",
      { scene, change in
        let lists = try change.reader.lists(of: scene.catalogue.connector)
        try change.delete(try #require(lists.first { $0.id == scene.catalogue.lists[0] }))
      }
    ),
  ]

  @Test(
    "the next check after a change is a denial, whoever made it", arguments: changes.map(\.name),
    [true, false])
  func forgets(name: String, isOtherProcess: Bool) throws {
    let change = try #require(Self.changes.first { $0.name == name }).change
    let mexico = try CheckScene()
    let session = CheckerSession(mexico.scene.administration)
    let request = CheckRequest(
      asker: .token(.id(mexico.token.id), of: mexico.portal), surface: .widget(.id(mexico.widget.id)))
    for _ in 0..<3 { #expect(try session.check { try $0.check(request) }.decision.isAllowed) }
    if isOtherProcess {
      // Another store on the same file has its own connections, as another process would have.
      let other = try mexico.scene.made.reopened()
      try Administration(
        store: other, keys: mexico.scene.keys, operating: Scene.operating(Set(Permission.allCases))
      ).change { try change(mexico, $0) }
    } else {
      try mexico.scene.change { try change(mexico, $0) }
    }
    #expect(try !session.check { try $0.check(request) }.decision.isAllowed)
  }
}
