internal import Access
private import Synchronization

/// The subjects whose access changes may affect.
struct Touched: Sendable {
  var accounts: Set<AccountID> = []
  var teams: Set<TeamID> = []
  var roles: Set<RoleID> = []
  var tokens: Set<TokenRowID> = []
  var widgets: Set<WidgetID> = []
  /// Whether the catalogue changed, on which anybody's access may rest.
  var isCatalogueTouched = false
  /// Whether connectors changed, or something that they have; not only their widgets and endpoints.
  var isDataTouched = false
  /// What the laws say to the changes.
  var consequences = LawConsequences()
  /// Whether the changes need a second person.
  var takesTwo = false

  var isEmpty: Bool {
    accounts.isEmpty && teams.isEmpty && roles.isEmpty && tokens.isEmpty && !isCatalogueTouched
  }

  mutating func add(_ target: AuditTarget) {
    switch target.kind {
    case .kept(.user), .kept(.apiUser): if let id = AccountID(target.id) { accounts.insert(id) }
    case .kept(.team): if let id = TeamID(target.id) { teams.insert(id) }
    case .kept(.role): if let id = RoleID(target.id) { roles.insert(id) }
    case .token: if let id = TokenRowID(target.id) { tokens.insert(id) }
    case .kept(.widget):
      isCatalogueTouched = true
      if let id = WidgetID(target.id) { widgets.insert(id) }
    case .kept(.endpoint): isCatalogueTouched = true
    case .kept: (isCatalogueTouched, isDataTouched) = (true, true)
    case .store, .grant, .law: break
    }
  }
}

/// Collects the subjects that the changes of a rehearsal affect. Every audit row of theirs passes through
/// this log.
final class TouchLog: Sendable {
  private let log = Mutex(Touched())

  var touched: Touched { log.withLock { $0 } }

  func add(_ target: AuditTarget) { log.withLock { $0.add(target) } }
  func add(_ consequences: LawConsequences) { log.withLock { $0.consequences.add(consequences) } }
  func noteTakesTwo() { log.withLock { $0.takesTwo = true } }
  func add(_ account: AccountID) { log.withLock { _ = $0.accounts.insert(account) } }
}
