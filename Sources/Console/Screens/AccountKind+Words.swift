import Access
import Administration

extension AccountKind {
  /// As in the menu.
  var pluralTitle: String { self == .user ? "Users" : "API users" }
  var withArticle: String { self == .user ? "a user" : "an API user" }
  /// What changing one needs.
  var managing: Permission { self == .user ? .usersManage : .apiUsersManage }
}
