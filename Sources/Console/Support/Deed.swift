import Access
import Administration
import Store
import Terminal

/// A change that a person asked for, with the words during and after it.
struct Deed: Sendable {
  /// The words during the change, as in `deleting`.
  let label: String
  /// The words after the change.
  let said: String
  let change: @Sendable (Change) throws -> Void

  init(_ label: String = "saving", said: String, _ change: @escaping @Sendable (Change) throws -> Void) {
    self.label = label
    self.said = said
    self.change = change
  }
}

extension Effect {
  /// Carries something out in the background, and reports how it ended. The screen is then read again.
  /// - Parameter work: returns what went wrong, or nil.
  static func carryOut(_ label: String, said: String, _ work: @escaping @Sendable () -> Problem?) -> Effect {
    .run(label, work) { .batch($0.map { .toast($0) } ?? .toast(said, .good), .refresh) }
  }

  /// Reads or computes something in the background, and continues with it. An error is shown.
  static func reading<Value>(
    _ label: String, _ read: @escaping @Sendable () throws -> Value,
    then follow: @escaping @Sendable (Value) -> Effect
  ) -> Effect {
    .run(label) {
      Problem.catching(read)
    } then: { result in
      switch result {
      case .success(let value): follow(value)
      case .failure(let problem): .toast(problem)
      }
    }
  }
}

extension Screen where Outcome == Confirmation {
  /// Asks, and continues where the answer is yes.
  func confirmed<Message>(_ effect: Effect<Message>) -> Effect<Message> {
    .ask(self) { $0 == .confirm ? effect : .none }
  }
}

extension ConsoleContext {
  /// Carries out a deed without asking.
  func carryOut<Message>(_ deed: Deed) -> Effect<Message> {
    .carryOut(deed.label, said: deed.said) { change(deed.change).problem }
  }

  /// Asks before a deed, and shows its effect on who may see what.
  /// - Parameter typing: the text that must be typed to confirm.
  func ask<Message>(
    _ title: String, _ text: String, points: [String], action: String, isDestructive: Bool = true,
    typing: String? = nil, before deed: Deed
  ) -> Effect<Message> {
    EffectDialog(
      title: title, text: text, points: points, action: action, isDestructive: isDestructive, typing: typing,
      times: clock.words
    ) { effect { try $0.change(deed.change) } }.confirmed(carryOut(deed))
  }

  /// Asks before a deed that has no effect on who may see what.
  func confirm<Message>(
    _ title: String, _ text: String, points: [String], action: String, before deed: Deed
  ) -> Effect<Message> {
    ConfirmDialog.destructive(title: title, text: text, points: points, action: action)
      .confirmed(carryOut(deed))
  }

  /// Carries out what a dialog asked for. Where that would wait for a second person, it asks first.
  /// - Parameter ended: receives nil where the person declines that.
  func save<Message, Value>(
    _ title: String, _ label: String, _ change: @escaping @Sendable (Change) throws -> Value,
    ended: @escaping @Sendable (Result<Value, Problem>?) -> Message
  ) -> Effect<Message> {
    let carryOut = Effect.run(label) { ended(self.change(change)) }
    return .run("looking what it does") {
      takesTwo { _ = try change($0) }
    } then: { takesTwo in
      switch takesTwo {
      case .success(false): carryOut
      case .success(true):
        .ask(ConfirmDialog.waiting(title: title)) { $0 == .confirm ? carryOut : .send(ended(nil)) }
      case .failure(let problem): .send(ended(.failure(problem)))
      }
    }
  }

  /// Asks for another name.
  /// - Parameter said: the words after the renaming; nil where a key undoes it.
  func rename<Message>(
    _ name: Name, _ kind: String, said: String? = nil,
    _ change: @escaping @Sendable (Change, Name) throws -> Void
  ) -> Effect<Message> {
    .ask(
      NameDialog.renaming(name, title: "Rename \(kind)") { name in
        self.change { try change($0, name) }.problem
      }
    ) { .toast(said ?? undoable("renamed to \(quotedName($0))"), .good) }
  }

  /// Opens Why with the question that a person most likely has about a subject.
  func why<Message>(_ subject: SubjectID, token: TokenRowID? = nil) -> Effect<Message> {
    .reading("reading") {
      try WhyScreen.likelyRequest(of: subject, token: token, context: self).get()
    } then: { request in
      request.map { .open(WhyScreen($0, context: self)) }
        ?? .toast("the catalogue has nothing yet that could be asked for")
    }
  }

  /// The screen that *Edit* opens for a subject.
  /// - Parameters:
  ///   - kind: the kind of an account.
  ///   - pending: the pending changes of pages, to be put back.
  func editor(
    _ subject: SubjectID, _ kind: AccountKind?, at target: EditorTarget? = nil,
    restoring pending: [EditorEntryID: PendingEdits] = [:]
  ) -> EditorScreen {
    switch subject {
    case .team(let id): EditorScreen(TeamEditor(id, context: self), at: target, restoring: pending)
    case .account(let id):
      EditorScreen(
        AccountEditor(id, kind: kind ?? .apiUser, context: self), at: target, restoring: pending)
    }
  }

  /// The reason why an action that needs a permission can't be done now; nil where it can.
  func obstacle(_ permissions: Permission...) -> String? {
    if permissions.contains(where: may) { return nil }
    if administration.isReadOnly { return Problem(AdministrationError.readOnly).line }
    return permissions.first.map { Problem(AdministrationError.notPermitted($0)).line }
  }
}
