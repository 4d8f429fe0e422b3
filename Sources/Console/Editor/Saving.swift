import Access
import Administration

/// The way in which the saving of a page ended.
enum SaveEnding<Value: Sendable>: Sendable {
  /// Nothing was saved: the person went back, or was told why saving is not possible.
  case notSaved
  case saved(Value)
  /// Somebody changed the same thing meanwhile, and the person chose an answer.
  case met(theirs: Value, ConflictAnswer)
}

/// Saves a page's pending changes. The effect is shown and confirmed first, and then the changes are saved.
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
      (consequences(), context.effect { try save($0, edit) })
    } then: { points, effect in
      switch (points, effect) {
      case (.failure(let problem), _): .batch(.toast(problem), .send(ended(.notSaved)))
      case (.success(let points), .success(let effect)) where !(effect.isEmpty && points.isEmpty):
        .ask(dialog(points, effect, context.clock.words)) {
          $0 == .confirm ? carryOut(context, ended) : .send(ended(.notSaved))
        }
      // An error of the rehearsal is shown when the change is carried out, which fails in the same way.
      // Mostly it is a conflict.
      case (.success, _): carryOut(context, ended)
      }
    }
  }

  private func dialog(
    _ points: [String], _ effect: AccessEffect, _ times: TimeWords
  ) -> EffectDialog {
    EffectDialog(
      title: "Save \(title)",
      text: points.isEmpty ? "This is what it does:" : "This takes along what depends on it:",
      points: points, action: "Save", effect: effect, times: times)
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
