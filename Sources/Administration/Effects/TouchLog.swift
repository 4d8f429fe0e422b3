internal import Access
private import Synchronization

/// Whose access changes may touch.
struct Touched: Sendable {
  var accounts: Set<AccountID> = []
  var teams: Set<TeamID> = []
  var roles: Set<RoleID> = []
  var tokens: Set<TokenRowID> = []
  /// Something of the catalogue, on which anybody's access may rest.
  var isCatalogueTouched = false
  /// Whether what was done takes a second person.
  var takesTwo = false

  mutating func add(_ target: AuditTarget) {
    switch target.kind {
    case .kept(.user), .kept(.apiUser): if let id = AccountID(target.id) { accounts.insert(id) }
    case .kept(.team): if let id = TeamID(target.id) { teams.insert(id) }
    case .kept(.role): if let id = RoleID(target.id) { roles.insert(id) }
    case .token: if let id = TokenRowID(target.id) { tokens.insert(id) }
    case .kept: isCatalogueTouched = true
    case .store, .grant: break
    }
  }
}

/// Where the changes of a rehearsal say whom they touch: every audit row of theirs goes through it.
final class TouchLog: Sendable {
  private let log = Mutex(Touched())

  var touched: Touched { log.withLock { $0 } }

  func add(_ target: AuditTarget) { log.withLock { $0.add(target) } }
  func noteTakesTwo() { log.withLock { $0.takesTwo = true } }
  func add(_ account: AccountID) { log.withLock { _ = $0.accounts.insert(account) } }
}
