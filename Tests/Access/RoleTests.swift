import Access
import Testing

@Suite struct RoleTests {
  @Test("the permissions are those of the domain, in its order")
  func permissions() {
    #expect(
      Permission.allCases.map(\.rawValue) == [
        "widgets.read", "widgets.addToken", "widgets.manage", "api.call", "security.read", "tokens.copy",
        "tokens.manage", "apiUsers.manage", "teams.manage", "users.manage", "roles.manage",
        "catalogue.manage",
        "audit.read", "changes.propose",
      ])
    #expect(Permission.allCases.shuffled().sorted() == Permission.allCases)
  }

  @Test("the built-in roles permit what the domain says")
  func builtInRoles() {
    let table: [String: Set<Permission>] = [
      "Administrator": Set(Permission.allCases),
      "WidgetReader": [.widgetsRead],
      "WidgetContributor": [.widgetsRead, .widgetsAddToken],
      "WidgetAdministrator": [.widgetsRead, .widgetsAddToken, .widgetsManage],
      "APIReader": [.apiCall],
      "SecurityReader": [.securityRead],
      "SecurityRequester": [.securityRead, .changesPropose],
      "TokenOperator": [.securityRead, .tokensCopy],
      "SecurityAdministrator": [
        .securityRead, .tokensCopy, .tokensManage, .apiUsersManage, .teamsManage, .usersManage,
      ],
      "AuditReader": [.auditRead],
    ]
    let roles = Dictionary(uniqueKeysWithValues: BuiltInRole.allCases.map { ($0.rawValue, $0.permissions) })
    #expect(roles == table)
  }

  @Test(
    "roles and the catalogue are the Administrator's alone",
    arguments: [Permission.rolesManage, .catalogueManage])
  func administratorsAlone(permission: Permission) {
    #expect(BuiltInRole.allCases.filter { $0.permissions.contains(permission) } == [.administrator])
  }

  @Test("the connector roles are those of the domain")
  func connectorRoles() {
    #expect(
      Set(ConnectorRole.allCases.map(\.rawValue)) == [
        "Administrator", "User", "Reader", "CustomListContributor", "CustomListAdministrator",
      ])
  }

  @Test("each role has its own words for what it means")
  func meanings() {
    #expect(Set(Permission.allCases.map(\.meaning)).count == Permission.allCases.count)
    #expect(Set(BuiltInRole.allCases.map(\.meaning)).count == BuiltInRole.allCases.count)
    #expect(Set(ConnectorRole.allCases.map(\.meaning)).count == ConnectorRole.allCases.count)
  }
}
