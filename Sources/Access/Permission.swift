/// What a system role lets its holders do. This is the one list of permissions.
package enum Permission: String, Codable, Hashable, Sendable, CaseIterable, Comparable {
  case widgetsRead = "widgets.read"
  case widgetsAddToken = "widgets.addToken"
  case widgetsManage = "widgets.manage"
  case apiCall = "api.call"
  case securityRead = "security.read"
  case tokensCopy = "tokens.copy"
  case tokensManage = "tokens.manage"
  case apiUsersManage = "apiUsers.manage"
  case teamsManage = "teams.manage"
  case usersManage = "users.manage"
  case rolesManage = "roles.manage"
  case catalogueManage = "catalogue.manage"
  case auditRead = "audit.read"
  case changesPropose = "changes.propose"

  /// What the permission allows, in a few words.
  package var meaning: String {
    switch self {
    case .widgetsRead: "see widgets"
    case .widgetsAddToken: "add tokens in a widget's page"
    case .widgetsManage: "edit the catalogue's widgets"
    case .apiCall: "call named endpoints and the API"
    case .securityRead: "see users, teams, roles, permissions and the states of tokens"
    case .tokensCopy: "copy Token IDs"
    case .tokensManage: "add, edit and revoke tokens"
    case .apiUsersManage: "add, edit and delete API users"
    case .teamsManage: "add, edit and delete teams"
    case .usersManage: "add, edit and delete users below an administrator"
    case .rolesManage: "add, edit and delete system roles"
    case .catalogueManage: "change the catalogue"
    case .auditRead: "see and verify the audit log"
    case .changesPropose: "propose changes, which somebody else may make"
    }
  }

  /// Compares permissions by their places in the list above.
  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
