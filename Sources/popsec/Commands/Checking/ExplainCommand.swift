import Access
import Administration
import ArgumentParser

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Tell step by step why a request is allowed or denied.",
    discussion: """
      Takes what check takes, and exits as check does; or the id of a decision, which the gate answers in \
      X-Popsec-Decision, and tells why that was denied then. Below each smallest change that would allow the \
      request stand the commands that make it; INSTANT stands for a time that you choose.

      Examples:
        popsec explain --api-user Portal --widget Sales --company MX
        popsec explain --team MX --api --connector CRM --list Leads --at +14d
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var request: RequestOptions

  @Option(help: ArgumentHelp("A denial of the gate.", valueName: "id"))
  var decision: String?

  func validate() throws { if decision == nil { try request.requireOne() } }

  func run() throws {
    if let decision { return try explainDenial(decision) }
    var isAllowed = true
    try global.run { session in
      let verdict = try session.administration.check(try request.request(session))
      isAllowed = verdict.decision.isAllowed
      try session.recording {
        try $0.recordExplanation(of: verdict)
      } show: {
        if session.isForPrograms { return try session.output.value(ExplanationRecord(verdict)) }
        let explanation = Explanation(verdict, withFixes: false)
        let fixes = verdict.fixesByCommand().flatMap { fix in
          ["to allow it: \(fix.text)"] + fix.commandLines.map { "  \($0)" }
        }
        for line in explanation.lines(.standard()) + fixes + verdict.untilLines {
          try session.output.line(session.output.shown(line))
        }
      }
    }
    if !isAllowed { throw ExitCode(ExitStatus.denied.rawValue) }
  }
}

extension ExplainCommand {
  private func explainDenial(_ text: String) throws {
    try global.run { session in
      let denial = try session.denial(text)
      if session.isForPrograms { return try session.output.value(DenialRecord(denial: denial)) }
      try session.output.fields(
        denial.facts.map { ($0.title, session.output.shown($0.text)) })
      for line in denial.explanation.lines(.standard()) {
        try session.output.line(session.output.shown(line))
      }
    }
    throw ExitCode(ExitStatus.denied.rawValue)
  }
}

extension Explanation {
  /// The trace as a small tree.
  func lines(_ signs: TreeSigns) -> [String] {
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
