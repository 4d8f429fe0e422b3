import Access
import Administration
import ArgumentParser
import Store

struct TokenDescribe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Say who answers for a token, what it is for, and its labels.",
    discussion: """
      Nothing of this has a part in what it opens.

      Examples:
        popsec token describe 'Portal Mexico' portal --note 'embedded in the shop'
        popsec token describe 'Portal Mexico' portal --owner web@example.com --no-note
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var address: TokenAddress
  @OptionGroup var options: DescribeOptions
  @OptionGroup var change: ChangeOptions

  func run() throws {
    try global.run { session in
      try session.changeToken("described", change, find: address.find) { change, id in
        guard let token = try change.reader.token(id) else { return }
        try change.setParticulars(try options.apply(to: token.particulars, change.finder), of: id)
      }
    }
  }
}
