import Access
import Administration
import Store
import Terminal

/// Choosing rows, and doing something with all of them.
extension AccountListScreen {
  enum BulkMessage: Sendable {
    case toggle(AccountID)
    case extend(AccountID)
    case all, none
    case carryOut(BulkPlan)
    case tick, wait
    case done(BulkPlan, Problem?)
  }

  var bulkBindings: [KeyBinding<Message>] {
    let offered = BulkVerb.allCases.filter { context.may($0.permission(for: kind)) }
    guard !offered.isEmpty, !rows.list.isEmpty else { return [] }
    let choosing = [
      onRow(" ", hint: "choose", help: "choose the row, or not", isHinted: false) {
        .send(.bulk(.toggle($0.id)))
      },
      onRow("v", hint: "choose to here", help: "choose all from the one chosen last to here", isHinted: false)
      { .send(.bulk(.extend($0.id))) },
      KeyBinding(
        "*", hint: "choose all", help: "choose all that match the filter", isHinted: false,
        message: .bulk(.all)),
    ]
    let leaving = KeyBinding<Message>(
      .escape, hint: "choose none", help: "choose none", message: .bulk(.none))
    return ([doing(offered)] + (choice.isEmpty ? [] : [leaving]) + choosing).under("Many at once")
  }

  /// The key for all chosen rows, or where none is chosen for the selected one.
  private func doing(_ offered: [BulkVerb]) -> KeyBinding<Message> {
    let help = "do something with all that are chosen, or with this one"
    guard choice.isEmpty else {
      return KeyBinding("b", hint: "with those", help: help) {
        askWhat(of: offered, with: choice.words(total: rows.list.total), choice)
      }
    }
    return onRow("b", hint: "with those", help: help, isHinted: false) {
      askWhat(of: offered, with: quotedName($0.account.name), RowChoice(of: $0.id))
    }
  }

  mutating func update(bulk message: BulkMessage) -> Effect<Message> {
    switch message {
    case .toggle(let id):
      choose { $0.toggle(id) }
      return .send(.rows(.list(.down)))
    case .extend(let id):
      let held = rows.list.rows
      choose { $0.extend(to: id, in: held) }
    case .all:
      let filter = rows.list.filter.text
      choose { $0.chooseAll(matching: filter) }
    case .none: choose { $0 = RowChoice() }
    case .carryOut(let plan): return carryOut(plan)
    case .tick: return working == nil ? .none : ProgressCount.look(.bulk(.tick))
    case .wait: break
    case .done(let plan, let problem):
      working = nil
      if let problem { return .batch(.toast(problem), reload()) }
      choose { $0 = RowChoice() }
      return .batch(.toast("done: \(BulkWords(plan, kind).title.lowercasingFirst)", .good), reload())
    }
    return .none
  }

  private mutating func carryOut(_ plan: BulkPlan) -> Effect<Message> {
    guard working == nil else { return .none }
    let progress = ProgressCount()
    working = progress
    return progress.run("doing it", tick: .bulk(.tick)) { [context] progress in
      try context.administration.carryOut(plan) { progress.tell($0, of: $1) }
    } ended: {
      .bulk(.done(plan, $0))
    }
  }

  /// How many are chosen, or how far what is done with them has come.
  func drawChoice(on frame: inout Frame<Message>) {
    let style = Style(.accent, .bold)
    if let working {
      frame.put(
        " " + working.text("doing it", columns: frame.bounds.columns / 2), in: frame.bounds, style: style)
    } else if !choice.isEmpty, !rows.list.filter.isShown {
      frame.put(" " + choice.words(total: rows.list.total), in: frame.bounds, style: style)
    }
  }
}
