import Access
import Administration
import Terminal

/// Says how to get a Token ID elsewhere, in place of giving it to a terminal that may be recorded.
struct ElsewhereScreen: Screen {
  enum Message: Hashable, Sendable { case close }

  private let command: String
  private let lead: String
  private let notes: [String]
  private var columns: Int

  /// - Parameter address: where the Token ID is to be appended to, with what stands before it.
  init(_ token: Token, address: Address? = nil, context: ConsoleContext) {
    let settings = context.administration.presentSettings
    command = context.elsewhere.command(for: token.id, settings)
    lead =
      "This terminal is given no Token ID, neither shown nor copied. On one that is not recorded, for "
      + "\(quotedName(token.name)):"
    notes =
      [context.elsewhere.note(settings)]
      + (address.map { ["It is appended to \($0.text) as the parameter token."] } ?? [])
    columns = max(60, min(command.count, 100))
  }

  let title = "Recording-safe"
  /// The command is there to be selected.
  var takesMouse: Bool { false }
  var presentation: Presentation { .dialog(Size(columns: columns, rows: lines(columns).count)) }

  var bindings: [KeyBinding<Message>] {
    [KeyBinding(.escape, .enter, "q", hint: "close", message: .close)]
  }

  mutating func layout(in bounds: Rect) -> Effect<Self> {
    columns = max(1, bounds.columns)
    return .none
  }

  mutating func update(_ message: Message) -> Effect<Self> { .close }

  /// The command is broken where its line ends, and nowhere else: so it can be selected as one.
  private func lines(_ columns: Int) -> [(text: String, style: Style)] {
    func wrapped(_ texts: [String], _ style: Style) -> [(text: String, style: Style)] {
      texts.flatMap { wrap($0, columns: columns) }.map { (text: $0, style: style) }
    }
    var lines = wrapped([lead], .plain)
    var rest = command[...]
    while !rest.isEmpty {
      lines.append((String(rest.prefix(columns)), Style(.accent, .bold)))
      rest = rest.dropFirst(columns)
    }
    return lines + [("", .plain)] + wrapped(notes, .muted)
  }

  func draw(on frame: inout Frame<Message>) {
    let area = frame.bounds
    for (offset, line) in lines(area.columns).prefix(area.rows).enumerated() {
      frame.put(line.text, column: area.column, row: area.row + offset, style: line.style)
    }
  }
}
