import Access
import Administration

/// The way in which the saving of a page ended.
enum SaveEnding<Value: Sendable>: Sendable {
  /// Nothing was saved: the person went back, or was told why saving is not possible.
  case notSaved
  case saved(Value)
  /// The changes wait in the Inbox for somebody who may make them.
  case proposed
  /// Somebody changed the same thing meanwhile, and the person chose an answer.
  case met(theirs: Value, ConflictAnswer)
}

/// Saves a page's pending changes, or proposes them. The effect is shown and confirmed first.
/// Where somebody changed the same thing meanwhile, the person chooses a version.
struct Saving<Value: Hashable & Sendable>: Sendable {
  /// The title of the page, as in `General`.
  let title: String
  let edit: Edit<Value>
  /// Saves the edit with the given administration, which either carries it out or rehearses it.
  let save: @Sendable (Administration, Edit<Value>) throws -> Void
  /// The further consequences of the change, which the person sees before saving.
  var consequences: @Sendable () -> Result<[String], Problem> = { .success([]) }
  /// The rows of both versions side by side.
  var rows: @Sendable (_ theirs: Value, _ mine: Value) -> [ConflictRow] = { _, _ in [] }

  func effect<Message>(
    _ context: ConsoleContext, ended: @escaping @Sendable (SaveEnding<Value>) -> Message
  ) -> Effect<Message> {
    .run("looking what it does") {
      (consequences(), context.trial { try save($0, edit) })
    } then: { points, trial in
      switch (points, trial) {
      case (.failure(let problem), _): .batch(.toast(problem), .send(ended(.notSaved)))
      case (.success(let points), .toSave(let effect)):
        confirm("Save", points, effect, context, ended) { carryOut(context, ended) }
      case (.success(let points), .toPropose(let effect)):
        confirm("Propose", points, effect, context, ended) { askReason(context, ended) }
      // An error of the rehearsal is shown when the change is carried out, which fails in the same way.
      // Mostly it is a conflict.
      case (.success, .failed): carryOut(context, ended)
      }
    }
  }

  /// Shows what the change does, and asks. A change without consequences is not asked about.
  private func confirm<Message>(
    _ action: String, _ points: [String], _ effect: AccessEffect, _ context: ConsoleContext,
    _ ended: @escaping @Sendable (SaveEnding<Value>) -> Message,
    then next: @escaping @Sendable () -> Effect<Message>
  ) -> Effect<Message> {
    if effect.isEmpty && points.isEmpty { return next() }
    let dialog = EffectDialog(
      title: "\(action) \(title)",
      text: points.isEmpty ? "This is what it does:" : "This takes along what depends on it:",
      points: points, action: action, effect: effect, times: context.clock.words)
    return .ask(dialog) { $0 == .confirm ? next() : .send(ended(.notSaved)) }
  }

  /// Asks for the reason, and proposes the change.
  private func askReason<Message>(
    _ context: ConsoleContext, _ ended: @escaping @Sendable (SaveEnding<Value>) -> Message
  ) -> Effect<Message> {
    let dialog = ProposeDialog("change \(title)", until: nil) { reason, _ in
      Problem.catching {
        try context.administration.propose(because: reason) { try save($0, edit) }
      }
    }
    return .ask(dialog) { ending in
      guard case .proposed = ending else { return .send(ended(.notSaved)) }
      return .batch(.toast(ending), .send(ended(.proposed)))
    }
  }

  private func carryOut<Message>(
    _ context: ConsoleContext, _ ended: @escaping @Sendable (SaveEnding<Value>) -> Message
  ) -> Effect<Message> {
    .run("saving \(title)") {
      Result<Void, any Error> { try save(context.administration, edit) }
    } then: { result in
      switch result {
      case .success: .batch(.toast("\(title) saved", .good), .send(ended(.saved(edit.becomes))))
      case .failure(let conflict as EditConflict<Value>):
        .batch(
          .send(ended(.notSaved)),
          .ask(ConflictDialog(rows(conflict.current, edit.becomes))) {
            .send(ended(.met(theirs: conflict.current, $0)))
          })
      case .failure(let error): .batch(.toast(Problem(error)), .send(ended(.notSaved)))
      }
    }
  }
}
