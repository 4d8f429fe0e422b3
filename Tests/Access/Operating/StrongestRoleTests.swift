import Access
import Testing

@Suite struct StrongestRoleTests {
  @Test(
    "the strongest role is the built-in one that gives the most of what a person may do",
    arguments: [
      (Authority.administrator, BuiltInRole.administrator as BuiltInRole?),
      (Authority(permissions: Set(Permission.allCases)), .securityAdministrator),
      (Authority(.securityReader).union(Authority(.widgetReader)), .securityReader),
      (Authority(.tokenOperator).union(Authority(.auditReader)), .tokenOperator),
      (Authority(permissions: [.securityRead, .rolesManage]), .securityReader),
      (Authority(permissions: [.rolesManage]), nil),
      (Authority.none, nil),
    ])
  func strongest(_ authority: Authority, _ role: BuiltInRole?) {
    #expect(authority.strongestRole == role)
  }
}
