import Access
import Administration
import Terminal

/// A copy that was tried under a name, but not made yet.
private struct TriedCopy: Sendable {
  let name: Name
  let effect: AccessEffect
}

extension ConsoleContext {
  /// Asks for the name of a copy, shows who may see what by the copy, and makes the copy.
  ///
  /// - Parameters:
  ///   - kind: what is copied, as in `team`.
  ///   - point: what the copy does not have.
  ///   - made: what follows when the copy is there.
  func duplicate<Message, Copy: Sendable>(
    _ original: Name, _ kind: String, _ point: String,
    _ change: @escaping @Sendable (Change, Name) throws -> Copy,
    made: @escaping @Sendable (Copy) -> Effect<Message>
  ) -> Effect<Message> {
    .ask(
      NameDialog<TriedCopy>(
        title: "Duplicate \(kind)", value: original.text + NameSuffix.usual, action: "Go on"
      ) { name in
        effect { _ = try $0.change { try change($0, name) } }.map { TriedCopy(name: name, effect: $0) }
      }
    ) { tried in
      EffectDialog(
        title: "Duplicate \(kind)",
        text: "Add the \(kind) \(quotedName(tried.name)) with the rights of \(quotedName(original))?",
        points: [point], action: "Duplicate", effect: tried.effect, times: clock.words, isDestructive: false
      ).confirmed(
        .run("duplicating") {
          self.change { try change($0, tried.name) }
        } then: { result in
          switch result {
          case .success(let copy):
            .batch(.toast(undoable("\(quotedName(tried.name)) added"), .good), made(copy))
          case .failure(let problem): .toast(problem)
          }
        })
    }
  }
}
