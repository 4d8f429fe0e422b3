import Access
import Administration
import ArgumentParser

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Tokens that somebody should look at.",
    discussion: """
      Live tokens that end within 30, 7 or 1 days, that were not used for 90 days, that can reach nothing, \
      or for which nobody answers: neither the token nor its API user has an owner, or the owner is a user who \
      is disabled or deleted. Exit status 1 where there is one.

      Examples:
        popsec review
        popsec review --json
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    var count = 0
    try global.run { session in
      try session.administration.takeOverUses()
      session.sayWhereUsesAreUnknown()
      try session.list { list in
        try session.administration.review { page in
          // Without findings no table is printed.
          guard !page.isEmpty else { return }
          count += page.count
          try list(page.map(ReviewRecord.init))
        }
      }
      if count == 0, !session.isForPrograms { try session.output.line("nothing to look at") }
    }
    if count > 0 { throw ExitCode(ExitStatus.denied.rawValue) }
  }
}

struct ReviewRecord: Record {
  let row: ReviewedToken

  struct Finding: PrintedObject {
    let kind: String
    let text: String

    static let columns: [Column<Self>] = [
      .data("kind") { $0.kind },
      .data("text") { $0.text },
    ]
  }

  private var lastUsed: Timestamp? { row.isUseKnown ? row.lastUsedAt : nil }

  static let columns: [Column<Self>] = [
    .data("id") { $0.row.token.id.description },
    Column("account", "User") { $0.row.account.name.text },
    .data("accountKind") { Word($0.row.account.kind) },
    Column("token", "Token") { $0.row.token.name.text },
    Column("maskedTokenID", "Token ID") { $0.row.token.hint.masked },
    Column("lastUsed", "Last used (UTC)", { $0.lastUsed?.printed }) {
      $0.row.isUseKnown ? $0.lastUsed?.minute ?? "–" : "unknown"
    },
    .data("expires") { $0.row.token.expiry.printed },
    Column("findings", "What", { $0.row.findings.map { Finding(kind: $0.kind, text: $0.text) } }) {
      $0.row.findings.map(\.text).joined(separator: ", ")
    },
  ]
}
