import Access
import Administration
import ArgumentParser
import Store

struct DenialsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "denials", abstract: "What the gate denied, the latest first.",
    discussion: "popsec explain --decision ID tells why.")

  @OptionGroup var global: GlobalOptions

  @Option(help: "How many.")
  var limit = 50

  func validate() throws {
    guard (1...maximumPageRows).contains(limit) else {
      throw ValidationError("--limit takes 1 to \(maximumPageRows)")
    }
  }

  func run() throws {
    try global.run { session in
      let rows = try session.administration.denials(.first, limit: limit).rows.map(\.denial)
      if session.wantsJSON {
        return try session.output.jsonArray { emit in for denial in rows { try emit(denial) } }
      }
      guard !rows.isEmpty else {
        return try session.output.line("the gate denied nothing, as far as it is kept")
      }
      var table = TextTable(session.output, "Decision", "Time (UTC)", "Step", "Token", "Asked for", "From")
      try table.add(
        rows.map { denial in
          [
            denial.id, Timestamp(denial.at)?.minute ?? denial.at,
            denial.explanation.deniedStep?.rawValue ?? "",
            denial.token ?? "–", denial.request.place ?? denial.request.path ?? "–",
            denial.request.source ?? "–",
          ]
        })
      let notKept = rows.reduce(0) { $0 + ($1.notKept ?? 0) }
      if notKept > 0 {
        try session.output.line("beside these \(notKept) more were denied that the gate had no room to keep")
      }
    }
  }
}
