import Access
import Administration
import ArgumentParser
import Store

struct DeletedList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List deleted things, the latest first.",
    discussion: """
      Things deleted with their connector or list come back with it, and aren't listed.

      Examples:
        popsec deleted list
        popsec deleted list portal --kind api-user
      """)

  @OptionGroup var global: GlobalOptions

  @Option(help: "Only things of this kind, such as api-user, team or list; may be repeated.")
  var kind: [DeletedKind] = []

  @Argument(help: matchingHelp)
  var filter: String?

  func run() throws {
    let kinds = kind.isEmpty ? DeletedKind.allCases : kind
    let query = DeletedQuery(kinds: Set(kinds), matching: filter.flatMap(SearchText.init))
    try global.run { session in
      try session.list { page in
        var paging = Paging(by: \DeletedItem.row.cursor)
        while let items = try paging.next({
          try session.administration.deleted(query, $0, limit: maximumPageRows)
        }) { try page(items.map(DeletedRecord.init)) }
      }
    }
  }
}
