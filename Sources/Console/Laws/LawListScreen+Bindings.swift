import Access
import Administration
import Interchange
import Terminal

/// The keys of the list of laws.
extension LawListScreen {
  var actions: [KeyBinding<Message>] {
    let obstacle = context.administration.mayChangeLaws ? nil : obstacle
    return [
      onRow(.enter, "e", opening: obstacle == nil ? .edit : .show) { .open(editor($0.law)) },
      onRow("w", hint: "what breaks it", help: "show what breaks the law now") {
        .open(LawBreachesScreen($0.law.name, context: context))
      },
    ] + ordering
      + [
        adding(help: "add a law", unless: obstacle) { add() },
        copyingRow(context) { [.law($0.law.name)] },
        writingList(context, .laws),
        onRow("D", .delete, hint: "remove", help: "remove the law", unless: obstacle) { remove($0.law) },
      ]
  }

  private var obstacle: String {
    context.administration.isReadOnly
      ? Problem(AdministrationError.readOnly).line
      : Problem(AdministrationError.notAdministrator("change the laws")).line
  }

  private var ordering: [KeyBinding<Message>] {
    let orders = zip(LawOrder.allCases, ["1", "2", "3", "4"] as [Key]).map { order, key in
      KeyBinding(
        key, hint: order.title, help: "sort by \(order.title); again reverses", isHinted: false,
        message: Message.sort(order)
      ).named("sort-by-" + order.title)
    }
    let all = LawOrder.allCases
    let next = all[((all.firstIndex(of: order) ?? 0) + 1) % all.count]
    let turn = KeyBinding("s", hint: "sort", help: "sort by the next column", message: Message.sort(next))
    return (orders + [turn]).under("Order")
  }

  private func editor(_ law: Law<AsWritten>) -> EditorScreen {
    EditorScreen(LawEditor(law, context: context), at: EditorTarget(.general))
  }

  /// Asks what the law says, and opens the page of such a law.
  private func add() -> Effect<Message> {
    .ask(LawChoices.kindDialog()) { kind in
      .open(EditorScreen(LawEditor(adding: kind, context: context), at: EditorTarget(.general)))
    }
  }

  private func remove(_ law: Law<AsWritten>) -> Effect<Message> {
    context.ask(
      "Remove law", "Remove the law \(quotedName(law.name))?",
      points: ["\(LawWords(law).rule): nothing refuses that any more"], action: "Remove",
      before: Deed("removing", said: context.undoable("\(quotedName(law.name)) removed")) {
        try $0.removeLaw(named: law.name)
      })
  }
}
