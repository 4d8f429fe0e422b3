/// Leaves a page with pending changes.
extension EditorScreen {
  /// Goes where the person wanted to go, after the pending edits were saved.
  mutating func depart(_ departure: Departure) -> Effect<Message> {
    self.departure = nil
    switch departure {
    case .close: return .close
    case .page(let entry): return go(to: entry)
    }
  }

  func ask(_ departure: Departure) -> Effect<Message> {
    .open(
      QuestionDialog<LeaveAnswer>(
        title: "Pending changes", text: "This page has changes that are not saved.",
        buttons: [
          Button(.save, "Save", isDefault: true), Button(.discard, "Discard"), Button(.stay, "Stay"),
        ],
        focus: .stay, escape: .stay)
    ) { .answered($0, departure) }
  }

  /// Asks before dropping edits. They took many keys to make, so one key must not drop them.
  func askToDiscard() -> Effect<Message> {
    ConfirmDialog.destructive(title: "Discard", text: "Drop what is pending on this page?", action: "Discard")
      .confirmed(.send(.dropped))
  }

  mutating func answered(_ answer: LeaveAnswer, _ departure: Departure) -> Effect<Message> {
    switch answer {
    case .stay: return .none
    case .discard:
      let effect = page?.discard() ?? .none
      return .batch(effect, depart(departure))
    case .save:
      self.departure = departure
      return page?.save() ?? .none
    }
  }
}
