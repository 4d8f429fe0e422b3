private import Access
private import Administration
package import Interchange
package import Terminal

/// Assembles the console: the main menu, the palette over every page and action, the help page, and the
/// service that clears the clipboard.
package enum ConsoleRoot {
  /// - Parameter context: the text at the right of the title bar, such as the store's name.
  package static func compositor(
    _ context: ConsoleContext, titleBar: String, size: Size, takesMouse: Bool = true,
    rules: ConsoleRules = ConsoleRules(),
    greeting: Toast? = nil,
    keepConfig: @escaping @Sendable (ConfigKey, ConsoleConfig) -> Problem? = { _, _ in nil }
  ) -> Compositor {
    var settings = ConsoleSettings(
      product: "popsec", context: titleBar,
      services: [ClipboardService(port: context.clipboard), DraftService(context: context)],
      palette: { actions in
        PaletteScreen(pages(context) + PaletteEntry.entries(of: actions)) { pasted in
          WhoisScreen(pasted: pasted, context: context)
        }
      },
      help: { HelpScreen($0) })
    settings.undo = { UndoScreen.isOffered(context) ? UndoScreen(context: context) : nil }
    settings.takesMouse = takesMouse
    settings.person = context.administration.operating.actor.name
    settings.rules = rules
    settings.config = context.config
    settings.keepConfig = keepConfig
    settings.greeting = greeting
    settings.isReadOnly = context.administration.isReadOnly
    return Compositor(root: Menus.main(context), settings: settings, size: size)
  }

  /// The pages to open over the main menu to return to a place.
  package static func screens(to place: Place, _ context: ConsoleContext) -> [any Screen] {
    Places.screens(to: place, context)
  }

  private static func pages(_ context: ConsoleContext) -> [PaletteEntry] {
    let security = PaletteEntry("Security", detail: "Page", action: .open { Menus.security(context) })
    let pages = SecurityPages.offered(to: context).map { page in
      PaletteEntry(page.title, detail: "Page", action: .open { page.open(context) })
    }
    let actions: [(title: String, isOffered: Bool, key: Key, open: @Sendable () -> any Screen)] = [
      ("Import a connector", context.mayImport, "i", { CatalogueScreen(context: context) }),
      (
        "Add API user", context.may(.apiUsersManage), "a",
        { AccountListScreen(.apiUser, context: context) }
      ),
      ("Add user", context.may(.usersManage), "a", { AccountListScreen(.user, context: context) }),
      ("Add team", context.may(.teamsManage), "a", { TeamListScreen(context: context) }),
      ("Add role", context.may(.rolesManage), "a", { RoleListScreen(context: context) }),
    ]
    return [security] + pages
      + actions.filter(\.isOffered).map {
        PaletteEntry($0.title, detail: "Action", action: .open($0.open, pressing: $0.key))
      }
  }
}
