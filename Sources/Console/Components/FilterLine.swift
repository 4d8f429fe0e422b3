import Administration
import Terminal

/// The line that filters a list while a person types: `/` opens it, and Esc clears it.
package struct FilterLine: Hashable, Sendable {
  package enum Message: Hashable, Sendable {
    case open
    case typed(TextInput)
    /// Returns to the rows; the text stays.
    case accept
    case clear
    /// Clears the text; the line stays open.
    case empty
  }

  private var field: TextField
  package private(set) var isOpen: Bool
  /// What is wrong with the text; nil where nothing is, or where that is not known yet.
  package var notice: String?

  /// The greatest number of characters in the text.
  private static let maximumLength = 300

  /// Makes a filter.
  /// - Parameters:
  ///   - placeholder: what is compared, such as `part of the name`.
  ///   - isOpen: whether the line is open from the start.
  ///   - text: the text from the start.
  package init(placeholder: String = "part of the name", isOpen: Bool = false, text: String = "") {
    field = TextField("", value: text, maximum: Self.maximumLength, placeholder: placeholder)
    self.isOpen = isOpen
  }

  package var text: String { field.value }
  /// The text in a form that may be repeated in a sentence.
  var shownText: String { PastedTokenID.holdsTokenID(text) ? "•••" : text }
  var isShown: Bool { isOpen || !text.isEmpty }

  /// Returns true if the message changed the text.
  package mutating func update(_ message: Message) -> Bool {
    let before = text
    switch message {
    case .open: isOpen = true
    case .typed(let input): field.update(input)
    case .accept: isOpen = false
    case .empty: field.setValue("")
    case .clear:
      field.setValue("")
      isOpen = false
    }
    if text != before { notice = nil }
    return text != before
  }

  package func typed(_ input: TextInput) -> Message? {
    isOpen ? field.typed(input).map { .typed($0) } : nil
  }

  package var bindings: [KeyBinding<Message>] {
    if isOpen {
      return [
        KeyBinding(.enter, .tab, hint: "to the rows", group: "Filter", message: .accept),
        KeyBinding(.escape, hint: "clear", help: "clear the filter", group: "Filter", message: .clear),
      ]
    }
    let open = KeyBinding<Message>(
      "/", hint: "filter", help: "filter the rows", group: "Filter", message: .open)
    guard isShown else { return [open] }
    return [
      open,
      KeyBinding(.escape, hint: "clear", help: "clear the filter", group: "Filter", message: .clear),
    ]
  }

  func draw(in rect: Rect, on frame: inout Frame<Message>) {
    let used = frame.put("/ ", in: rect, style: Style(.accent, .bold))
    let line = rect.splitLeft(used).rest
    let (value, rest) = line.splitLeft(line.columns - noticeColumns(line.columns))
    frame.child(value, { .typed($0) }) { field.drawValue(in: value, on: &$0, isFocused: isOpen) }
    if let notice {
      let room = rest.inset(columns: 1)
      frame.put(fit(notice, columns: room.columns), in: room, style: Style(.warning))
    }
    frame.clickable(rect, .open)
  }

  /// The number of columns for the notice, a blank on each side of it. At least half of the line stays for a long text.
  private func noticeColumns(_ columns: Int) -> Int {
    guard let notice else { return 0 }
    let room = columns - min(cellWidth(of: text) + 1, columns / 2)
    return max(0, min(cellWidth(of: notice) + 2, room))
  }
}
