import Access
import Administration
import ArgumentParser
import Store

struct FindCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "Find things of any kind by parts of their names.",
    discussion: """
      API users, users, teams, roles, tokens, connectors, lists, widgets, endpoints and laws whose name has each \
      word of the text; case and accents are ignored. Whole names come first, then names that begin with the text. What \
      you may not see is not found.

      Examples:
        popsec find sales mx
        popsec find portal --limit 5 -o json
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("Parts of the name.", valueName: "text"))
  var words: [String]

  @Option(help: "How many at most.")
  var limit = 50

  func validate() throws {
    guard (1...maximumPageRows).contains(limit) else {
      throw ValidationError("--limit takes 1 to \(maximumPageRows)")
    }
    guard FindText(words.joined(separator: " ")) != nil else {
      throw ValidationError(
        "the text has 1 to \(FindText.maximumWords) words, and at most \(FindText.maximumLength) characters")
    }
  }

  func run() throws {
    guard let text = FindText(words.joined(separator: " ")) else { return }
    try global.run { session in
      let found = try session.administration.find(text, limit: limit)
      guard !found.isEmpty || session.isForPrograms else {
        return try session.output.line("nothing you may see has that in its name")
      }
      try session.list(found.map(FoundRecord.init))
    }
  }
}

/// A thing that was found by its name.
struct FoundRecord: Record {
  let thing: FoundThing

  static let columns: [Column<Self>] = [
    // `apiUser`, `user`, `team`, `role`, `token`, `connector`, `list`, `widget`, `endpoint` or `law`.
    Column("kind", "Kind", { Word($0.thing.kind) }) { $0.thing.kind.title },
    Column("name", "Name") { $0.thing.name },
    // The user of a token, or the connector of a list, a widget or an endpoint; null for other things.
    Column("of", "Of") { $0.thing.of },
    // Of a built-in role and of a law its name.
    Column("id", "ID") { $0.thing.idText },
  ]
}
