import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

/// What a proposal shows of its steps. The command line's tests run such commands.
@Suite("What is proposed, by command", .onEachEngine)
struct ProposalCommandTests {
  let scene: Scene
  let catalogue: Scene.Catalogue
  let team: Team
  let apiUser: Account

  init() throws {
    let scene = try Scene()
    catalogue = try scene.catalogue()
    team = try scene.change { try $0.addTeam(name: try Name("Sales MX")) }
    apiUser = try scene.apiUser("Portal")
    self.scene = scene
  }

  /// The commands of changes.
  private func commands(_ changes: (Change) throws -> Void) throws -> [String] {
    let trial = try scene.administration.trial(of: changes, isMeant: false)
    return try scene.administration.commands(making: trial.rows).map(ShellWords.joined)
  }

  private var user: SubjectID { .account(apiUser.id) }
  private let of = "--api-user Portal --connector 'Business Central'"

  private func grant(_ permissions: Permissions) throws {
    try scene.change { try $0.setGrant(of: user, on: catalogue.connector, permissions) }
  }

  private func commands(granting permissions: Permissions) throws -> [String] {
    try commands { try $0.setGrant(of: user, on: catalogue.connector, permissions) }
  }

  private var bounds: Bounds {
    get throws {
      try Bounds(
        from: Timestamp("2120-01-01T00:00:00Z"),
        until: Timestamp("2121-01-01T00:00:00Z"))
    }
  }

  private var small: Permissions {
    Permissions(
      roles: [.user], companies: .only([catalogue.companies[0]]), lists: .only([catalogue.lists[0]]),
      items: [.action: .only([catalogue.actions[0]])])
  }

  @Test("a grant is made, with its times, and deleted")
  func newGrant() throws {
    var wanted = small
    wanted.bounds = try bounds
    #expect(
      try commands(granting: wanted) == [
        "popsec grant add \(of) --role User --company MX --list 'Sales Orders' --action 'Sales Orders: Release'"
          + " --from 2120-01-01T00:00:00Z --until 2121-01-01T00:00:00Z"
      ])
    try grant(wanted)
    #expect(try commands(granting: .none) == ["popsec grant delete \(of)"])
  }

  @Test("what is added and removed is told apart, and so are the times of the whole grant")
  func changesGrant() throws {
    try grant(small)
    var wanted = small
    wanted.companies = .only([catalogue.companies[1]])
    wanted.lists = .all
    wanted[.detail] = .all
    wanted.bounds = try bounds
    #expect(
      try commands(granting: wanted) == [
        "popsec grant remove \(of) --company MX",
        "popsec grant add \(of) --company US --all-lists --all-details",
        "popsec grant set-bounds \(of) --from 2120-01-01T00:00:00Z --until 2121-01-01T00:00:00Z",
      ])
    try grant(wanted)
    // A part of all can't stay, and a beginning can't be taken away.
    #expect(try commands(granting: small) == [])
    var none = wanted
    none.lists = .none
    #expect(
      try commands(granting: none)
        == ["popsec grant remove \(of) --all-lists --action 'Sales Orders: Release'"])
  }

  @Test("roles and memberships are told with their times")
  func rolesAndMembers() throws {
    let custom = try scene.change {
      try $0.addRole(RoleContent(name: try Name("Desk role"), permissions: [.securityRead]))
    }
    let limited = try bounds
    let held: BoundedSet<SystemRole> = [.builtIn(.widgetReader), .custom(custom.id)]
    try scene.change { try $0.saveRoles(of: user, bounded: Edit(was: [], becomes: held)) }
    var becomes = held
    becomes[.builtIn(.apiReader)] = limited
    becomes[.custom(custom.id)] = nil
    #expect(
      try commands { try $0.saveRoles(of: user, bounded: Edit(was: held, becomes: becomes)) } == [
        "popsec api-user role Portal --add APIReader --from 2120-01-01T00:00:00Z --until 2121-01-01T00:00:00Z",
        "popsec api-user role Portal --remove 'Desk role'",
      ])
    #expect(
      try commands {
        try $0.saveRoles(of: .team(team.id), Edit(was: [], becomes: [.builtIn(.administrator)]))
      } == ["popsec team role 'Sales MX' --add Administrator"])
    #expect(
      try commands { try $0.saveMembers(of: team.id, bounded: BoundedSet(apiUser.id, limited), removing: []) }
        == [
          "popsec api-user team Portal --add 'Sales MX' --from 2120-01-01T00:00:00Z --until 2121-01-01T00:00:00Z"
        ])
    try scene.change {
      try $0.saveMembers(of: team.id, bounded: BoundedSet(apiUser.id, limited), removing: [])
    }
    #expect(
      try commands { try $0.saveMembers(of: team.id, bounded: BoundedSet(apiUser.id, .always), removing: []) }
        == ["popsec api-user team Portal --add 'Sales MX' --until never"])
    #expect(
      try commands { try $0.saveMembers(of: team.id, adding: [], removing: [apiUser.id]) }
        == ["popsec api-user team Portal --remove 'Sales MX'"])
  }

  @Test("accounts, tokens and places are told, and what no command can do is not")
  func others() throws {
    let token = try scene.token(of: apiUser, "-t")
    let widget = Widget(
      id: .random(), name: try Name("Sales"), address: try Address("https://portal.example.com/sales"),
      connector: catalogue.connector, lists: [catalogue.lists[0]])
    try scene.change { try $0.addPlace(widget) }
    let limits = TokenLimits(widgets: [widget.id], networks: [try #require(Network("10.0.0.0/8"))])
    #expect(
      try commands { change in
        try change.setEnabled(false, apiUser.id)
        try change.setDisabled(true, token.id)
        try change.setLimits(limits, of: token.id)
        try change.setEnabled(false, widget)
      } == [
        "popsec api-user disable Portal", "popsec token disable -- Portal -t",
        "popsec token limit --widget Sales --network 10.0.0.0/8 -- Portal -t",
        "popsec catalogue widget disable Sales",
      ])
    #expect(
      try commands { change in
        try change.setEnabled(false, apiUser.id)
        try change.deleteTeam(team.id)
      } == [])
    #expect(try commands { _ = try $0.addTeam(name: try Name("x")) } == [])
  }
}
