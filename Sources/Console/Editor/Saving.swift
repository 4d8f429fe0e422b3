import Access
import Administration

/// How the saving of a page ended.
enum SaveEnding<Value: Sendable>: Sendable {
  /// Nothing is saved: the person went back, or was told why it can't be.
  case notSaved
  case saved(Value)
  /// Somebody changed the same meanwhile, and the person chose.
  case met(theirs: Value, ConflictAnswer)
}

/// A page's pending changes on their way into the store: what they do is looked at and asked about, then they are
/// saved, and where somebody changed the same meanwhile the person chooses.
struct Saving<Value: Hashable & Sendable>: Sendable {
  /// As in `General`.
  let title: String
  let edit: Edit<Value>
  /// Carries it out, or rehearses it, by the use cases that it is given.
  let save: @Sendable (Administration, Edit<Value>) throws -> Void
  /// What goes along with it, said before it is saved.
  var consequences: @Sendable () -> Result<[String], Problem> = { .success([]) }
  /// Both versions side by side.
  var rows: @Sendable (_ theirs: Value, _ mine: Value) -> [ConflictRow] = { _, _ in [] }

  func effect<Message>(
    _ context: ConsoleContext, ended: @escaping @Sendable (SaveEnding<Value>) -> Message
  ) -> Effect<Message> {
    .run("looking what it does") {
      (consequences(), context.effect { try save($0, edit) })
    } then: { points, effect in
      switch (points, effect) {
      case (.failure(let problem), _): .batch(.toast(problem), .send(ended(.notSaved)))
      case (.success(let points), .success(let effect)) where !(effect.isEmpty && points.isEmpty):
        .ask(dialog(points, effect)) { $0 == .confirm ? carryOut(context, ended) : .send(ended(.notSaved)) }
      // What can't be rehearsed is told when it is carried out: a conflict, above all.
      case (.success, _): carryOut(context, ended)
      }
    }
  }

  private func dialog(_ points: [String], _ effect: AccessEffect) -> EffectDialog {
    EffectDialog(
      title: "Save \(title)",
      text: points.isEmpty ? "This is what it does:" : "This takes along what depends on it:",
      points: points, action: "Save", effect: effect)
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
