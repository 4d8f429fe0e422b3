import Access
import Administration
import Terminal

/// Tells how to get something elsewhere: a Token ID, where this terminal may be recorded, or a list, where the person has
/// no files here. The command stands alone on a line and the mouse is released, so that the terminal's own selection can
/// take it.
struct ElsewhereScreen: Screen {
  enum Message: Hashable, Sendable { case close }

  let title: String
  private let what: String
  private let why: String
  private let command: String
  private let notes: [String]

  /// - Parameter address: the address to which the Token ID is to be appended; it is shown before the
  ///   command.
  init(_ token: Token, address: Address? = nil, context: ConsoleContext) {
    let settings = context.administration.presentSettings
    title = "Recording-safe"
    why = "This terminal is given none, neither shown nor copied. Run on one that is not recorded:"
    what = "Token ID of \(quotedName(token.name))"
    command = context.elsewhere.command(for: token.id, settings)
    notes =
      [context.elsewhere.note(settings)]
      + (address.map { ["It is appended to \($0.text) as the parameter token."] } ?? [])
  }

  init(_ export: ListExport, as account: ServiceAccount, context: ConsoleContext) {
    title = "Write the list"
    what = export.filter.isEmpty ? "The whole list" : "The list of what matches \(export.filter)"
    why = "You have no files here. Run on your own machine:"
    command = context.elsewhere.command(
      export.command(.csv), as: account, into: export.fileName(.csv), context.administration.presentSettings)
    notes = ["It writes CSV; -o json writes JSON."]
  }

  var takesMouse: Bool { false }

  var bindings: [KeyBinding<Message>] {
    // The keys that may have opened the screen close it too; their meaning elsewhere does not apply here.
    [KeyBinding(.escape, .enter, "q", "c", "V", "u", "E", hint: "close", message: .close)]
  }

  mutating func update(_ message: Message) -> Effect<Message> { .close }

  func draw(on frame: inout Frame<Message>) {
    let area = frame.bounds
    var row = area.row + 1
    func put(_ texts: [String], _ style: Style) {
      for line in texts.flatMap({ wrap($0, columns: area.columns - 2) }) {
        frame.put(line, column: area.column + 1, row: row, style: style)
        row += 1
      }
    }
    put([what], .bold)
    put([why], .plain)
    row += 1
    // The command is broken only where a line ends.
    var rest = command[...]
    while !rest.isEmpty {
      frame.put(
        String(rest.prefix(area.columns)), column: area.column, row: row, style: Style(.accent, .bold))
      rest = rest.dropFirst(max(1, area.columns))
      row += 1
    }
    row += 1
    put(notes, .muted)
  }
}
