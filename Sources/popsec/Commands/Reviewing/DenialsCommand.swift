import Access
import Administration
import ArgumentParser
import Store

struct DenialsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "denials", abstract: "What the gate denied, the latest first.",
    discussion: """
      popsec explain --decision ID tells why.

      Examples:
        popsec denials
        popsec denials --limit 10 --json
      """)

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
      guard !rows.isEmpty || session.isForPrograms else {
        return try session.output.line("the gate denied nothing, as far as it is kept")
      }
      try session.list(rows.map(DenialRecord.init))
      if session.isForPrograms { return }
      let notKept = rows.reduce(0) { $0 + ($1.notKept ?? 0) }
      if notKept > 0 {
        try session.output.line("beside these \(notKept) more were denied that the gate had no room to keep")
      }
    }
  }
}

/// A denial of the gate.
struct DenialRecord: Record {
  let denial: Denial

  static let columns: [Column<Self>] = [
    Column("id", "Decision") { $0.denial.id },
    Column("at", "Time (UTC)", { $0.denial.at }) { Timestamp($0.denial.at)?.minute ?? $0.denial.at },
    .data("status") { $0.denial.status },
    .shown("Step") { $0.denial.explanation.deniedStep?.rawValue ?? "" },
    // Null where the token is unknown.
    Column("token", "Token") { $0.denial.token },
    .data("tokenID") { $0.denial.tokenID },
    .data("accountID") { $0.denial.accountID },
    .data("request") { DeniedRequestRecord(request: $0.denial.request) },
    .data("explanation") { StepsRecord(explanation: $0.denial.explanation) },
    // The number of other denials at about that time that were not kept; left out where there are none.
    .dataIfAny("notKept") { $0.denial.notKept },
    .shown("Asked for") { $0.denial.request.place ?? $0.denial.request.path ?? "–" },
    .shown("From") { $0.denial.request.source ?? "–" },
  ]
}
