import Access
import Administration
import ArgumentParser

struct TokenReveal: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reveal", abstract: "Print a token's Token ID, alone on a line.",
    discussion: """
      It is a secret. That it was revealed, and to whom, is recorded. In recording-safe mode it is not printed \
      to a terminal, only to a file or program, as over ssh without -t.

      Examples:
        popsec token reveal 'Portal Mexico' portal
        popsec token reveal --id 1qjob8hhi3e5e
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: TokenAddress

  func run() throws {
    try global.run { session in
      let tokenID = try session.administration.change { change in
        let (_, token) = try address.find(change.finder)
        return try change.reveal(
          token.id, for: .reveal, onto: session.output.isTerminal ? .terminal : .output)
      }
      guard session.isForPrograms else { return try session.output.line(tokenID.revealed) }
      try session.output.value(TokenIDRecord(tokenID: tokenID.revealed))
    }
  }
}

/// A Token ID that somebody asked for.
struct TokenIDRecord: PrintedObject {
  let tokenID: String

  static let columns: [Column<Self>] = [.data("tokenID") { $0.tokenID }]
}
