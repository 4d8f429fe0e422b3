import Access
import Administration
import Store
import TestSupport
import Testing

/// Mexico as in `domain.md`: the team “Sales MX” gives MX with the list “Sales Orders”, the API user
/// “Portal Mexico” is in it and has a token; a widget over both lists, an endpoint over one.
struct CheckScene {
  let scene: Scene
  let catalogue: Scene.Catalogue
  let team: Team
  let user: Account
  let token: Token
  let widget: Widget

  init(_ engine: Engine = .current) throws {
    let scene = try Scene(engine)
    let catalogue = try scene.catalogue()
    let user = try scene.apiUser()
    let team = try scene.change { try $0.addTeam(name: try Name("Sales MX")) }
    let widget = Widget(
      id: .random(), name: try Name("Sales"), address: try Address("https://portal.example.com/sales"),
      connector: catalogue.connector, lists: Set(catalogue.lists))
    let endpoint = Endpoint(
      id: .random(), name: try Name("orders"),
      address: try AddressTemplate("https://portal.example.com/api"),
      connector: catalogue.connector, list: catalogue.lists[0])
    try scene.change { change in
      _ = try change.add(widget)
      _ = try change.add(endpoint)
      try change.setGrant(
        of: .team(team.id), on: catalogue.connector,
        Permissions(
          roles: [.user], companies: .only([catalogue.companies[0]]), lists: .only([catalogue.lists[0]])))
      try change.saveTeams(of: user.id, Edit(was: [], becomes: [team.id]))
      try change.saveRoles(
        of: .team(team.id), Edit(was: [], becomes: [.builtIn(.widgetReader), .builtIn(.apiReader)]))
    }
    (self.scene, self.catalogue, self.team, self.user, self.widget) = (scene, catalogue, team, user, widget)
    token = try scene.token(of: user)
  }

  var portal: AccountReference { AccountReference(.apiUser, .named(user.name)) }

  /// The decision about a request that is given by the names that a person types.
  func check(
    _ asker: CheckRequest.Asker? = nil, widget: String? = nil, endpoint: String? = nil,
    method: String = "GET",
    connector: String = "Business Central", company: String? = nil, list: String? = nil,
    item: (ItemKind, String)? = nil, source: String? = nil
  ) throws -> Verdict {
    let surface: CheckRequest.Surface
    if let widget {
      surface = .widget(Reference(text: widget))
    } else if let endpoint {
      surface = .endpoint(Reference(text: endpoint), try #require(HTTPMethod(rawValue: method)))
    } else {
      surface = .api(Reference(text: connector))
    }
    return try scene.administration.check(
      CheckRequest(
        asker: asker ?? .account(portal), surface: surface, company: company.map { Reference(text: $0) },
        list: list.map { Reference(text: $0) },
        item: item.map { CheckRequest.ItemReference($0.0, Reference(text: $0.1)) },
        source: source.flatMap { IPAddress($0) }))
  }
}
