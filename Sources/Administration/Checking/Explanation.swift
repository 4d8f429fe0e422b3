package import Access

/// The result of a step or a grant, as a person sees it.
package enum ExplanationMark: String, Hashable, Sendable, CaseIterable, Codable {
  case held, failed, skipped, notEvaluated
}

/// One line of an explanation.
package struct ExplanationLine: Hashable, Sendable, Codable {
  package let mark: ExplanationMark
  package let text: String

  package init(_ mark: ExplanationMark, _ text: String) {
    self.mark = mark
    self.text = text
  }
}

/// One of the six steps in words.
package struct ExplanationStep: Hashable, Sendable, Codable {
  package let step: DecisionStep
  package let line: ExplanationLine
  /// In step 4, the roles that would open the surface and are not in force; in step 6, the grants that were considered.
  package let children: [ExplanationLine]

  package var mark: ExplanationMark { line.mark }
  package var text: String { line.text }
}

/// A decision in words, which are the same for the console, the command line and the HTTP endpoint. They hold
/// no secret.
package struct Explanation: Hashable, Sendable, Codable {
  package let isAllowed: Bool
  package let deniedStep: DecisionStep?
  package let steps: [ExplanationStep]
  /// The deciding step in one line.
  package let reason: String
  /// The subject whose grant allows the request, as in `team:Sales MX`; nil where the request is denied.
  package let by: String?
  /// The smallest changes that would allow the request, in words; several where they are equally small. Empty
  /// where the request is allowed, or where no change would allow it.
  package let fixes: [String]

  /// Explains a verdict. The smallest changes are optional, because finding them takes longer than everything
  /// else.
  package init(_ verdict: Verdict, withFixes: Bool = true, _ times: TimeWords = .utc) {
    let words = StepWords(verdict, times)
    isAllowed = verdict.decision.isAllowed
    deniedStep = verdict.decision.deniedStep
    steps = DecisionStep.allCases.map { step in
      let line = words.line(step)
      // With only one grant or role, the step's own line already describes it.
      let children = words.children(step).filter { $0.text != line.text }
      return ExplanationStep(step: step, line: line, children: children)
    }
    reason = verdict.reason(times)
    by = verdict.giver
    fixes = withFixes ? verdict.fixes() : []
  }
}

/// A smallest change that would allow a request.
package struct Fix: Hashable, Sendable {
  package let text: String
  /// The words of the commands that make the change, in their order; empty where commands can't make all of
  /// the change.
  package let commands: [[String]]

  /// The commands as lines for a shell.
  package var commandLines: [String] { commands.map(ShellWords.joined) }
}

extension Verdict {
  /// The deciding step in one line.
  package var reason: String { reason(.utc) }

  /// The deciding step in one line.
  ///
  /// - Parameter times: the way in which instants are written.
  package func reason(_ times: TimeWords) -> String {
    StepWords(self, times).line(decision.deniedStep ?? .grant).text
  }

  /// The roles of the subject and of its teams that would open the surface and are not in force, in words.
  package var lapsedRoles: [(role: HeldRole, lapse: Lapse, text: String)] { StepWords(self).lapsedRoles }

  /// Each grant that was considered, in words.
  package var trials: [(GrantTrial, String)] {
    Array(zip(decision.trials, StepWords(self).trials.map(\.text)))
  }

  /// The smallest changes that would allow the request, in words; several where they are equally small. They
  /// are computed at each call. Empty where the request is allowed, or where no change would allow it.
  package func fixes(limit: Int = 4) -> [String] {
    let smallest = smallestChanges(for: question, denied: decision, limit: limit)
    let words = AdditionWords(names: names)
    return smallest.changes.map(words.text) + (smallest.isCut ? [Self.others] : [])
  }

  private static var others: String { "… or others of the same size" }

  /// The first of the smallest changes that would allow the request, in words; nil where there is none. It takes less time
  /// than all of them.
  package var fix: String? {
    smallestChange(for: question, denied: decision).map(AdditionWords(names: names).text)
  }

  /// The smallest changes that would allow the request, in words and as the commands that make them.
  package func fixesByCommand(limit: Int = 4) -> [Fix] {
    let smallest = smallestChanges(for: question, denied: decision, limit: limit)
    let (words, commands) = (AdditionWords(names: names), AdditionCommands(self))
    let fixes = smallest.changes.map { Fix(text: words.text($0), commands: commands.commands(for: $0)) }
    return smallest.isCut ? fixes + [Fix(text: Self.others, commands: [])] : fixes
  }

  /// The subject whose grant allows the request, as the batch check names it; the first of several.
  package var giver: String? {
    guard decision.isAllowed, case .held(let basis) = decision.grant else { return nil }
    switch basis {
    case .administrator: return "role:\(BuiltInRole.administrator.rawValue)"
    case .grants(let ids):
      guard let first = decision.trials.first(where: { $0.grant == ids.first }) else { return nil }
      return names.reference(first.subject)
    }
  }
}
