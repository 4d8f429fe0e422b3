import Access
import Administration
import Store

extension FoundThing {
  /// What stands beside its name, as in `API user` or `token of Portal Mexico`.
  var detail: String {
    switch self.id {
    case .token: of.map { "\(kind.title) of \($0)" } ?? kind.title
    default: of.map { "\(kind.title) in \($0)" } ?? kind.title
    }
  }

  /// Whether a page shows the thing to this person.
  func isShown(to context: ConsoleContext) -> Bool {
    context.may(.securityRead) || !widgets(context).isEmpty
  }

  /// The pages that show the thing, each over the one before; empty where none shows it to this person.
  func screens(_ context: ConsoleContext) -> [any Screen] {
    guard context.may(.securityRead) else { return widgets(context) }
    switch id {
    case .account(let id):
      let kind: AccountKind = kind == .user ? .user : .apiUser
      return [list(of: kind, at: id, named: name, context), context.editor(.account(id), kind)]
    case .team(let id):
      let start = key(name).map { NameCursor(nameKey: $0, id: id) }
      return [TeamListScreen(context: context, at: start), context.editor(.team(id), nil)]
    case .role(let role):
      return [
        RoleListScreen(context: context, at: role), EditorScreen(RoleEditor(role, context: context), at: nil),
      ]
    case .token(let token, let id, let kind):
      return [
        list(of: kind, at: id, named: of ?? "", context),
        context.editor(.account(id), kind, at: EditorTarget(.tokens, token: token)),
      ]
    case .connector(let id): return [CatalogueScreen(context: context, at: .connector(id))]
    case .list(let list, let id):
      return [
        CatalogueScreen(context: context, at: .connector(id)),
        CatalogueScreen(.connector(id, of ?? ""), context: context, at: .list(list)),
      ]
    case .widget(let id):
      let own = widgets(context)
      return own.isEmpty ? [CatalogueScreen(context: context, at: .widget(id))] : own
    case .endpoint(let id): return [CatalogueScreen(context: context, at: .endpoint(id))]
    case .law(let name):
      let law = try? context.read { try $0.present(name) }.get()
      let editor = law.map { EditorScreen(LawEditor($0, context: context), at: nil) }
      // The list shows what became of a law that is gone.
      return [LawListScreen(context: context, at: name)] + [editor].compactMap { $0 }
    }
  }

  /// The page of widgets, where a person may work with them and the thing is one.
  private func widgets(_ context: ConsoleContext) -> [any Screen] {
    guard case .widget(let id) = id, context.may(.widgetsAddToken) || context.may(.widgetsManage) else {
      return []
    }
    return [WidgetsScreen(context: context, at: id)]
  }

  private func list(
    of kind: AccountKind, at id: AccountID, named name: String, _ context: ConsoleContext
  ) -> AccountListScreen {
    AccountListScreen(
      kind, context: context, at: key(name).map { AccountCursor(rank: nil, nameKey: $0, id: id) })
  }

  /// The key by which a list is ordered. Without one the list begins at its first row.
  private func key(_ name: String) -> String? { (try? Name(name)).map { NameKey($0).text } }
}

extension PaletteFinder {
  /// The greatest numbers of things that are shown: of one kind, and in all.
  private static let (mostOfKind, most) = (8, 40)

  /// Finds what `popsec find` finds; nil for a person who may see none of it.
  static func things(_ context: ConsoleContext) -> PaletteFinder? {
    let reading: [Permission] = [.securityRead, .widgetsAddToken, .widgetsManage]
    guard reading.contains(where: context.may) else { return nil }
    return PaletteFinder { text in
      Problem.catching {
        let found = try context.administration.find(text, limit: most + 1, perKind: mostOfKind + 1)
        var counts: [FoundKind: Int] = [:]
        let shown = found.filter { thing in
          counts[thing.kind, default: 0] += 1
          return counts[thing.kind, default: 0] <= mostOfKind
        }.prefix(most)
        let things = shown.filter { $0.isShown(to: context) }.map { thing in
          PaletteEntry(thing.name, detail: thing.detail, action: .openAll { thing.screens(context) })
        }
        return Found(things, isCut: shown.count < found.count)
      }
    }
  }
}
