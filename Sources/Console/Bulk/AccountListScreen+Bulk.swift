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
    case toggle, extend, all, none, act
    case kind(BulkKind)
    case teams(Result<[Team], Problem>)
    case action(BulkAction)
    case planned(Result<BulkPlan, Problem>)
    case confirmed(BulkPlan)
    case tick, wait
    case done(BulkPlan, Problem?)
  }

  var offeredBulk: [BulkKind] { BulkKind.allCases.filter { $0.isOffered(kind, context) } }

  var bulkBindings: [KeyBinding<Message>] {
    guard !offeredBulk.isEmpty, !rows.list.isEmpty else { return [] }
    func binding(
      _ key: Key, _ hint: String, _ help: String, isHinted: Bool = false, _ message: BulkMessage
    ) -> KeyBinding<Message> {
      KeyBinding(
        key, hint: hint, help: help, group: "Many at once", isHinted: isHinted, message: .bulk(message))
    }
    var bindings: [KeyBinding<Message>] = []
    if rows.selected != nil {
      bindings = [
        binding(" ", "choose", "choose the row, or not", .toggle),
        binding("v", "choose to here", "choose all from the one chosen last to here", .extend),
      ]
    }
    bindings.append(binding("*", "choose all", "choose all that match the filter", .all))
    guard !choice.isEmpty else { return bindings }
    return [
      binding("b", "with those", "do something with all that are chosen", isHinted: true, .act),
      binding(.escape, "choose none", "choose none", isHinted: true, .none),
    ] + bindings
  }

  mutating func update(bulk message: BulkMessage) -> Effect<Self> {
    switch message {
    case .toggle:
      guard let id = rows.selected?.id else { return .none }
      choose { $0.toggle(id) }
      return .send(.rows(.list(.down)))
    case .extend:
      guard let id = rows.selected?.id else { return .none }
      let held = rows.list.rows
      choose { $0.extend(to: id, in: held) }
    case .all:
      let filter = rows.list.filter.text
      choose { $0.chooseAll(matching: filter) }
    case .none: choose { $0 = RowChoice() }
    case .act: return askWhat()
    case .kind(let kind): return ask(kind)
    case .teams(.success(let teams)): return chooseTeam(teams)
    case .teams(.failure(let problem)): return .toast(problem)
    case .action(let action): return plan(action)
    case .planned(.success(let plan)): return confirm(plan)
    case .planned(.failure(let problem)): return .toast(problem)
    case .confirmed(let plan): return carryOut(plan)
    case .tick: return working == nil ? .none : Self.ticking
    case .wait: break
    case .done(let plan, nil):
      working = nil
      choose { $0 = RowChoice() }
      return .batch(
        .toast("done: \(BulkWords(plan, kind).title.lowercasingFirst)", .good), reload())
    case .done(_, let problem?):
      working = nil
      return .batch(.toast(problem), reload())
    }
    return .none
  }

  private func askWhat() -> Effect<Self> {
    .open(
      ChoiceDialog(
        title: "With those", text: "\(choice.words(total: rows.list.total)): what is to be done?",
        isMenu: true,
        rows: offeredBulk.map { ChoiceDialog.Row($0, $0.title) })
    ) { .bulk(.kind($0)) }
  }

  private func ask(_ bulk: BulkKind) -> Effect<Self> {
    switch bulk {
    case .enable: return .send(.bulk(.action(.enable)))
    case .disable: return .send(.bulk(.action(.disable)))
    case .revokeTokens: return .send(.bulk(.action(.revokeTokens)))
    case .addToTeam:
      return .run("reading teams") { [context] in .bulk(.teams(context.read { try $0.allTeams() })) }
    case .setExpiry:
      let ends = [30, 90, 365].map { days in
        ChoiceDialog.Row(Expiry.at(context.now.adding(days: Int64(days))), "in \(days) days")
      }
      return .open(
        ChoiceDialog(
          title: "When do they end?", isMenu: true, rows: ends + [ChoiceDialog.Row(.never, "never")])
      ) { .bulk(.action(.setExpiry($0))) }
    }
  }

  private func chooseTeam(_ teams: [Team]) -> Effect<Self> {
    guard !teams.isEmpty else { return .toast("there are no teams yet", .warning) }
    return .open(
      ChoiceDialog(
        title: "Which team?",
        rows: teams.map { ChoiceDialog.Row($0.id, $0.name.text, detail: $0.summary.text) })
    ) { .bulk(.action(.addToTeam($0))) }
  }

  private func plan(_ action: BulkAction) -> Effect<Self> {
    .run("working it out") { [context, choice, kind] in
      .bulk(.planned(Problem.catching { try context.administration.plan(action, on: choice.targets(kind)) }))
    }
  }

  /// The count is typed, so that nobody does to a thousand what they meant for one.
  private func confirm(_ plan: BulkPlan) -> Effect<Self> {
    let words = BulkWords(plan, kind)
    guard !plan.isEmpty else { return .toast(words.nothing) }
    return .open(
      EffectDialog(
        title: words.title, text: "\(words.title)?", points: words.points, action: "Do it",
        isDestructive: words.isDestructive, typing: String(plan.accounts.count)
      ) { [context] in Problem.catching { try context.administration.effect(of: plan) } }
    ) { $0 == .confirm ? .bulk(.confirmed(plan)) : nil }
  }

  private mutating func carryOut(_ plan: BulkPlan) -> Effect<Self> {
    guard working == nil else { return .none }
    let progress = ProgressCount()
    working = progress
    return .batch(
      Self.ticking,
      .run("doing it", awaited: false) { [context] in
        let result = Problem.catching {
          try context.administration.carryOut(plan) { progress.tell($0, of: $1) }
        }
        return .bulk(.done(plan, result.problem))
      })
  }

  private static var ticking: Effect<Self> { .after(milliseconds: 100, key: "bulk", .bulk(.tick)) }

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

extension String {
  var lowercasingFirst: String { prefix(1).lowercased() + dropFirst() }
}
