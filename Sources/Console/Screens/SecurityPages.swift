import Access
import Administration
import Store
import Terminal

/// A page of Security, as the menu, the palette and `--resume` use it.
struct SecurityPage: Sendable {
  let title: String
  /// The contents of the page in a few words. Where the number of things is known, it stands before them.
  let note: String
  let key: Key
  let place: Place
  /// The permissions for the page. A person who has none of them is not offered the page.
  let permissions: Set<Permission>
  let count: (@Sendable (ConsoleContext) throws -> Int)?
  let open: @Sendable (ConsoleContext) -> any Screen

  init(
    _ title: String, note: String, key: Key, place: Place,
    needing permissions: Set<Permission> = [.securityRead],
    count: (@Sendable (ConsoleContext) throws -> Int)? = nil,
    open: @escaping @Sendable (ConsoleContext) -> any Screen
  ) {
    self.title = title
    self.note = note
    self.key = key
    self.place = place
    self.permissions = permissions
    self.count = count
    self.open = open
  }

  func isOffered(to context: ConsoleContext) -> Bool { permissions.contains(where: context.may) }
}

/// The one list of the pages: a new page of Security is one entry here.
enum SecurityPages {
  static let all: [SecurityPage] = [
    SecurityPage(
      "Users", note: "people who may log in", key: "u", place: Places.accounts(.user),
      count: { try accounts(.user, $0) },
      open: { AccountListScreen(.user, context: $0) }),
    SecurityPage(
      "API users", note: "identities that consume data with tokens", key: "a",
      place: Places.accounts(.apiUser), count: { try accounts(.apiUser, $0) },
      open: { AccountListScreen(.apiUser, context: $0) }),
    SecurityPage(
      "Tokens", note: "of all users and API users: ends, uses, findings", key: "o", place: Places.tokens,
      count: { try $0.administration.read { try $0.tokenCount(.none) } },
      open: { TokenListScreen(context: $0) }),
    SecurityPage(
      "Teams", note: "groups that carry grants and roles", key: "t", place: Places.teams,
      count: { try $0.administration.read { try $0.teamCount(TeamQuery()) } },
      open: { TeamListScreen(context: $0) }),
    SecurityPage(
      "Roles", note: "system roles and who has them", key: "r", place: Places.roles,
      count: { try $0.administration.read { BuiltInRole.allCases.count + (try $0.customRoles().count) } },
      open: { RoleListScreen(context: $0) }),
    SecurityPage(
      "Laws", note: "what no change can break", key: "L", place: Places.laws,
      count: { try $0.administration.read { try $0.laws().count } }, open: { LawListScreen(context: $0) }),
    SecurityPage(
      "Catalogue", note: "connectors, lists, widgets and endpoints", key: "c",
      place: Places.catalogue, count: { try $0.administration.read { try $0.connectors().count } },
      open: { CatalogueScreen(context: $0) }),
    SecurityPage(
      "Widgets", note: "tokens for one widget; its name, on or off", key: "w",
      place: Places.widgets, needing: [.widgetsAddToken, .widgetsManage],
      count: { try $0.administration.widgets().count }, open: { WidgetsScreen(context: $0) }),
    SecurityPage(
      "Recent denials", note: "requests that the gate denied, and why", key: "d", place: Places.denials,
      count: { try $0.administration.denialCount() },
      open: { DenialsScreen(context: $0) }),
    SecurityPage(
      "Live", note: "the gate's decisions as they come", key: "v", place: Places.live,
      open: { LiveScreen(context: $0) }),
    SecurityPage(
      "Inbox", note: "what waits for a second person to agree", key: "i", place: Places.inbox,
      count: { try $0.administration.waitingProposalCount() }, open: { InboxScreen(context: $0) }),
    SecurityPage(
      "Notices", note: "what popsec told of by itself", key: "n", place: Places.notices,
      open: { NoticesScreen(context: $0) }),
    SecurityPage(
      "Deleted", note: "what can be restored, or purged for good", key: "x", place: Places.deleted,
      count: { try $0.administration.deletedCount(DeletedQuery()) },
      open: { DeletedScreen(context: $0) }),
    SecurityPage(
      "Settings", note: "what goes for the whole store", key: "s", place: Places.settings,
      open: { SettingsScreen(context: $0) }),
    SecurityPage(
      "Audit log", note: "what was done, by whom and when", key: "A", place: Places.audit,
      needing: [.auditRead], open: { AuditScreen(context: $0) }),
  ]

  static func offered(to context: ConsoleContext) -> [SecurityPage] {
    all.filter { $0.isOffered(to: context) }
  }

  private static func accounts(_ kind: AccountKind, _ context: ConsoleContext) throws -> Int {
    try context.administration.read { try $0.accountCount(AccountQuery(kind: kind)) }
  }
}
