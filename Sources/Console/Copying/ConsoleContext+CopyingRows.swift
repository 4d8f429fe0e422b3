import Access
import Administration
import Interchange
import Terminal

/// Copies what the rows of lists stand for.
extension ConsoleContext {
  /// The most rows that are copied at once. A terminal takes no text of any length.
  static let mostCopiedRows = 100
  /// The most bytes of a text that is sent to the clipboard.
  fileprivate static let mostCopiedBytes = 65_536

  /// Copies things in the form that the person wants.
  /// - Parameter things: reads which things, of which at most ``mostCopiedRows`` and one more matter.
  func copyRows<Message: Sendable>(
    _ things: @escaping @Sendable () throws -> [EntryThing]
  ) -> Effect<Message> {
    // The hint of the obstacle is about Token IDs.
    if let obstacle = clipboard.obstacle { return .toast(obstacle.message, .warning) }
    return .withRowFormat { format in
      .reading("reading what is copied") {
        try CopiedRows(things(), format, administration)
      } then: { copied in
        .tell(ClipboardService.Message.copyText(copied.text, what: copied.what))
      }
    }
  }
}

/// The text of some things for the clipboard. It has no Token ID.
private struct CopiedRows: Sendable {
  let text: String
  /// As in `“Portal” as YAML`.
  let what: String

  /// Errors: ``Problem`` where the things are gone, or too many for a clipboard.
  init(_ things: [EntryThing], _ format: ConsoleConfig.RowFormat, _ administration: Administration) throws {
    guard things.count <= ConsoleContext.mostCopiedRows else { throw Self.tooMuch }
    let entries = try administration.entries(of: things)
    guard let first = entries.first else {
      throw Problem("nothing is copied: what was chosen is gone", hint: "somebody deleted it meanwhile")
    }
    let values = entries.map(\.value)
    text =
      switch format {
      // In YAML an entry stands as in the list of a security file.
      case .yaml: DocumentValue.list(values).yaml
      case .json: (values.count == 1 ? first.value : .list(values)).indentedJSON + "\n"
      // Without a line end, so that a shell waits before it runs the last command.
      case .command: entries.flatMap(\.commands).map(ShellWords.joined).joined(separator: "\n")
      }
    guard text.utf8.count <= ConsoleContext.mostCopiedBytes else { throw Self.tooMuch }
    what = "\(entries.count == 1 ? quotedName(first.name) : "\(entries.count) rows") as \(format.title)"
  }

  private static let tooMuch = Problem(
    "this is more than a clipboard takes", hint: "choose at most \(ConsoleContext.mostCopiedRows) rows")
}

extension ConsoleContext {
  /// The heading of the help page for the keys that take something out of the console.
  static let copyGroup = "Copy and write"
}

extension ListScreen {
  /// The key that copies a row.
  func copyingRow(
    _ context: ConsoleContext, unless obstacle: String? = nil,
    _ things: @escaping @Sendable (Row) throws -> [EntryThing]
  ) -> KeyBinding<Message> {
    onRow(
      "y", hint: "copy as", help: "copy the row as YAML, JSON or the commands that make it",
      group: ConsoleContext.copyGroup, unless: obstacle
    ) { row in context.copyRows { try things(row) } }.hintedWhereRoom()
  }
}

extension ConsoleConfig.RowFormat {
  /// As in `“Portal” as YAML`.
  var title: String {
    switch self {
    case .yaml: "YAML"
    case .json: "JSON"
    case .command: "commands"
    }
  }

  /// Asks for the form, the first time that something is copied.
  static var dialog: ChoiceDialog<Self> {
    let details: [Self: String] = [
      .yaml: "as in a security file", .json: "as in a security file", .command: "what makes it anew",
    ]
    return ChoiceDialog(
      title: "Copy as", text: "In which form? copyRowAs in your settings keeps it.", isMenu: true,
      rows: allCases.map { ChoiceDialog.Row($0, $0.title.uppercasingFirst, detail: details[$0] ?? "") })
  }
}
