import Terminal

/// Saves, drops and leaves pending changes.
extension EditorScreen {
  var pendingBindings: [KeyBinding<Message>] {
    let changed = pages.changed
    guard !changed.isEmpty else { return [] }
    let what = Self.pages(changed.count)
    let hint = changed.count == 1 ? "" : " \(what)"
    let discard = KeyBinding<Message>(
      .control("g"), hint: "discard", help: "drop the changes of \(isShownChanged ? "this page" : what)",
      message: .discard)
    guard isProposed(changed) else {
      return [
        KeyBinding(.control("s"), hint: "save" + hint, help: "save the changes of \(what)", message: .save),
        discard,
      ]
    }
    return [
      KeyBinding(
        .control("s"), "p", hint: "propose" + hint,
        help: "propose the changes of \(what) to those who may make them", message: .save), discard,
    ]
  }

  private static func pages(_ count: Int) -> String { count == 1 ? "this page" : "\(count) pages" }

  /// The titles of the pages with pending edits, in the order of the navigation pane. A connector's page is told with the
  /// connector, because each connector has the same pages.
  private var changedTitles: [String] {
    let changed = pages.changed
    var branch = ""
    return navigation.entries.compactMap { entry in
      if entry.kind == .branch { branch = entry.title }
      guard let id = entry.id, changed.contains(id) else { return nil }
      return entry.level == 0 ? entry.title : "\(branch): \(entry.title)"
    }
  }

  private var isShownChanged: Bool { pages.shown?.hasPendingChanges ?? false }

  /// Whether the person may only propose the changes of one of the pages.
  private func isProposed(_ changed: Set<EditorEntryID>) -> Bool {
    let context = subject.context
    return changed.map(subject.permission(toEdit:)).contains { context.mayEdit($0) && !context.may($0) }
  }

  func askToLeave() -> Effect<Message> {
    let titles = changedTitles
    return .open(
      QuestionDialog<LeaveAnswer>(
        title: "Pending changes",
        text: "\(titles.count == 1 ? "This page has" : "These pages have") changes that are not saved.",
        points: titles,
        buttons: [
          Button(.save, "Save", isDefault: true), Button(.discard, "Discard"), Button(.stay, "Stay"),
        ],
        focus: .stay, escape: .stay)
    ) { .answered($0) }
  }

  /// Asks before dropping edits. They took many keys to make, so one key must not drop them.
  func askToDiscard() -> Effect<Message> {
    let isAll = !isShownChanged
    let place = isAll ? "on \(Self.pages(pages.changed.count))" : "on this page"
    return ConfirmDialog.destructive(
      title: "Discard", text: "Drop what is pending \(place)?",
      points: isAll ? changedTitles : [],
      action: "Discard"
    ).confirmed(.send(.dropped(all: isAll)))
  }

  mutating func leave(_ answer: LeaveAnswer) -> Effect<Message> {
    switch answer {
    case .stay: return .none
    case .discard: return .batch(pages.discardAll(), .close)
    case .save:
      isLeaving = true
      return save()
    }
  }
}
