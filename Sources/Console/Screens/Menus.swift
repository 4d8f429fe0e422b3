import Access
import Administration
import Terminal

/// The main menu and Security.
enum Menus {
  static func main(_ context: ConsoleContext) -> MenuScreen {
    MenuScreen(
      title: "Main menu", place: Places.main,
      entries: [
        MenuEntry(
          "Security", note: "users, API users, teams, roles, catalogue", key: "s",
          .open { security(context) }),
        MenuEntry(
          "Go to", note: "any page or action; paste a Token ID to find whose it is", key: ":",
          .global(.palette)),
        MenuEntry("Help", note: "all keys", key: "?", .global(.help)),
        MenuEntry("Quit", note: "", key: "q", .global(.leave)),
      ], overview: context.may(OverviewFigure.permission) ? Overview(context: context) : nil)
  }

  static func security(_ context: ConsoleContext) -> MenuScreen {
    MenuScreen(
      title: "Security", place: Places.security, entries: SecurityPages.all.map { entry($0, context) })
  }

  private static func entry(_ page: SecurityPage, _ context: ConsoleContext) -> MenuEntry {
    var entry = MenuEntry(page.title, note: page.note, key: page.key, .open { page.open(context) })
    entry.isOffered = { page.isOffered(to: context) }
    if let count = page.count { entry.count = { try? count(context) } }
    return entry
  }
}
