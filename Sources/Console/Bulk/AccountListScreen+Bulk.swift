import Access
import Administration
import Store
import Terminal

/// What can be chosen to be done with many.
enum BulkKind: Hashable, Sendable, CaseIterable {
  case enable, disable, revokeTokens, addToTeam, setExpiry

  var title: String {
    switch self {
    case .enable: "Enable"
    case .disable: "Disable"
    case .revokeTokens: "Revoke all their tokens"
    case .addToTeam: "Add to a team"
    case .setExpiry: "Change when their tokens end"
    }
  }

  func isOffered(_ kind: AccountKind, _ context: ConsoleContext) -> Bool {
    switch self {
    case .enable, .disable: context.may(kind == .user ? .usersManage : .apiUsersManage)
    case .revokeTokens, .setExpiry: context.may(.tokensManage)
    case .addToTeam: context.may(.teamsManage)
    }
  }
}

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
    let offered = BulkKind.allCases.filter { $0.isOffered(kind, context) }
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
    let doing = [
      KeyBinding("b", hint: "with those", help: "do something with all that are chosen") {
        askWhat(of: offered)
      },
      KeyBinding(.escape, hint: "choose none", help: "choose none", message: .bulk(.none)),
    ]
    return ((choice.isEmpty ? [] : doing) + choosing).under("Many at once")
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

  private func askWhat(of offered: [BulkKind]) -> Effect<Message> {
    .ask(
      ChoiceDialog(
        title: "With those", text: "\(choice.words(total: rows.list.total)): what is to be done?",
        isMenu: true,
        rows: offered.map { ChoiceDialog.Row($0, $0.title) }), then: ask)
  }

  private func ask(_ bulk: BulkKind) -> Effect<Message> {
    switch bulk {
    case .enable: return plan(.enable)
    case .disable: return plan(.disable)
    case .revokeTokens: return plan(.revokeTokens)
    case .addToTeam:
      return .reading(
        "reading teams", { try context.administration.read { try $0.allTeams() } }, then: chooseTeam)
    case .setExpiry:
      let ends = [30, Expiry.defaultDays, 365].map { days in
        ChoiceDialog.Row(Expiry.at(context.now.adding(days: days)), "in \(days) days")
      }
      return .ask(
        ChoiceDialog(
          title: "When do they end?", isMenu: true, rows: ends + [ChoiceDialog.Row(.never, "never")])
      ) { plan(.setExpiry($0)) }
    }
  }

  private func chooseTeam(_ teams: [Team]) -> Effect<Message> {
    guard !teams.isEmpty else { return .toast("there are no teams yet", .warning) }
    return .ask(
      ChoiceDialog(
        title: "Which team?",
        rows: teams.map { ChoiceDialog.Row($0.id, $0.name.text, detail: $0.summary.text) })
    ) { plan(.addToTeam($0)) }
  }

  private func plan(_ action: BulkAction) -> Effect<Message> {
    .reading(
      "working it out",
      {
        let administration = context.administration
        return try administration.plan(action, on: choice.targets(kind, administration))
      }, then: confirm)
  }

  /// The count is typed, so that nobody does to a thousand what they meant for one.
  private func confirm(_ plan: BulkPlan) -> Effect<Message> {
    let words = BulkWords(plan, kind)
    guard !plan.isEmpty else { return .toast(words.nothing) }
    return EffectDialog(
      title: words.title, text: "\(words.title)?", points: words.points, action: "Do it",
      isDestructive: words.isDestructive, typing: String(plan.accounts.count),
      times: context.clock.words
    ) { Problem.catching { try context.administration.effect(of: plan) } }
    .confirmed(.send(.bulk(.carryOut(plan))))
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
