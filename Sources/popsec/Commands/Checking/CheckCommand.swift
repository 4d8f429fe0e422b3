import Access
import Administration
import ArgumentParser
import Interchange

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Decide whether a request is allowed.",
    discussion: """
      Who asks is an API user, a user or a team by name, or whoever has the Token ID that is read \
      from standard input. Exits with 0 where it is allowed, with 1 where it is denied. A check never \
      counts as use of a token. With --batch it reads one JSON object a line and writes one a line, in \
      order, and exits with 0 at the end of its input.

      Examples:
        popsec check --api-user 'Portal Mexico' --widget 'Sales MX' --company MX
        popsec check --api-user 'Portal Mexico' --endpoint sales-orders --at +14d --source 10.1.2.3
        popsec check --batch requests.jsonl
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var request: RequestOptions

  @Option(
    help: ArgumentHelp("Decide each line of a file; - for standard input.", valueName: "file"),
    completion: .file())
  var batch: String?

  func validate() throws {
    guard batch != nil else { return try request.requireOne() }
    guard request.isEmpty else {
      throw ValidationError("--batch takes its requests from the file alone")
    }
  }

  func run() throws {
    var isAllowed = true
    try global.run { session in
      if let batch { return try BatchCheck(session).run(InputFile(path: batch)) }
      let verdict = try session.administration.check(try request.request(session))
      isAllowed = verdict.decision.isAllowed
      try session.recording {
        try $0.recordExplanation(of: verdict)
      } show: {
        try session.tell(verdict)
      }
    }
    if !isAllowed { throw ExitCode(ExitStatus.denied.rawValue) }
  }
}

extension Verdict {
  /// As in `until 2026-11-27 18:00 UTC`; nothing where the answer stays what it is.
  var untilLines: [String] { until.map { ["until \($0.minute) UTC"] } ?? [] }
}

extension Session {
  private func lines(_ verdict: Verdict) -> [String] {
    let names = verdict.names
    let until = verdict.untilLines.map { "  " + $0 }
    guard verdict.decision.isAllowed else {
      let fixes = verdict.fixes().map { "  to allow it: \($0)" }
      return ["denied at the step \(verdict.decision.deniedStep?.rawValue ?? ""): \(verdict.reason)"] + until
        + fixes
    }
    let pairs = verdict.decision.pairs
    var lines = ["allowed: \(verdict.reason)"]
    let companies = pairs.reduce(into: [CompanyID?]()) { if $0.last != $1.company { $0.append($1.company) } }
    for company in companies {
      let lists = pairs.filter { $0.company == company }.map { names.lists[$0.list]?.text ?? "" }
      let place = company.map { (names.companies[$0]?.text ?? "") + ": " } ?? ""
      lines.append("  \(place)\(lists.joined(separator: ", "))")
    }
    return lines + until
  }

  /// Prints a decision. As JSON it has the form of a line of the batch check.
  fileprivate func tell(_ verdict: Verdict) throws {
    if isForPrograms {
      var line = VerdictLine()
      line.write(verdict)
      return try output.value(json: line.bytes)
    }
    for line in lines(verdict) { try output.line(output.shown(line)) }
  }
}
