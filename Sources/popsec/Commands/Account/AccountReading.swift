import Access
import Administration
import ArgumentParser
import Store

struct AccountList<Of: AccountChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list", abstract: "List \(Of.kind.plural).",
      discussion: """
        Examples:
          popsec \(Of.kind.command) list
          popsec \(Of.kind.command) list --matching portal --sort lastUse --reverse
        """)
  }

  @OptionGroup var global: GlobalOptions

  @Option(help: matchingHelp)
  var matching: String?

  @Option(help: "The order: name, expiry, lastUse or state.")
  var sort: AccountOrder = .name

  @Flag(help: "The other way round.")
  var reverse = false

  @OptionGroup var filter: Of.Filter

  func run() throws {
    try global.run { session in
      var written = WrittenConditions(of: ListedKind(Of.kind))
      written.add(name: matching.flatMap(SearchText.init))
      try written.add(try filter.written())
      // The gates' records are read for API users only, because applications use the tokens of API users.
      let usesKnown =
        Of.kind == .user
        ? true
        : sort == .lastUse || written.asksForUses
          ? try session.takeOverUses() : session.sayWhereUsesAreUnknown()
      try session.list { page in
        try session.accounts(
          Of.kind, written, order: sort, isDescending: reverse, usesKnown: usesKnown, page)
      }
    }
  }
}

extension AccountOrder: ExpressibleByArgument {}

struct AccountShow<Of: AccountChoice>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show", abstract: "Show \(Of.kind.withArticle), its permissions and its tokens.",
      discussion: """
        Examples:
          popsec \(Of.kind.command) show 'Sales MX'
          popsec \(Of.kind.command) show 'Sales MX' --json
        """)
  }

  @OptionGroup var global: GlobalOptions

  @Argument(help: Of.kind.nameHelp, completion: Of.kind.completion)
  var name: String

  func run() throws {
    try global.run { session in
      let record = try session.find { finder in
        let account = try finder.account(Of.kind, name)
        let tokens = try finder.reader.tokens(of: account.id)
        let usage = try session.administration.usage(of: tokens, finder.reader)
        return try AccountRecord(account, finder.reader, usage: usage, now: finder.now)
      }
      if record.tokens.contains(where: { !$0.usesKnown }) { session.sayWhereUsesAreUnknown() }
      try session.show(record) { record in
        try session.showGrants(record.grants)
        guard !record.tokens.isEmpty else { return }
        try session.output.line()
        try session.output.tokens(record.tokens)
      }
    }
  }
}

extension Session {
  /// Reads users or API users page by page, so that there may be more than fit into memory.
  func accounts(
    _ kind: AccountKind, _ written: WrittenConditions, order: AccountOrder, isDescending: Bool,
    usesKnown: Bool, _ page: ([AccountListRecord]) throws -> Void
  ) throws {
    let query = try find {
      try $0.conditions.query(written, kind, order: order, isDescending: isDescending)
    }
    let now = administration.now
    try pages(cursor: \.cursor, { try $0.accounts(query, $1, limit: maximumPageRows, now: now) }) { rows in
      let owners = rows.compactMap(\.account.particulars.owner)
      let (rows, names) = try read { reader in
        let isUsing = kind == .apiUser
        return (
          isUsing ? try administration.withUses(rows, reader) : rows, try NameBook(owners: owners, in: reader)
        )
      }
      try page(rows.map { AccountListRecord(row: $0, usesKnown: usesKnown, names: names) })
    }
  }
}
