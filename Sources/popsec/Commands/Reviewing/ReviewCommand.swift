import Access
import Administration
import ArgumentParser

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Tokens and broken laws that somebody should look at.",
    discussion: """
      Live tokens that end within 30, 7 or 1 days, that were not used for 90 days, that can reach nothing, \
      or for which nobody answers: neither the token nor its API user has an owner, or the owner is a user who \
      is disabled or deleted. Then each broken law with one counterexample. Exit status 1 where there is one.

      Examples:
        popsec review
        popsec review --json
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    var count = 0
    try global.run { session in
      try session.takeOverUses()
      try session.list { list in
        try session.administration.review { page in
          // Without findings no table is printed.
          guard !page.isEmpty else { return }
          count += page.count
          try list(page.map { ReviewRecord(subject: .token($0)) })
        }
        let broken = try session.survey(.firsts).entries.compactMap(\.first.first)
        count += broken.count
        if !broken.isEmpty { try list(broken.map { ReviewRecord(subject: .law($0)) }) }
      }
      if count == 0, !session.isForPrograms { try session.output.line("nothing to look at") }
    }
    if count > 0 { throw ExitCode(ExitStatus.denied.rawValue) }
  }
}

/// A token or a broken law at which somebody should look.
struct ReviewRecord: Record {
  enum Subject {
    case token(ReviewedToken)
    /// A law with the first breach of it.
    case law(ToldBreach)
  }

  let subject: Subject

  struct Finding: PrintedObject {
    let kind: String
    let text: String

    static let columns: [Column<Self>] = [
      .data("kind") { $0.kind },
      .data("text") { $0.text },
    ]
  }

  private var row: ReviewedToken? { if case .token(let row) = subject { row } else { nil } }
  private var breach: ToldBreach? { if case .law(let breach) = subject { breach } else { nil } }
  private var lastUsed: Timestamp? { row.flatMap { $0.isUseKnown ? $0.lastUsedAt : nil } }

  private var findings: [Finding] {
    switch subject {
    case .token(let row): row.findings.map { Finding(kind: $0.kind, text: $0.text) }
    case .law(let breach): [Finding(kind: "brokenLaw", text: breach.consequence.counterexample)]
    }
  }

  /// The findings for people. That of a law names the law.
  private var what: String {
    let texts = findings.map(\.text).joined(separator: ", ")
    return breach.map { "breaks the law \($0.law.quotedMarked): \(texts)" } ?? texts
  }

  // A broken law has neither a user nor a token.
  static let columns: [Column<Self>] = [
    .data("id") { $0.row?.token.id.description },
    Column("account", "User") { $0.row?.account.name.text },
    .data("accountKind") { $0.row.map { Word($0.account.kind) } },
    Column("token", "Token") { $0.row?.token.name.text },
    Column("maskedTokenID", "Token ID") { $0.row?.token.hint.masked },
    Column("lastUsed", "Last used (UTC)", { $0.lastUsed?.printed }) {
      $0.row?.isUseKnown == false ? "unknown" : $0.lastUsed?.minute ?? "–"
    },
    .data("expires") { $0.row?.token.expiry.printed },
    .dataIfAny("law") { $0.breach?.law.name.text },
    Column("findings", "What", { $0.findings }) { $0.what },
  ]
}
