import Access
import Administration
import Store
import Terminal

/// What can be done in the list of users and API users.
extension AccountListScreen {
  var bindings: [KeyBinding<Message>] {
    // Who leaves now would not be told how it ended.
    if working != nil {
      return [KeyBinding(.escape, "q", hint: "wait", isHinted: false, message: .bulk(.wait))]
    }
    let mayChange = context.may(kind == .user ? .usersManage : .apiUsersManage)
    var bindings = rows.list.isTyping ? [] : bulkBindings + actions(mayChange: mayChange)
    bindings += listBindings
    return bindings
  }

  private func actions(mayChange: Bool) -> [KeyBinding<Message>] {
    var bindings: [KeyBinding<Message>] = []
    if rows.selected != nil {
      bindings.append(KeyBinding(.enter, "e", hint: "edit", help: "edit its security", message: .edit))
      bindings.append(
        KeyBinding("w", hint: "why", help: "why it may or may not see something", message: .why))
    } else if rows.list.isEmpty, mayChange {
      bindings.append(KeyBinding(.enter, hint: "add", help: "add \(kind.withArticle)", message: .add))
    }
    guard mayChange else { return bindings + sortBindings }
    bindings.append(KeyBinding("a", hint: "add", help: "add \(kind.withArticle)", message: .add))
    if let row = rows.selected {
      let isEnabled = row.account.isEnabled
      bindings += [
        KeyBinding("r", hint: "rename", message: .rename),
        KeyBinding(
          "d", hint: isEnabled ? "disable" : "enable",
          help: isEnabled ? "disable it: its tokens open nothing until it is enabled" : "enable it",
          message: .toggleEnabled),
        KeyBinding(
          "D", .delete, hint: "delete", help: "delete it and revoke its tokens", isDestructive: true,
          message: .delete),
      ]
    }
    return bindings + sortBindings
  }

  private var sortBindings: [KeyBinding<Message>] {
    let orders: [(Key, AccountOrder)] = [("1", .name), ("2", .expiry), ("3", .lastUse), ("4", .state)]
    return orders.map { key, order in
      KeyBinding(
        key, hint: order.title, help: "sort by \(order.title); again reverses", group: "Order",
        isHinted: false, message: .sort(order))
    } + [KeyBinding("s", hint: "sort", help: "sort by the next column", group: "Order", message: .sort(next))]
  }

  private var next: AccountOrder {
    let all = AccountOrder.allCases
    return all[((all.firstIndex(of: order) ?? 0) + 1) % all.count]
  }
}

extension AccountOrder {
  /// As in `by next expiry`.
  var title: String {
    switch self {
    case .name: "name"
    case .expiry: "next expiry"
    case .lastUse: "last use"
    case .state: "state"
    }
  }
}
