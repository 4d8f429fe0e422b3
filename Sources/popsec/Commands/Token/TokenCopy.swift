import Access
import Administration
import ArgumentParser

struct TokenCopy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy", abstract: "Send a token's Token ID to your terminal's clipboard.",
    discussion: """
      It stays there: clear it yourself. That it was copied, and by whom, is recorded. \
      Try popsec clipboard test where nothing arrives.

      Examples:
        popsec token copy 'Portal Mexico' portal
        popsec token copy --id 1qjob8hhi3e5e
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: TokenAddress

  func run() throws {
    try global.run { session in
      // The clipboard is opened before the Token ID is revealed and its copying is recorded.
      let clipboard = try TerminalClipboard.open()
      let (account, token, tokenID) = try session.administration.change { change in
        let (account, token) = try address.find(change.finder)
        return (account, token, try change.reveal(token.id, for: .copy))
      }
      try clipboard.send(tokenID.revealed)
      try session.tell(
        TokenCopiedRecord(),
        "sent the Token ID of \(quoted(token.name.text)) of \(quoted(account.name.text)) to your terminal's clipboard; "
          + "it is not cleared")
      if !session.isForPrograms { for note in clipboard.notes { try session.output.line(note) } }
    }
  }
}

/// Tells that a Token ID was sent to the clipboard, and not what arrived there.
struct TokenCopiedRecord: PrintedObject {
  static let columns: [Column<Self>] = [.data("sent") { _ in true }]
}
