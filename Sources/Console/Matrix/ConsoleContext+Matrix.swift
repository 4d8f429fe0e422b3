import Access
import Administration
import Store
import Terminal

/// The keys that open the access matrix, and compare two subjects in it.
extension ConsoleContext {
  /// The heading of the help page for the keys that ask who may see what.
  static let accessGroup = "Who may see what"

  /// - Parameters:
  ///   - subject: whose access is shown; nil where no row is selected.
  ///   - instant: the instant that is looked at; nil for now.
  func matrix<Message>(of subject: SubjectID?, at instant: Timestamp? = nil) -> KeyBinding<Message> {
    KeyBinding(
      "m", hint: "matrix", help: "what it may see, as a grid of lists and companies", group: Self.accessGroup,
      unless: subject == nil ? "no row is selected" : nil
    ) {
      subject.map { .open(MatrixScreen(of: .one($0), context: self, at: instant)) } ?? .none
    }.hintedWhereRoom()
  }

  /// - Parameters:
  ///   - other: the subject with whom the first one is compared; nil to ask for it.
  ///   - kind: the kind of the accounts; nil for teams.
  func comparing<Message>(
    _ subject: SubjectID?, with other: SubjectID?, _ kind: AccountKind?, unless obstacle: String? = nil
  ) -> KeyBinding<Message> {
    KeyBinding(
      "=", hint: "compare", help: "what one may see and another may not", group: Self.accessGroup,
      unless: obstacle ?? (subject == nil ? "no row is selected" : nil)
    ) {
      guard let subject else { return .none }
      if let other { return compare(subject, other) }
      return kind.map { ask(toCompare: subject, $0) } ?? askTeam(toCompare: subject)
    }.hintedWhereRoom()
  }

  private func compare<Message>(_ subject: SubjectID, _ other: SubjectID) -> Effect<Message> {
    guard subject != other else { return .toast("it is the same; choose another one", .warning) }
    return .open(MatrixScreen(of: .two(subject, other), context: self))
  }

  private func ask<Message>(toCompare subject: SubjectID, _ kind: AccountKind) -> Effect<Message> {
    .ask(AccountPicker(one: kind, title: "Compare with which \(kind.title)?", filter: "", context: self)) {
      $0.first.map { compare(subject, .account($0)) } ?? .none
    }
  }

  private func askTeam<Message>(toCompare subject: SubjectID) -> Effect<Message> {
    .reading("reading teams") {
      try administration.read { try $0.allTeams() }
    } then: { teams in
      let rows = teams.filter { .team($0.id) != subject }.map {
        ChoiceDialog.Row($0.id, $0.name.text, detail: $0.summary.text)
      }
      guard !rows.isEmpty else { return .toast("there is no other team", .warning) }
      return .ask(ChoiceDialog(title: "Compare with which team?", rows: rows)) { compare(subject, .team($0)) }
    }
  }
}
