import Access
import Administration
import Store

/// The paths by which `--resume` finds a page again, and the pages to which they lead.
enum Places {
  static let main = Place("main")
  static let security = Place("security")
  static let tokens = Place("security/tokens")
  static let teams = Place("security/teams")
  static let roles = Place("security/roles")
  static let laws = Place("security/laws")
  static let catalogue = Place("security/catalogue")
  static let settings = Place("security/settings")
  static let denials = Place("security/denials")
  static let live = Place("security/live")
  static let widgets = Place("security/widgets")
  static let inbox = Place("security/inbox")
  static let notices = Place("security/notices")
  static let deleted = Place("security/deleted")
  static let audit = Place("security/audit")
  static func accounts(_ kind: AccountKind) -> Place {
    Place(kind == .user ? "security/users" : "security/api-users")
  }
  static func account(_ id: AccountID, _ kind: AccountKind, _ entry: EditorEntryID) -> Place {
    Place("\(accounts(kind).rawValue)/\(id)/\(entry.rawValue)")
  }
  static func role(_ id: RoleID, _ entry: EditorEntryID) -> Place {
    Place("\(roles.rawValue)/\(id)/\(entry.rawValue)")
  }
  static func team(_ id: TeamID, _ entry: EditorEntryID) -> Place {
    Place("\(teams.rawValue)/\(id)/\(entry.rawValue)")
  }

  /// - Parameter name: nil for a law that is added.
  static func law(_ name: Name?, _ entry: EditorEntryID) -> Place {
    Place("\(laws.rawValue)/\(LawPlace.text(name))/\(entry.rawValue)")
  }

  /// The pages to open over the main menu to return to a place; none where the place is gone.
  static func screens(to place: Place, _ context: ConsoleContext) -> [any Screen] {
    let parts = parts(place)
    guard parts.first == "security" else { return [] }
    var screens: [any Screen] = [Menus.security(context)]
    guard parts.count > 1, let list = list(parts[1], context) else { return screens }
    screens.append(list)
    if parts.count > 3, let editor = editor(parts, context) { screens.append(editor) }
    return screens
  }

  /// The pages to open over the main menu to continue pending changes of one editor; nil where what was edited is
  /// gone. The first place is the page that is shown.
  static func screens(
    restoring pending: [(place: Place, edits: PendingEdits)], _ context: ConsoleContext
  ) -> [any Screen]? {
    let places = pending.map { parts($0.place) }
    guard let first = places.first, first.count > 3, first[0] == "security",
      let list = list(first[1], context)
    else { return nil }
    let edits = zip(places, pending).map { (entry($0), $1.edits) }
    guard
      let editor = editor(
        first, restoring: Dictionary(edits, uniquingKeysWith: { first, _ in first }), context)
    else { return nil }
    return [Menus.security(context) as any Screen, list, editor]
  }

  /// The place of an editor without that of its page, by which the pages of one editor are known.
  static func editor(of place: Place) -> String { parts(place).prefix(3).joined(separator: "/") }

  /// The page of an editor.
  private static func entry(_ parts: [String]) -> EditorEntryID {
    EditorEntryID(rawValue: parts.dropFirst(3).joined(separator: "/"))
  }

  private static func parts(_ place: Place) -> [String] {
    place.rawValue.split(separator: "/").map(String.init)
  }

  private static func list(_ part: String, _ context: ConsoleContext) -> (any Screen)? {
    SecurityPages.offered(to: context).first { $0.place.rawValue == "security/\(part)" }?.open(context)
  }

  private static func editor(
    _ parts: [String], restoring pending: [EditorEntryID: PendingEdits] = [:], _ context: ConsoleContext
  ) -> (any Screen)? {
    let page = EditorTarget(entry(parts))
    switch parts[1] {
    case "users", "api-users":
      let kind: AccountKind = parts[1] == "users" ? .user : .apiUser
      guard let id = AccountID(parts[2]), (try? context.read { try $0.account(id) }.get()) != nil else {
        return nil
      }
      return context.editor(.account(id), kind, at: page, restoring: pending)
    case "teams":
      guard let id = TeamID(parts[2]), (try? context.read { try $0.team(id) }.get()) != nil else {
        return nil
      }
      return context.editor(.team(id), nil, at: page, restoring: pending)
    case "roles":
      guard let id = RoleID(parts[2]), (try? context.read { try $0.customRole(id) }.get()) != nil else {
        return nil
      }
      return EditorScreen(RoleEditor(.custom(id), context: context), at: page, restoring: pending)
    case "laws":
      return LawPlace.editor(parts[2], context).map { EditorScreen($0, at: page, restoring: pending) }
    default: return nil
    }
  }
}
