private import Access
private import Administration
package import Terminal

/// Makes the console out of its parts: the main menu, the palette over every page and action,
/// the help page, and the service that clears the clipboard.
package enum ConsoleRoot {
  /// - Parameter context: what stands at the right of the title bar, such as the store's name.
  package static func compositor(
    _ context: ConsoleContext, titleBar: String, size: Size, takesMouse: Bool = true,
    rules: ConsoleRules = ConsoleRules()
  ) -> Compositor {
    var settings = ConsoleSettings(
      product: "popsec", context: titleBar, quitDialog: AnyScreen(QuitDialog(product: "popsec")),
      services: [
        AnyScreen(ClipboardService(port: context.clipboard)), AnyScreen(DraftService(context: context)),
      ],
      palette: { actions in
        AnyScreen(
          PaletteScreen(
            pages(context)
              + PaletteEntry.entries(of: actions, offersUndo: UndoScreen.isOffered(context))
          ) { pasted in
            AnyScreen(WhoisScreen(pasted: pasted, context: context))
          })
      },
      help: { actions, globals in AnyScreen(HelpScreen(actions, globals)) })
    settings.undo = { UndoScreen.isOffered(context) ? AnyScreen(UndoScreen(context: context)) : nil }
    settings.takesMouse = takesMouse
    settings.person = context.administration.operating.actor.name
    settings.rules = rules
    settings.isReadOnly = context.administration.isReadOnly
    return Compositor(root: AnyScreen(Menus.main(context)), settings: settings, size: size)
  }

  /// The pages to open over the main menu to be at a place again.
  package static func screens(to place: Place, _ context: ConsoleContext) -> [AnyScreen] {
    Places.screens(to: place, context)
  }

  private static func pages(_ context: ConsoleContext) -> [PaletteEntry] {
    let adding: [(String, Permission, @Sendable () -> AnyScreen)] = [
      (
        "Add API user", .apiUsersManage,
        { AnyScreen(AccountListScreen(.apiUser, context: context, opensAdding: true)) }
      ),
      (
        "Add user", .usersManage, { AnyScreen(AccountListScreen(.user, context: context, opensAdding: true)) }
      ),
      ("Add team", .teamsManage, { AnyScreen(TeamListScreen(context: context, opensAdding: true)) }),
      ("Add role", .rolesManage, { AnyScreen(RoleListScreen(context: context, opensAdding: true)) }),
    ]
    let security = PaletteEntry(
      "Security", detail: "Page", action: .open { AnyScreen(Menus.security(context)) })
    let pages = SecurityPages.offered(to: context).map { page in
      PaletteEntry(page.title, detail: "Page", action: .open { page.open(context) })
    }
    let importing =
      context.mayImport
      ? [
        PaletteEntry(
          "Import a connector", detail: "Action",
          action: .open { AnyScreen(CatalogueScreen(context: context, opensImport: true)) })
      ] : []
    return [security] + pages + importing
      + adding.filter { context.may($0.1) }.map { PaletteEntry($0.0, detail: "Action", action: .open($0.2)) }
  }
}
