import Access
import Administration
import Store
import Terminal

extension Account: Identifiable {}

/// The API users with a live token that opens nothing. Finding them takes a look at what each may see, so that only a
/// part of a large store is looked at.
struct ReachlessScreen: ListScreen {
  typealias Message = LoadedList<Numbered<Account>>.Message

  /// The greatest number of tokens that are looked at, which takes about a second.
  static let mostTokens = 5_000
  static let part = "of the first \(mostTokens.grouped) tokens; popsec review tells of all"

  let title = "API users without access"
  let heading = [
    ListCell(
      "At most the first \(mostTokens.grouped) tokens are looked at; popsec review looks at all", .muted)
  ]
  let inset = 1
  var rows: LoadedList<Numbered<Account>>
  private let context: ConsoleContext

  init(context: ConsoleContext) {
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: [
          ListColumn("name", "Name", width: .flexible(least: 17, weight: 3)) { ListCell($0.value.name.text) },
          ListColumn("note", "Note", width: .flexible(least: 10, weight: 2), priority: 1) {
            ListCell($0.value.particulars.note.text)
          },
          ListColumn("added", "Added", width: .fixed(10), priority: 2, isWatched: false) {
            ListCell(context.clock.day($0.value.createdAt))
          },
          .opening { _ in context.opening(AccountKind.apiUser.managing) },
        ], emptyLine: "Each live token that was looked at opens something", isFilterable: false),
      source: .whole("looking at what tokens open") {
        try context.administration.reachless(among: Self.mostTokens).accounts
      })
  }

  var actions: [KeyBinding<Message>] {
    [
      onRow(.enter, "e", opening: context.opening(AccountKind.apiUser.managing)) { [context] in
        .open(context.editor(.account($0.value.id), .apiUser))
      },
      onRow("w", hint: "why", help: "why it may or may not see something") { [context] in
        context.why(.account($0.value.id))
      },
    ]
  }
}
