private import Administration
package import Terminal

/// One line of text that a person types.
package struct TextField: Hashable, Sendable {
  package typealias Message = TextInput

  package let label: String
  package private(set) var value: String
  /// The number of the character before which the cursor stands.
  package private(set) var cursor: Int
  /// The greatest number of characters that can be typed. A pasted text may be up to four times as long, so
  /// that the field can say that it is too long, instead of cutting it silently.
  package let maximum: Int
  /// Whether the value is shown as dots.
  package var isMasked: Bool
  /// What is wrong with the value, shown below the field.
  package var complaint: String?
  /// Whether Enter and Down open a list from which the value is chosen.
  package let hasList: Bool
  /// A muted text that is shown where there is no value.
  package var placeholder: String

  package init(
    _ label: String, value: String = "", maximum: Int = 200, isMasked: Bool = false,
    placeholder: String = "", hasList: Bool = false
  ) {
    self.hasList = hasList
    self.label = label
    self.value = value
    self.maximum = maximum
    self.isMasked = isMasked
    self.placeholder = placeholder
    cursor = value.count
  }

  package mutating func setValue(_ text: String) {
    value = text
    cursor = text.count
  }

  /// The input, if the field uses it.
  package func typed(_ input: TextInput) -> TextInput? {
    guard case .key(let key) = input else { return input }
    switch key {
    case .character, .backspace, .delete, .left, .right, .home, .end: return input
    case .control(let letter): return "aeuwkbfdh".contains(letter) ? input : nil
    default: return nil
    }
  }

  package mutating func update(_ input: TextInput) {
    switch input {
    case .paste(let text): paste(text)
    case .key(.character(let character)): insert(String(character), limit: maximum)
    case .key(let key): edit(key)
    }
  }

  private mutating func edit(_ key: Key) {
    switch key {
    case .backspace, .control("h"): remove(cursor - 1..<cursor)
    case .delete, .control("d"): remove(cursor..<cursor + 1)
    case .left, .control("b"): cursor = max(0, cursor - 1)
    case .right, .control("f"): cursor = min(value.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = value.count
    case .control("u"): remove(0..<cursor)
    case .control("k"): remove(cursor..<value.count)
    case .control("w"): remove(startOfWord..<cursor)
    default: break
    }
  }

  private var startOfWord: Int {
    let before = Array(value.prefix(cursor))
    let word = before.lastIndex { $0 != " " } ?? 0
    return (before[..<word].lastIndex(of: " ") ?? -1) + 1
  }

  private mutating func remove(_ range: Range<Int>) {
    let range = range.clamped(to: 0..<value.count)
    var characters = Array(value)
    characters.removeSubrange(range)
    value = String(characters)
    cursor = range.lowerBound
  }

  private mutating func insert(_ text: String, limit: Int) {
    let room = limit - value.count
    guard room > 0 else { return }
    let index = value.index(value.startIndex, offsetBy: min(cursor, value.count))
    let before = value[..<index] + text.prefix(room)
    let after = value[index...]
    value = String(before + after)
    // The characters are counted again, because a typed mark joins the character before it.
    cursor = min(value.count, before.count)
  }

  /// Pastes a text. Line breaks and tabs become spaces, and other control characters are removed.
  private mutating func paste(_ text: String) {
    let scalars = text.unicodeScalars.prefix(4 * 4 * maximum).compactMap { scalar -> Unicode.Scalar? in
      if scalar == "\n" || scalar == "\t" || scalar == "\r" { return " " }
      return scalar.properties.generalCategory == .control ? nil : scalar
    }
    var line = String.UnicodeScalarView()
    line.append(contentsOf: scalars)
    let words = String(line).split(separator: " ", omittingEmptySubsequences: true)
    insert(words.joined(separator: " "), limit: 4 * maximum)
  }
}

extension TextField {
  /// Whether the cursor stands behind the last character.
  var isAtEnd: Bool { cursor == value.count }

  /// Whether the value is hidden. A Token ID that was pasted by mistake is never shown, whatever the field is
  /// for.
  private var isHidden: Bool { isMasked || PastedTokenID.holdsTokenID(value) }

  /// Draws only the value, in one row, which scrolls so that the cursor stays visible.
  package func drawValue(in rect: Rect, on frame: inout Frame<TextInput>, isFocused: Bool) {
    let area = rect.splitTop(1).top
    frame.fill(area, style: Style(.plain, .underline))
    guard !value.isEmpty || isFocused else {
      frame.put(placeholder, in: area, style: Style(.muted, .underline))
      return
    }
    let shown = isHidden ? String(repeating: "•", count: value.count) : value
    let start = firstShown(of: shown, columns: area.columns)
    let style = Style(.plain, isFocused ? [.bold, .underline] : .underline)
    frame.put(String(shown.dropFirst(start)), in: area, style: style)
    guard isFocused else { return }
    let before = cellWidth(of: String(shown.prefix(cursor).dropFirst(start)))
    frame.showCursor(column: area.column + before, row: area.row)
  }

  private func firstShown(of text: String, columns: Int) -> Int {
    var room = columns - 1
    var start = cursor
    for character in text.prefix(cursor).reversed() {
      room -= cellWidth(of: String(character))
      if room < 0 { break }
      start -= 1
    }
    return start
  }
}
