import Access
import Administration
import Store
import Terminal

/// The keys of the access matrix.
extension MatrixScreen {
  var bindings: [KeyBinding<Message>] {
    asking + turning + looking + (isList ? scrolling.bindings { .scroll($0) } : moving)
      + [KeyBinding(.escape, "q", hint: "back") { .close }]
  }

  private var asking: [KeyBinding<Message>] {
    let empty = pair == nil ? "nothing is given" : nil
    let obstacle = isList ? "the list has no cursor: t shows the grid" : empty
    guard isComparing else {
      return [
        KeyBinding(.enter, "w", hint: "why", help: "why it may or may not see this", unless: obstacle) {
          why(content?.first)
        }
      ]
    }
    return [
      KeyBinding(
        .enter, hint: "why first", help: "why the first one may or may not see this", unless: obstacle
      ) { why(content?.first) },
      KeyBinding("w", hint: "second", help: "why the second one may or may not see this", unless: obstacle) {
        why(content?.second)
      }.named("why-second"),
    ]
  }

  private func why(_ overview: AccessOverview?) -> Effect<Message> {
    guard let overview, let grid, let pair else { return .none }
    var request = overview.request(for: .list(grid.axes.connector, pair))
    request.at = instant
    return .open(WhyScreen(request, context: context))
  }

  private var turning: [KeyBinding<Message>] {
    guard isComparing else { return [] }
    return [
      KeyBinding(
        .tab, "t", hint: isList ? "grid" : "list", help: "what differs as a list, or as a grid",
        message: .turn
      ).named("turn")
    ]
  }

  private var looking: [KeyBinding<Message>] {
    let isAlone = (content?.catalogues.count ?? 0) < 2
    let obstacle = isAlone ? "there is no other connector with anything given" : nil
    return [
      KeyBinding(
        "c", hint: "connector", help: "choose another connector", unless: obstacle, does: chooseConnector),
      KeyBinding(
        "n", hint: "next connector", isHinted: false, unless: obstacle, does: { turn(by: 1) }),
      KeyBinding(
        "p", hint: "connector before", isHinted: false, unless: obstacle, does: { turn(by: -1) }),
      KeyBinding(
        ".", hint: isOnlyGiven ? "all lists" : "only given", help: "only lists that are given, or all",
        message: .narrow
      ).named("only-given"),
      KeyBinding("x", hint: "when", help: "look at another instant") {
        .ask(InstantDialog.lookingAt(instant, context: context)) { .send(.look(at: $0.instant)) }
      },
    ]
  }

  private func turn(by offset: Int) -> Effect<Message> {
    guard let content, let grid else { return .none }
    return content.connector(offset, from: grid.axes.connector).map { .send(.show($0)) } ?? .none
  }

  private func chooseConnector() -> Effect<Message> {
    let rows = (content?.catalogues ?? []).map { ChoiceDialog.Row($0.id, $0.connector.name.text) }
    return .ask(ChoiceDialog(title: "Connector", rows: rows, selected: grid?.axes.connector)) {
      .send(.show($0))
    }
  }

  private var moving: [KeyBinding<Message>] {
    guard grid != nil else { return [] }
    let moves: [([Key], String, GridPlace.Move)] = [
      ([.down, "j", .control("n")], "down", .down), ([.up, "k", .control("p")], "up", .up),
      ([.left, "h"], "left", .left), ([.right, "l"], "right", .right),
      ([.pageDown, .control("f")], "page down", .pageDown), ([.pageUp, .control("b")], "page up", .pageUp),
      (["]"], "page right", .pageRight), (["["], "page left", .pageLeft),
      ([.home], "first company", .firstColumn), ([.end], "last company", .lastColumn),
      (["g"], "first list", .firstRow), (["G"], "last list", .lastRow),
    ]
    return moves.map { keys, words, move in
      var binding = KeyBinding<Message>(hint: words, group: "Grid", isHinted: false, message: .move(move))
      binding.keys = keys
      return binding
    }
  }
}
