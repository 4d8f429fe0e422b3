/// What keys are called: by people, and in macros.
extension Key {
  /// The keys that have a name: as macros write it, and as the hint bar and the help page show it.
  private static let names: [(key: Key, macro: String, label: String)] = [
    (.enter, "Enter", "Enter"), (.escape, "Esc", "Esc"), (.tab, "Tab", "Tab"),
    (.backTab, "BTab", "Shift-Tab"), (.backspace, "Bs", "Backspace"), (.delete, "Del", "Del"),
    (.insert, "Ins", "Ins"), (.character(" "), "Space", "Space"), (.home, "Home", "Home"),
    (.end, "End", "End"), (.pageUp, "PgUp", "PgUp"), (.pageDown, "PgDn", "PgDn"), (.up, "Up", "Up"),
    (.down, "Down", "Down"), (.left, "Left", "Left"), (.right, "Right", "Right"),
  ]

  /// The key's name as the hint bar and the help page show it.
  package var label: String {
    if let name = Self.names.first(where: { $0.key == self }) { return name.label }
    return switch self {
    case .character(let character): String(character)
    case .control(let character): "Ctrl-" + String(character).uppercased()
    case .function(let number): "F\(number)"
    default: "\(self)"
    }
  }

  /// The key that a document of settings calls so: a character, or a name as the hint bar shows it, such as `Ctrl-S`,
  /// `F5` and `Space`. Case does not count in names. The result is nil where the text names no key.
  package init?(written text: String) {
    let word = text.lowercased()
    if text.count == 1, let character = text.first {
      self = .character(character)
    } else if word.hasPrefix("ctrl-"), word.count == 6, let last = word.last, last.isASCII {
      self = .control(last)
    } else if word.first == "f", let number = Int(word.dropFirst()), (1...12).contains(number) {
      self = .function(number)
    } else if let name = Self.names.first(where: { $0.label.lowercased() == word }) {
      self = name.key
    } else {
      return nil
    }
  }

  /// The key that a macro calls so; nil where the word names none.
  static func named(_ word: String) -> Key? {
    if word.count == 3, word.hasPrefix("C-"), let last = word.last { return .control(last) }
    if word.first == "F", let number = Int(word.dropFirst()), (1...12).contains(number) {
      return .function(number)
    }
    return names.first { $0.macro == word }?.key
  }
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
  /// `"a"` is the key of that character.
  package init(extendedGraphemeClusterLiteral character: Character) { self = .character(character) }
}
