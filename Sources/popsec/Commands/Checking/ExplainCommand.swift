import Access
import Administration
import ArgumentParser

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Tell step by step why a request is allowed or denied.",
    discussion: "Takes what check takes, and exits as check does.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var request: RequestOptions

  func validate() throws { try request.requireOne() }

  func run() throws {
    var isAllowed = true
    try global.run { session in
      let verdict = try session.administration.check(try request.request(session))
      isAllowed = verdict.decision.isAllowed
      if session.wantsJSON { return try session.output.json(ExplanationRecord(verdict)) }
      let explanation = Explanation(verdict)
      for line in explanation.lines(.standard()) { try session.output.line(session.output.shown(line)) }
    }
    if !isAllowed { throw ExitCode(ExitStatus.denied.rawValue) }
  }
}

extension Explanation {
  /// The trace as a small tree.
  fileprivate func lines(_ signs: TreeSigns) -> [String] {
    var lines = [isAllowed ? "allowed" : "denied at the step \(deniedStep?.rawValue ?? "")"]
    let width = DecisionStep.allCases.map(\.rawValue.count).max() ?? 0
    for (index, step) in steps.enumerated() {
      let isLast = index == steps.count - 1
      let label = step.step.rawValue + String(repeating: " ", count: width - step.step.rawValue.count)
      lines.append("\(isLast ? signs.lastBranch : signs.branch) \(signs[step.mark]) \(label)  \(step.text)")
      for (number, child) in step.children.enumerated() {
        let branch = number == step.children.count - 1 ? signs.lastBranch : signs.branch
        lines.append("\(isLast ? signs.space : signs.line)  \(branch) \(signs[child.mark]) \(child.text)")
      }
    }
    return lines + fixes.map { "to allow it: \($0)" }
  }
}

extension TreeSigns {
  fileprivate subscript(mark: ExplanationMark) -> String {
    switch mark {
    case .held: held
    case .failed: failed
    case .skipped, .notEvaluated: open
    }
  }
}
