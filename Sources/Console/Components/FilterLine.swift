import Administration
import Terminal

/// The line in which a list is filtered while one types: `/` opens it, Esc clears it.
package struct FilterLine: Hashable, Sendable {
  package enum Message: Hashable, Sendable {
    case open
    case typed(TextInput)
    /// Back to the rows; the text stays.
    case accept
    case clear
    /// Takes the text away, and goes on being typed into.
    case empty
  }

  private var field: TextField
  package private(set) var isOpen: Bool

  /// The placeholder says what is compared, such as `part of the name`.
  /// - Parameters:
  ///   - isOpen: whether it is typed into from the start.
  ///   - text: what it filters by from the start.
  package init(placeholder: String = "part of the name", isOpen: Bool = false, text: String = "") {
    field = TextField("", value: text, maximum: 100, placeholder: placeholder)
    self.isOpen = isOpen
  }

  package var text: String { field.value }
  /// As it may be repeated in a sentence.
  var shownText: String { PastedTokenID.holdsTokenID(text) ? "•••" : text }
  var isShown: Bool { isOpen || !text.isEmpty }

  /// True if the text is another now.
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
    let value = rect.splitLeft(used).rest
    frame.child(value, { .typed($0) }) { field.drawValue(in: value, on: &$0, isFocused: isOpen) }
    frame.clickable(rect, .open)
  }
}
