import Access
import Administration
import ArgumentParser

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Tokens that somebody should look at.",
    discussion: """
      Live tokens that end within 30, 7 or 1 days, that were not used for 90 days, or that can reach \
      nothing. Exit status 1 where there is one.
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    var count = 0
    try global.run { session in
      try session.administration.takeOverUses()
      session.sayWhereUsesAreUnknown()
      if session.wantsJSON {
        try session.output.jsonArray { emit in
          try session.administration.review { page in
            count += page.count
            for row in page { try emit(ReviewRecord(row)) }
          }
        }
      } else {
        var table = TextTable(session.output, "User", "Token", "Token ID", "Last used (UTC)", "What")
        try session.administration.review { page in
          guard !page.isEmpty else { return }
          count += page.count
          try table.add(page.map(Self.cells))
        }
        if count == 0 { try session.output.line("nothing to look at") }
      }
    }
    if count > 0 { throw ExitCode(ExitStatus.denied.rawValue) }
  }

  private static func cells(_ row: ReviewedToken) -> [String] {
    [
      row.account.name.text, row.token.name.text, row.token.hint.masked,
      row.isUseKnown ? row.lastUsedAt?.minute ?? "–" : "unknown",
      row.findings.map(\.text).joined(separator: ", "),
    ]
  }
}

private struct ReviewRecord: Encodable {
  struct Finding: Encodable {
    let kind: String
    let text: String
  }

  let id: String
  let token: String
  let account: String
  let accountKind: String
  let maskedTokenID: String
  let lastUsed: Nullable<String>
  let expires: String
  let findings: [Finding]

  init(_ row: ReviewedToken) {
    id = row.token.id.description
    token = row.token.name.text
    account = row.account.name.text
    accountKind = row.account.kind.rawValue
    maskedTokenID = row.token.hint.masked
    lastUsed = Nullable(row.isUseKnown ? row.lastUsedAt?.description : nil)
    expires = row.token.expiry.text
    findings = row.findings.map { Finding(kind: $0.kind, text: $0.text) }
  }
}
