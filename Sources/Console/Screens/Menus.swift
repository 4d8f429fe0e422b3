import Access
import Administration
import Store

/// The main menu and Security.
enum Menus {
  static func main(_ context: ConsoleContext) -> MenuScreen {
    MenuScreen(
      title: "Main menu", place: Places.main,
      entries: [
        MenuEntry(
          "Security", note: "users, API users, teams, roles, catalogue", key: "s",
          .open { AnyScreen(security(context)) }),
        MenuEntry(
          "Go to", note: "any page or action; paste a Token ID to find whose it is", key: ":",
          .global(.palette)),
        MenuEntry("Help", note: "all keys", key: "?", .global(.help)),
        MenuEntry("Quit", note: "", key: "q", .global(.leave)),
      ])
  }

  static func security(_ context: ConsoleContext) -> MenuScreen {
    MenuScreen(
      title: "Security", place: Places.security,
      entries: [
        MenuEntry(
          "Users", note: "people who may log in", key: "u",
          .open { AnyScreen(AccountListScreen(.user, context: context)) }),
        MenuEntry(
          "API users", note: "identities that consume data with tokens", key: "a",
          .open { AnyScreen(AccountListScreen(.apiUser, context: context)) }),
        MenuEntry(
          "Teams", note: "groups that carry grants and roles", key: "t",
          .open { AnyScreen(TeamListScreen(context: context)) }),
        MenuEntry(
          "Roles", note: "system roles and who has them", key: "r",
          .open { AnyScreen(RoleListScreen(context: context)) }),
        MenuEntry(
          "Catalogue", note: "connectors, lists, widgets and endpoints", key: "c",
          .open { AnyScreen(CatalogueScreen(context: context)) }),
        MenuEntry(
          "Recent denials", note: "what the gate denied, and why", key: "d",
          .open { AnyScreen(DenialsScreen(context: context)) }),
      ], notes: { notes(context) })
  }

  private static func notes(_ context: ConsoleContext) -> [String] {
    let counts = context.read { reader in
      [
        try reader.accountCount(AccountQuery(kind: .user)),
        try reader.accountCount(AccountQuery(kind: .apiUser)),
        try reader.teamCount(TeamQuery()), BuiltInRole.allCases.count + (try reader.customRoles().count),
        try reader.connectors().count, (try? context.administration.denialCount()) ?? 0,
      ]
    }
    guard let counts = try? counts.get() else { return [] }
    let words = [
      "people who may log in", "identities that consume data with tokens",
      "groups that carry grants and roles",
      "system roles and who has them", "connectors, with their lists, widgets and endpoints",
      "requests that the gate denied, and why",
    ]
    return zip(counts, words).map { count, words in count.grouped.leftPadded(to: 9) + "  " + words }
  }
}

extension Int {
  /// With commas between thousands, as in 1,000,000.
  var grouped: String {
    let digits = String(magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return self < 0 ? "-" + text : text
  }
}

extension String {
  func leftPadded(to count: Int) -> String {
    String(repeating: " ", count: Swift.max(0, count - self.count)) + self
  }
}
