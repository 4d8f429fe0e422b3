/// The system roles that every store has. A custom role can't have the name of one of them.
package enum BuiltInRole: String, Hashable, Sendable, CaseIterable {
  case administrator = "Administrator"
  case widgetReader = "WidgetReader"
  case widgetContributor = "WidgetContributor"
  case widgetAdministrator = "WidgetAdministrator"
  case apiReader = "APIReader"
  case securityReader = "SecurityReader"
  case securityRequester = "SecurityRequester"
  case tokenOperator = "TokenOperator"
  case securityAdministrator = "SecurityAdministrator"
  case auditReader = "AuditReader"

  /// The permissions of the role's holders. `Administrator` has every permission.
  package var permissions: Set<Permission> {
    switch self {
    case .administrator: Set(Permission.allCases)
    case .widgetReader: [.widgetsRead]
    case .widgetContributor: [.widgetsRead, .widgetsAddToken]
    case .widgetAdministrator: [.widgetsRead, .widgetsAddToken, .widgetsManage]
    case .apiReader: [.apiCall]
    case .securityReader: [.securityRead]
    case .securityRequester: [.securityRead, .changesPropose]
    case .tokenOperator: [.securityRead, .tokensCopy]
    case .securityAdministrator:
      [.securityRead, .tokensCopy, .tokensManage, .apiUsersManage, .teamsManage, .usersManage]
    case .auditReader: [.auditRead]
    }
  }

  /// The purpose of the role, in a few words.
  package var meaning: String {
    switch self {
    case .administrator: "everything"
    case .widgetReader: "see widgets"
    case .widgetContributor: "see widgets, and add tokens in a widget's page"
    case .widgetAdministrator: "see widgets, add their tokens, edit them in the catalogue"
    case .apiReader: "call named endpoints and the API"
    case .securityReader: "see users, teams, roles, permissions and explanations; no Token ID"
    case .securityRequester: "as SecurityReader, and propose changes to those who may make them"
    case .tokenOperator: "as SecurityReader, and copy Token IDs"
    case .securityAdministrator: "as TokenOperator, and manage API users, teams, grants, tokens and users"
    case .auditReader: "see and verify the audit log"
    }
  }
}

/// A system role that can be given to a user, an API user or a team.
package enum SystemRole: Hashable, Sendable {
  case builtIn(BuiltInRole)
  case custom(RoleID)
}

/// A system role that an administrator defined.
package struct CustomRole: Codable, Hashable, Sendable {
  package let id: RoleID
  package var name: Name
  /// A description of up to 500 characters, which may be empty.
  package var summary: Summary
  package var permissions: Set<Permission>

  package init(id: RoleID, name: Name, summary: Summary, permissions: Set<Permission>) {
    self.id = id
    self.name = name
    self.summary = summary
    self.permissions = permissions
  }
}

/// A description in one line: at most 500 characters, under the same rules as a ``Name``, or empty.
package struct Summary: Hashable, Sendable, CustomStringConvertible {
  package static let maximumCharacterCount = 500
  package static let empty = Summary()

  package let text: String

  private init() { text = "" }

  package init(_ raw: String) throws(NameProblem) {
    guard raw.count <= Self.maximumCharacterCount, raw.unicodeScalars.count <= 5_000 else {
      throw .tooLong(raw.count)
    }
    try NameScalars.check(raw)
    guard !TokenID.isContained(in: raw) else { throw .tokenID }
    text = raw
  }

  package var description: String { text }
}
