import Access
import Administration
import ArgumentParser

struct TokenWhois: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whois", abstract: "Tell who owns a Token ID.",
    discussion: """
      Standard input gives the Token ID, or an address that carries one.

      Examples:
        popsec token whois
        popsec token whois --json < token.txt
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    // The store is opened first, so that nobody pastes a secret for nothing.
    try global.run { session in
      let pasted = try StandardInput.secret("Token ID, or an address with it (not shown): ")
      let owner = try session.administration.whois(pasted: pasted)
      let record = try session.record(owner.token, of: owner.account)
      if session.isForPrograms { return try session.output.value(record) }
      try session.output.fields([
        (owner.account.kind.title, owner.account.name.text), ("Token", owner.token.name.text),
        ("ID", owner.token.id.description), ("Token ID", owner.token.hint.masked),
        ("State", record.stateWords),
        ("User's state", stateText(isEnabled: owner.account.isEnabled)),
        ("Expires", owner.token.expiry.text),
      ])
    }
  }
}
