import Access
import Administration
import Store
import Terminal

/// The actions in the list of users and API users.
extension AccountListScreen {
  var actions: [KeyBinding<Message>] {
    let isEnabled = rows.selected?.account.isEnabled ?? true
    return [
      onRow(.enter, "e", opening: context.opening(kind.managing)) { .open(editor($0.account.id)) },
      onRow(
        "w", hint: "why", help: "why it may or may not see something", group: ConsoleContext.accessGroup
      ) {
        context.why(.account($0.account.id))
      },
      context.matrix(of: rows.selected.map { .account($0.account.id) }), comparing,
      onRow("t", hint: "tokens", help: "its tokens") {
        .open(editor($0.account.id, at: EditorTarget(.tokens)))
      }.hintedWhereRoom(),
      onRow(
        "c", hint: "copy", help: "copy the Token ID of its only live token", group: ConsoleContext.copyGroup,
        unless: context.copyObstacle
      ) {
        context.copyOnlyToken(of: $0.account, or: editor($0.account.id, at: EditorTarget(.tokens)))
      }.hintedWhereRoom(),
      copyingRow(context, things),
      writingList(context, .accounts(kind, order, isDescending: isDescending)),
    ]
      + [
        adding(help: "add \(kind.withArticle)", does: add),
        onRow("r", hint: "rename") { row in
          context.rename(row.account.name, kind.title) { try $0.rename(row.account.id, to: $1) }
        },
        onRow(
          "Y", hint: "duplicate", help: "add another with its teams, roles and grants",
          does: duplicate
        ).hintedWhereRoom(),
        onRow(
          // Both words have one width, so that the keys after them stay in their place.
          "d", hint: isEnabled ? "disable" : "enable ",
          help: isEnabled ? "disable it: its tokens open nothing until it is enabled" : "enable it",
          does: toggleEnabled
        ).named("disable"),
        onRow("D", .delete, hint: "delete", help: "delete it and revoke its tokens", does: delete),
      ].unless(context.obstacle(kind.managing)) + sorting
  }

  /// Compares the two chosen accounts, or the selected one with another that is asked for.
  private var comparing: KeyBinding<Message> {
    // The upper one of the list is the first. One of them may be outside of the window that is held.
    let held = rows.list.rows.map(\.id).filter(choice.ids.contains)
    let chosen = held.count == choice.ids.count ? held : choice.ids.sorted()
    let isPair = choice.allMatching == nil && chosen.count == 2
    return context.comparing(
      isPair ? .account(chosen[0]) : rows.selected.map { .account($0.account.id) },
      with: isPair ? .account(chosen[1]) : nil, kind,
      unless: choice.isEmpty || isPair || (choice.allMatching == nil && chosen.count == 1)
        ? nil : "two are compared: choose two, or none")
  }

  private var sorting: [KeyBinding<Message>] {
    let orders = AccountOrder.allCases.map { order in
      KeyBinding(
        order.key, hint: order.title, help: "sort by \(order.title); again reverses", isHinted: false,
        message: Message.sort(order)
      ).named(order.actionName)
    }
    let next = KeyBinding("s", hint: "sort", help: "sort by the next column", message: Message.sort(next))
      .hintedWhereRoom()
    return (orders + [next]).under("Order")
  }

  private var next: AccountOrder {
    let all = AccountOrder.allCases
    return all[((all.firstIndex(of: order) ?? 0) + 1) % all.count]
  }

  // MARK: - The effects of the keys

  private func editor(_ id: AccountID, at target: EditorTarget? = nil) -> EditorScreen {
    context.editor(.account(id), kind, at: target)
  }

  /// Adds an account. Where a token was added too, the user's Tokens page is opened with the token selected.
  private func add() -> Effect<Message> {
    .ask(AddAccountScreen(kind, context: context)) { added in
      let found = find(added.account, added.name)
      let said = Effect<Message>.toast("\(quotedName(added.name)) added", .good)
      guard let token = added.token else { return .batch(said, found) }
      return .batch(said, found, .open(editor(added.account, at: EditorTarget(.tokens, token: token))))
    }
  }

  private func duplicate(_ row: AccountRow) -> Effect<Message> {
    let id = row.account.id
    let others = kind == .user ? ", SSH keys and the Unix account" : ""
    return context.duplicate(row.account.name, kind.title, "tokens\(others) are not copied") {
      try $0.duplicate(id, as: $1)
    } made: {
      find($0.id, $0.name)
    }
  }

  /// Goes to the row of an account that was added, where the order tells its place.
  private func find(_ id: AccountID, _ name: Name) -> Effect<Message> {
    guard order == .name else { return .refresh }
    return .send(.rows(.reveal(AccountCursor(rank: nil, nameKey: NameKey(name).text, id: id))))
  }

  private func toggleEnabled(_ row: AccountRow) -> Effect<Message> {
    let account = row.account
    let becomes = !account.isEnabled
    let said = "\(quotedName(account.name)) \(becomes ? "enabled" : "disabled")"
    let deed = Deed(said: context.undoable(said)) { try $0.setEnabled(becomes, account.id) }
    guard !becomes else { return context.carryOut(deed) }
    return context.ask(
      "Disable \(kind.title)", "Disable \(quotedName(account.name))?",
      points: ["its tokens open nothing until it is enabled again"], action: "Disable", before: deed)
  }

  private func delete(_ row: AccountRow) -> Effect<Message> {
    let tokens = row.liveTokenCount == 1 ? "it has 1 live token" : "it has \(row.liveTokenCount) live tokens"
    let name = row.account.name
    return context.ask(
      "Delete \(kind.title)", "Delete \(quotedName(name))?",
      points: [tokens, context.noteOfDeleting(DeletedKind(kind))], action: "Delete", typing: name.text,
      before: Deed("deleting", said: context.undoable("\(quotedName(name)) deleted")) {
        try $0.deleteAccount(row.account.id)
      })
  }
}
