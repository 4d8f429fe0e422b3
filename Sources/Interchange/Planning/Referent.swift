import Access

/// The kind of thing that a name in a file refers to.
enum Referent {
  case connector, widget, endpoint, role, team, user
  case company(of: Named)
  case list(of: Named)
  case item(ItemKind, of: Named)

  /// The words for the thing, as in `list “Sales” of the connector “Business Central”`.
  func words(_ name: String) -> String {
    switch self {
    case .connector: "connector \(shown(name))"
    case .widget: "widget \(shown(name))"
    case .endpoint: "endpoint \(shown(name))"
    case .role: "role \(shown(name))"
    case .team: "team \(shown(name))"
    case .user: "user \(shown(name))"
    case .company(let owner): "company \(shown(name)) of the connector \(shown(owner.name.text))"
    case .list(let owner): "list \(shown(name)) of the connector \(shown(owner.name.text))"
    case .item(let kind, let owner): "\(kind.words) \(shown(name)) of the list \(shown(owner.name.text))"
    }
  }

  /// The section that lists such things.
  var section: FileSection {
    switch self {
    case .connector, .company, .list, .item: .connectors
    case .widget: .widgets
    case .endpoint: .endpoints
    case .role: .roles
    case .team: .teams
    case .user: .users
    }
  }
}
