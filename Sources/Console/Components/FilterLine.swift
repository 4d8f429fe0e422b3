import Administration
package import Store
import Terminal

/// The line that filters a list while a person types: `/` opens it, and Esc clears it.
package struct FilterLine: Hashable, Sendable {
  package enum Message: Hashable, Sendable {
    case open
    case typed(TextInput)
    /// Returns to the rows; the text stays.
    case accept
    /// Completes the last word, or takes the next name instead.
    case complete
    /// The names that complete the end of the text.
    case offer(NameBeginning, [String])
    case clear
    /// Clears the text; the line stays open.
    case empty
    /// Takes this text, and returns to the rows.
    case set(String)
  }

  private var field: TextField
  package private(set) var isOpen: Bool
  /// What is wrong with the text; nil where nothing is, or where that is not known yet.
  package var notice: String?
  /// The things on which the text may have conditions; nil where it is a part of the name and nothing else.
  package var conditions: ListedKind?

  /// The names by which the text may end; nil where none are known.
  private var offer: NameOffer?

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
  /// What Tab appends to the text; nil for nothing.
  private var completion: String? {
    guard isOpen, field.isAtEnd else { return nil }
    return conditions.flatMap { ConditionRule.completion(of: text, in: $0) }
  }
  /// The names that Tab takes, one after the other; nil where it takes none.
  private var offered: NameOffer? { isOpen && field.isAtEnd && completion == nil ? offer : nil }
  /// What Tab does, muted behind the text; nil where it completes nothing.
  var hint: String? { completion ?? offered?.hint }
  private var completes: Bool { completion != nil || offered?.next != nil }
  /// The beginning of a name at the end of the text, for which names should be looked up; nil for none.
  var wanted: NameBeginning? {
    guard isOpen, offer == nil else { return nil }
    return conditions.flatMap { NameBeginning(endOf: text, in: $0) }
  }
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
    case .complete: complete()
    case .offer(let beginning, let names):
      // Names that come late are those of another text.
      if wanted == beginning { offer = NameOffer(beginning, names, text: text, room: Self.maximumLength) }
    case .empty: field.setValue("")
    case .set(let text):
      field.setValue(String(text.prefix(Self.maximumLength)))
      isOpen = false
    case .clear:
      field.setValue("")
      isOpen = false
    }
    if text != before { notice = nil }
    if offer?.text != text { offer = nil }
    return text != before
  }

  private mutating func complete() {
    if let completion { return field.update(.paste(completion)) }
    guard let next = offered?.next else { return }
    offer = next
    field.setValue(next.text)
  }

  package func typed(_ input: TextInput) -> Message? {
    isOpen ? field.typed(input).map { .typed($0) } : nil
  }

  package var bindings: [KeyBinding<Message>] {
    if isOpen {
      let complete = KeyBinding<Message>(
        .tab, hint: offered?.isTaken == true ? "next name" : "complete", help: "complete the condition",
        group: "Filter", message: .complete)
      var accept = KeyBinding<Message>(.enter, hint: "to the rows", group: "Filter", message: .accept)
      if !completes { accept.keys.append(.tab) }
      return (completes ? [complete] : []) + [
        accept,
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
    if let hint {
      let place = value.splitLeft(cellWidth(of: text)).rest
      // A long text scrolls, and then there is no room behind its end.
      if place.columns > cellWidth(of: hint) {
        frame.put(hint, in: place, style: Style(.muted, .underline))
      }
    }
    if let notice = shownNotice {
      let room = rest.inset(columns: 1)
      frame.put(fit(notice, columns: room.columns), in: room, style: Style(.warning))
    }
    frame.clickable(rect, .open)
  }

  /// A name that is only begun is none that there is: what completes it is told instead.
  private var shownNotice: String? { offered?.isTaken == false ? nil : notice }

  /// The number of columns for the notice, a blank on each side of it. At least half of the line stays for a long text.
  private func noticeColumns(_ columns: Int) -> Int {
    guard let notice = shownNotice else { return 0 }
    let room = columns - min(cellWidth(of: text) + 1, columns / 2)
    return max(0, min(cellWidth(of: notice) + 2, room))
  }
}
