import Access
import Administration

/// What an editor edits: an account, a team or a role. The subject tells which pages it has, and makes them.
protocol EditorSubject: Sendable {
  var context: ConsoleContext { get }
  /// The title until the subject's name is read, as in "API user".
  var kindTitle: String { get }
  /// The page that is shown first.
  var firstEntry: EditorEntryID { get }
  func place(at entry: EditorEntryID) -> Place?
  func outline() -> Result<EditorOutline, Problem>
  func page(_ target: EditorTarget) -> (any EditorPage)?
  /// The permission that changes of a page take.
  func permission(toEdit entry: EditorEntryID) -> Permission
}

/// The id of a page, as in `tokens` or `connector/3f2a/lists`.
struct EditorEntryID: RawRepresentable, Hashable, Sendable {
  let rawValue: String
  init(rawValue: String) { self.rawValue = rawValue }
  init(_ rawValue: String) { self.init(rawValue: rawValue) }

  static let general = EditorEntryID("general")
  static let keys = EditorEntryID("keys")
  static let teams = EditorEntryID("teams")
  static let members = EditorEntryID("members")
  static let roles = EditorEntryID("roles")
  static let tokens = EditorEntryID("tokens")
  static let effective = EditorEntryID("effective")
  static let permissions = EditorEntryID("permissions")
  static let holders = EditorEntryID("holders")

  /// The branch of a connector in the navigation pane.
  static func connector(_ id: ConnectorID) -> EditorEntryID { EditorEntryID("connector/\(id)") }

  static func grant(_ id: ConnectorID, _ page: GrantPage) -> EditorEntryID {
    EditorEntryID("connector/\(id)/\(page.slug)")
  }

  /// The page on which is said when a grant is in force.
  static func inForce(_ id: ConnectorID) -> EditorEntryID { EditorEntryID("connector/\(id)/in-force") }

  /// The connector of the grant whose page *In force* it names; nil for another entry.
  var inForce: ConnectorID? {
    let parts = rawValue.split(separator: "/")
    guard parts.count == 3, parts[0] == "connector", parts[2] == "in-force" else { return nil }
    return ConnectorID(parts[1])
  }

  /// The connector and the page of a grant's entry; nil for other entries.
  var grant: (connector: ConnectorID, page: GrantPage)? {
    let parts = rawValue.split(separator: "/")
    guard parts.count == 3, parts[0] == "connector", let id = ConnectorID(parts[1]),
      let page = GrantPage.allCases.first(where: { $0.slug == parts[2] })
    else { return nil }
    return (id, page)
  }
}

extension EditorEntryID {
  /// The name of the page in a person's settings, as in `edit-tokens`. All connectors share the names of their pages.
  var pageName: String { "edit-" + (rawValue.split(separator: "/").last ?? "") }

  /// As people know the page, as in `Tokens`.
  var title: String {
    if inForce != nil { return GrantBoundsWords.title }
    // A connector has a page *Roles*, too.
    if self == .roles { return "System roles" }
    if self == .breaches { return "What breaks it" }
    return grant?.page.field.label ?? rawValue.uppercasingFirst
  }
}

extension GrantPage {
  fileprivate var slug: String {
    switch self {
    case .roles: "roles"
    case .companies: "companies"
    case .lists: "lists"
    case .items(let kind): kind.rawValue
    }
  }
}

/// A page, and what is selected on it.
struct EditorTarget: Hashable, Sendable {
  let entry: EditorEntryID
  let token: TokenRowID?
  /// The addition that is made pending and selected on the page, so that the person only needs to save it.
  let mending: Addition?
  /// The lists of the page's connector that are chosen on another page and not saved yet; nil for none.
  let pendingLists: Coverage<ListID>?

  init(
    _ entry: EditorEntryID, token: TokenRowID? = nil, mending: Addition? = nil,
    pendingLists: Coverage<ListID>? = nil
  ) {
    self.entry = entry
    self.token = token
    self.mending = mending
    self.pendingLists = pendingLists
  }
}

extension Addition {
  /// The added thing as a row of a page with rows to tick; nil for an addition that belongs on other pages.
  func row<ID>(of type: ID.Type = ID.self) -> ID? {
    switch self {
    case .systemRole(let role, _): SystemRole.builtIn(role) as? ID
    case .connectorRole(let role, _): role as? ID
    case .company(let id, _): id as? ID
    case .list(let id, _): id as? ID
    case .item(let item, _, _): item as? ID
    case .putInForce(.membership(let team, _), _): team as? ID
    case .putInForce(.role(let role, _), _): role as? ID
    case .enableToken, .extendToken, .bringTokenForward, .putInForce, .widget, .endpoint, .network,
      .enableAccount, .enableWidget,
      .enableEndpoint:
      nil
    }
  }
}

/// The content of the navigation pane.
struct EditorOutline: Sendable {
  /// The name of what is being edited.
  let name: String
  let entries: [NavigationPane<EditorEntryID>.Entry]
  /// The branches that are folded at first: connectors on which the subject has no grant.
  let folded: Set<EditorEntryID>
}
