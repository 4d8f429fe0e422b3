import Access
import Administration
import Interchange
import Terminal

/// What a person may choose to be done with many.
protocol BulkMenuItem: Hashable, Sendable {
  var title: String { get }
}

/// The messages about chosen rows, and about what is done with them.
enum BulkMessage<Action: BulkActing>: Sendable {
  case toggle(Action.ID)
  case extend(Action.ID)
  case all, none
  case carryOut(PlanOfMany<Action>)
  case tick, wait
  case done(PlanOfMany<Action>, Problem?)
}

/// A list whose rows can be chosen, so that something is done with all of them.
protocol BulkListing: ListScreen {
  associatedtype Action: BulkActing where Action.ID == Row.ID
  associatedtype Item: BulkMenuItem
  var context: ConsoleContext { get }
  /// The chosen rows, on which an action works.
  var choice: RowChoice<Row.ID> { get set }
  /// The progress of an action on the chosen rows; nil where none is running.
  var working: ProgressCount? { get set }
  /// What the person may do with many.
  var offered: [Item] { get }
  static func bulk(_ message: BulkMessage<Action>) -> Message
  /// What a row is called in a question.
  func called(_ row: Row) -> String
  /// Chosen rows as the targets of an action.
  func targets(of choice: RowChoice<Row.ID>) throws -> Action.Targets
  /// Asks what an item of the menu needs, and plans it for chosen rows.
  func ask(_ item: Item, _ choice: RowChoice<Row.ID>) -> Effect<Message>
  func words(of plan: PlanOfMany<Action>) -> any PlanWording
  /// Makes the columns again, because the marks of rows are part of their texts.
  mutating func redoColumns()
}

extension BulkListing {
  var bindings: [KeyBinding<Message>] {
    // A person who left now would not learn how the work ended.
    if working != nil {
      return [KeyBinding(.escape, "q", hint: "wait", isHinted: false, message: Self.bulk(.wait))]
    }
    if rows.list.isTyping { return listBindings }
    // What is chosen is worked on first; otherwise the page's own keys go first on the help page.
    return (choice.isEmpty ? actions + bulkBindings : bulkBindings + actions) + listBindings
  }

  private var bulkBindings: [KeyBinding<Message>] {
    let offered = offered
    guard !offered.isEmpty, !rows.list.isEmpty else { return [] }
    let choosing = [
      onRow(" ", hint: "choose", help: "choose the row, or not", isHinted: false) {
        .send(Self.bulk(.toggle($0.id)))
      },
      onRow("v", hint: "choose to here", help: "choose all from the one chosen last to here", isHinted: false)
      { .send(Self.bulk(.extend($0.id))) },
      KeyBinding(
        "*", hint: "choose all", help: "choose all that match the filter", isHinted: false,
        message: Self.bulk(.all)),
    ]
    let leaving = KeyBinding<Message>(
      .escape, hint: "choose none", help: "choose none", message: Self.bulk(.none))
    return ([doing(offered)] + (choice.isEmpty ? [] : [leaving]) + choosing).under("Many at once")
  }

  /// The key for all chosen rows, or where none is chosen for the selected one.
  private func doing(_ offered: [Item]) -> KeyBinding<Message> {
    let help = "do something with all that are chosen, or with this one"
    guard choice.isEmpty else {
      return KeyBinding("b", hint: "with those", help: help) {
        askWhat(of: offered, with: choice.words(total: rows.list.total), choice)
      }
    }
    return onRow("b", hint: "with those", help: help, isHinted: false) {
      askWhat(of: offered, with: called($0), RowChoice(of: $0.id))
    }
  }

  private mutating func choose(_ change: (inout RowChoice<Row.ID>) -> Void) {
    change(&choice)
    redoColumns()
  }

  mutating func update(bulk message: BulkMessage<Action>) -> Effect<Message> {
    switch message {
    case .toggle(let id):
      choose { $0.toggle(id) }
      return .send(.rows(.list(.down)))
    case .extend(let id):
      let held = rows.list.rows.map(\.id)
      choose { $0.extend(to: id, in: held) }
    case .all:
      let filter = rows.list.filter.text
      choose { $0.chooseAll(matching: filter) }
    case .none: choose { $0 = RowChoice() }
    case .carryOut(let plan): return carryOut(plan)
    case .tick: return working == nil ? .none : ProgressCount.look(Self.bulk(.tick))
    case .wait: break
    case .done(let plan, let problem):
      working = nil
      if let problem { return .batch(.toast(problem), .refresh) }
      choose { $0 = RowChoice() }
      return .batch(.toast("done: \(words(of: plan).title.lowercasingFirst)", .good), .refresh)
    }
    return .none
  }

  /// - Parameters:
  ///   - who: the chosen rows in words.
  ///   - choice: the chosen rows.
  private func askWhat(of offered: [Item], with who: String, _ choice: RowChoice<Row.ID>) -> Effect<Message> {
    .ask(
      ChoiceDialog(
        title: "With those", text: "\(who): what is to be done?", isMenu: true,
        rows: offered.map { ChoiceDialog.Row($0, $0.title) })
    ) { ask($0, choice) }
  }

  func plan(_ action: Action, _ choice: RowChoice<Row.ID>) -> Effect<Message> {
    .reading(
      "working it out", { try action.plan(on: targets(of: choice), context.administration) }, then: confirm)
  }

  /// Asks when tokens are to end.
  func askForEnd(then follow: @escaping @Sendable (Expiry) -> Effect<Message>) -> Effect<Message> {
    let ends = [30, Expiry.defaultDays, 365].map { days in
      ChoiceDialog.Row(Expiry.at(context.now.adding(days: days)), "in \(days) days")
    }
    return .ask(
      ChoiceDialog(
        title: "When do they end?", isMenu: true, rows: ends + [ChoiceDialog.Row(.never, "never")]),
      then: follow)
  }

  /// The count is typed, so that nobody does to a thousand what they meant for one.
  private func confirm(_ plan: PlanOfMany<Action>) -> Effect<Message> {
    let words = words(of: plan)
    guard !plan.isEmpty else { return .toast(words.nothing) }
    return EffectDialog(
      title: words.title, text: "\(words.title)?", points: words.points, action: "Do it",
      isDestructive: words.isDestructive, typing: String(plan.ids.count),
      times: context.clock.words
    ) { Problem.catching { try context.administration.effect(of: plan) } }
    .confirmed(.send(Self.bulk(.carryOut(plan))))
  }

  private mutating func carryOut(_ plan: PlanOfMany<Action>) -> Effect<Message> {
    guard working == nil else { return .none }
    let progress = ProgressCount()
    working = progress
    return progress.run("doing it", tick: Self.bulk(.tick)) { [context] progress in
      try context.administration.carryOut(plan) { progress.tell($0, of: $1) }
    } ended: {
      Self.bulk(.done(plan, $0))
    }
  }

  func draw(on frame: inout Frame<Message>) {
    drawList(on: &frame)
    drawChoice(on: &frame)
  }

  /// How many are chosen, or how far what is done with them has come.
  private func drawChoice(on frame: inout Frame<Message>) {
    let style = Style(.accent, .bold)
    if let working {
      frame.put(
        " " + working.text("doing it", columns: frame.bounds.columns / 2), in: frame.bounds, style: style)
    } else if !choice.isEmpty, !rows.list.filter.isShown {
      frame.put(" " + choice.words(total: rows.list.total), in: frame.bounds, style: style)
    }
  }
}

/// The mark before the name of a row that is chosen.
enum ChoiceMark {
  static func text(isChosen: Bool) -> String { isChosen ? "✓ " : "" }
}
