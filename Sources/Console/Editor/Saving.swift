import Access
import Administration

/// Saves the pending edits of pages in one transaction, or proposes them. The effect is shown and confirmed first.
/// Where somebody changed the same thing meanwhile, the person sees both versions and merges them.
struct Saving<Message: Sendable>: Sendable {
  /// The pages' edits, in the order in which they are carried out.
  let parts: [PageSaving<Message>]

  /// The way in which the saving ended.
  enum Ending: Sendable {
    /// The person went back, or was told why saving is not possible.
    case notSaved
    case saved, proposed
    /// Both versions were merged on the page that gets this message, and can be saved.
    case merged(Message)
  }

  /// What becomes of the changes. The words are those of the button.
  private enum Way: String {
    case save = "Save"
    case propose = "Propose"

    var lead: String { self == .save ? "This is what it does:" : "This is what it would do:" }
  }

  private var title: String { parts.count == 1 ? parts[0].title : "\(parts.count) pages" }

  func effect(
    _ context: ConsoleContext, ended: @escaping @Sendable (Ending) -> Message
  ) -> Effect<Message> {
    .run("looking what it does") {
      (consequences(), context.trial { try carryOut(with: $0) })
    } then: { points, trial in
      switch (points, trial) {
      case (.failure(let problem), _): .batch(.toast(problem), .send(ended(.notSaved)))
      // What is refused anyway needs no question where there is another way to ask about.
      case (.success, .toSave(let effect)) where effect.isRefused && parts.contains { $0.otherWay != nil }:
        save(context, ended)
      case (.success(let points), .toSave(let effect)):
        confirm(.save, points, effect, context, ended) { save(context, ended) }
      case (.success(let points), .toPropose(let effect)):
        confirm(.propose, points, effect, context, ended) { askReason(context, ended) }
      // An error of the rehearsal is shown when the change is carried out, which fails in the same way.
      // Mostly it is a conflict.
      case (.success, .failed): save(context, ended)
      }
    }
  }

  private func consequences() -> Result<[String], Problem> {
    Problem.catching { try parts.flatMap { try $0.consequences().get() } }
  }

  /// Carries out all edits in one transaction.
  ///
  /// - Parameter failing: receives the page whose edits can't be carried out.
  private func carryOut(
    with administration: Administration, failing: (PageSaving<Message>) -> Void = { _ in }
  ) throws {
    try administration.change { change in
      for part in parts {
        do { try part.carryOut(change) } catch {
          failing(part)
          throw error
        }
      }
    }
  }

  /// Shows what the change does, and asks. A change without consequences is not asked about.
  private func confirm(
    _ way: Way, _ points: [String], _ effect: AccessEffect, _ context: ConsoleContext,
    _ ended: @escaping @Sendable (Ending) -> Message, then next: @escaping @Sendable () -> Effect<Message>
  ) -> Effect<Message> {
    if effect.isEmpty && points.isEmpty { return next() }
    let dialog = EffectDialog(
      title: "\(way.rawValue) \(title)",
      text: points.isEmpty ? way.lead : "This takes along what depends on it:",
      points: points, action: way.rawValue, effect: effect, times: context.clock.words)
    return .ask(dialog) { $0 == .confirm ? next() : .send(ended(.notSaved)) }
  }

  /// Asks for the reason, and proposes the change.
  private func askReason(
    _ context: ConsoleContext, _ ended: @escaping @Sendable (Ending) -> Message
  ) -> Effect<Message> {
    let dialog = ProposeDialog("change \(title)", until: nil) { reason, _ in
      Problem.catching {
        try context.administration.propose(because: reason) { try carryOut(with: $0) }
      }
    }
    return .ask(dialog) { ending in
      guard case .proposed = ending else { return .send(ended(.notSaved)) }
      return .batch([.toast(ending)] + parts.map { .send($0.proposed) } + [.send(ended(.proposed))])
    }
  }

  /// Offers another way than the one that was refused.
  private func offer(
    _ way: OtherWay<Message>, _ ended: @escaping @Sendable (Ending) -> Message
  ) -> Effect<Message> {
    let dialog = ConfirmDialog.harmless(title: way.question, text: way.text, action: way.action)
    return .ask(dialog) { .send(ended($0 == .confirm ? .merged(way.taken) : .notSaved)) }
  }

  private func save(
    _ context: ConsoleContext, _ ended: @escaping @Sendable (Ending) -> Message
  ) -> Effect<Message> {
    .run("saving \(title)") { () -> Effect<Message> in
      var failing: PageSaving<Message>?
      do { try carryOut(with: context.administration) { failing = $0 } } catch {
        if let way = parts.lazy.compactMap({ $0.otherWay?(error) }).first { return offer(way, ended) }
        guard let part = failing, let conflict = part.conflict(error) else {
          return .batch(.toast(Problem(error)), .send(ended(.notSaved)))
        }
        return .batch(
          .send(ended(.notSaved)),
          .ask(ConflictDialog(part.title, conflict.rows)) {
            .send(ended(.merged(conflict.merge($0))))
          })
      }
      return .batch(
        [.toast("\(title) saved", .good)] + parts.map { .send($0.saved) } + [.send(ended(.saved))])
    } then: {
      $0
    }
  }
}
