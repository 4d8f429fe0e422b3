import Access
import Administration
import Store
import Terminal

/// Asking what is to be done with many, until it is known.
extension AccountListScreen {
  /// - Parameters:
  ///   - who: the chosen accounts in words.
  ///   - choice: the chosen rows.
  func askWhat(of offered: [BulkVerb], with who: String, _ choice: RowChoice) -> Effect<Message> {
    .ask(
      ChoiceDialog(
        title: "With those", text: "\(who): what is to be done?", isMenu: true,
        rows: offered.map { ChoiceDialog.Row($0, $0.title) })
    ) { ask($0, choice) }
  }

  private func ask(_ verb: BulkVerb, _ choice: RowChoice) -> Effect<Message> {
    switch verb {
    case .enable: plan(.enable, choice)
    case .disable: plan(.disable, choice)
    case .revokeTokens: plan(.revokeTokens, choice)
    case .delete: plan(.delete, choice)
    case .addToTeam: chooseTeam { plan(.addToTeam($0), choice) }
    case .removeFromTeam: chooseTeam { plan(.removeFromTeam($0), choice) }
    case .copyRights: chooseRights(choice)
    case .duplicate: .ask(SuffixDialog()) { plan(.duplicate($0), choice) }
    case .setExpiry: chooseExpiry(choice)
    }
  }

  private func chooseTeam(_ follow: @escaping @Sendable (TeamID) -> Effect<Message>) -> Effect<Message> {
    .reading("reading teams") {
      try context.administration.read { try $0.allTeams() }
    } then: { teams in
      guard !teams.isEmpty else { return .toast("there are no teams yet", .warning) }
      return .ask(
        ChoiceDialog(
          title: "Which team?",
          rows: teams.map { ChoiceDialog.Row($0.id, $0.name.text, detail: $0.summary.text) }), then: follow)
    }
  }

  private func chooseRights(_ choice: RowChoice) -> Effect<Message> {
    .ask(AccountPicker(one: kind, title: "Whose rights?", filter: "", context: context)) { chosen in
      guard let source = chosen.first else { return .none }
      return .ask(
        ChoiceDialog(
          title: "How are they given?", text: "The teams, system roles and grants of the other one:",
          isMenu: true,
          rows: [
            ChoiceDialog.Row(false, "Add them to what is there"),
            ChoiceDialog.Row(true, "Let them take the place of what is there"),
          ])
      ) { plan(.copyRights(of: source, isReplacing: $0), choice) }
    }
  }

  private func chooseExpiry(_ choice: RowChoice) -> Effect<Message> {
    let ends = [30, Expiry.defaultDays, 365].map { days in
      ChoiceDialog.Row(Expiry.at(context.now.adding(days: days)), "in \(days) days")
    }
    return .ask(
      ChoiceDialog(
        title: "When do they end?", isMenu: true, rows: ends + [ChoiceDialog.Row(.never, "never")])
    ) { plan(.setExpiry($0), choice) }
  }

  private func plan(_ action: BulkAction, _ choice: RowChoice) -> Effect<Message> {
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
}
