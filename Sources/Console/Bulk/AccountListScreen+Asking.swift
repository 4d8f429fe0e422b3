import Access
import Administration
import Store
import Terminal

/// Asking what is to be done with many, until it is known.
extension AccountListScreen {
  func ask(_ verb: BulkVerb, _ choice: RowChoice<AccountID>) -> Effect<Message> {
    switch verb {
    case .enable: plan(.enable, choice)
    case .disable: plan(.disable, choice)
    case .revokeTokens: plan(.revokeTokens, choice)
    case .delete: plan(.delete, choice)
    case .addToTeam: chooseTeam { plan(.addToTeam($0), choice) }
    case .removeFromTeam: chooseTeam { plan(.removeFromTeam($0), choice) }
    case .copyRights: chooseRights(choice)
    case .duplicate: .ask(SuffixDialog()) { plan(.duplicate($0), choice) }
    case .setExpiry: askForEnd { plan(.setExpiry($0), choice) }
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

  private func chooseRights(_ choice: RowChoice<AccountID>) -> Effect<Message> {
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
}
