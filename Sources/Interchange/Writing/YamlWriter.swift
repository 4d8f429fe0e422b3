internal import Access

/// Writes YAML in block style, which readers of YAML 1.1 and 1.2 understand alike.
struct YamlWriter: FileWriter {
  private(set) var text = ""
  /// The number of spaces before a section's key.
  private var indentation = 0
  private var isEmptySection = true

  mutating func begin() { text += "popsec: \(SecurityFile.version)\n" }

  mutating func beginCatalogue() {
    text += "catalogue:\n"
    indentation = 2
  }

  mutating func endCatalogue() { indentation = 0 }

  mutating func beginSection(_ key: String) {
    indent(indentation)
    text += key + ":"
    isEmptySection = true
  }

  mutating func add(_ entry: DocumentValue) {
    if isEmptySection { text += "\n" }
    isEmptySection = false
    element(entry, at: indentation + 2)
  }

  mutating func endSection() {
    if isEmptySection { text += " []\n" }
  }

  mutating func end() {}

  private mutating func element(_ value: DocumentValue, at column: Int) {
    indent(column)
    text += "- "
    if case .mapping(let members) = value, !members.isEmpty {
      self.members(members, at: column + 2, isFirstIndented: false)
    } else {
      self.value(value, at: column)
    }
  }

  private mutating func members(
    _ members: [DocumentValue.Member], at column: Int, isFirstIndented: Bool
  ) {
    for (index, member) in members.enumerated() {
      if index > 0 || isFirstIndented { indent(column) }
      text += YamlText.quotedWhereNeeded(member.key) + ":"
      self.value(member.value, at: column, isAfterKey: true)
    }
  }

  /// Writes the rest of a line and the lines below it.
  private mutating func value(_ value: DocumentValue, at column: Int, isAfterKey: Bool = false) {
    let space = isAfterKey ? " " : ""
    switch value {
    case .text(let string): text += space + YamlText.quotedWhereNeeded(string) + "\n"
    case .literal(let word): text += space + word + "\n"
    case .list(let elements) where elements.isEmpty: text += space + "[]\n"
    case .mapping(let members) where members.isEmpty: text += space + "{}\n"
    case .list(let elements):
      text += "\n"
      for element in elements { self.element(element, at: column + 2) }
    case .mapping(let members):
      text += "\n"
      self.members(members, at: column + 2, isFirstIndented: true)
    }
  }

  private mutating func indent(_ count: Int) {
    for _ in 0..<count { text += " " }
  }
}

extension YamlWriter {
  fileprivate mutating func document(_ value: DocumentValue) {
    switch value {
    case .mapping(let members) where !members.isEmpty: self.members(members, at: 0, isFirstIndented: true)
    case .list(let elements):
      elements.isEmpty ? self.value(value, at: 0) : elements.forEach { element($0, at: 0) }
    default: self.value(value, at: 0)
    }
  }
}

extension DocumentValue {
  /// The value as a YAML document in block style. Characters that can't be seen are escaped.
  package var yaml: String {
    var writer = YamlWriter()
    writer.document(self)
    return writer.text
  }

  /// The value as JSON in one line. Characters that can't be seen are escaped.
  package var json: String {
    switch self {
    case .text(let string): JSONString.quoted(string)
    case .literal(let word): word
    case .list(let elements): "[" + elements.map(\.json).joined(separator: ",") + "]"
    case .mapping(let members):
      "{" + members.map { JSONString.quoted($0.key) + ":" + $0.value.json }.joined(separator: ",") + "}"
    }
  }
}

/// Writes a text as a YAML scalar.
enum YamlText {
  /// The words that some readers of YAML take for a boolean or for null.
  private static let reserved: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
  ]

  /// The text without quotes where no reader can take it for anything else: it begins with a letter, and has
  /// only letters, digits, single spaces and a few signs.
  static func quotedWhereNeeded(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, isLetter(first), text.utf8.count <= 200,
      text.utf8.last != 0x20
    else { return false }
    for scalar in text.unicodeScalars {
      guard isLetter(scalar) || ("0"..."9").contains(scalar) || " _.-/()+".unicodeScalars.contains(scalar)
      else {
        return false
      }
    }
    return !reserved.contains(text.lowercased())
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark:
      return !isUnseen(scalar)
    default: return false
    }
  }

  /// The text in double quotes (YAML 1.2, section 7.3.1). Characters that can't be seen are escaped.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where !isUnseen(scalar): result.unicodeScalars.append(scalar)
      case _ where scalar.value <= 0xFFFF: result += "\\u" + hexadecimal(scalar.value, digits: 4)
      default: result += "\\U" + hexadecimal(scalar.value, digits: 8)
      }
    }
    return result + "\""
  }
}

/// A number in hexadecimal, with at least this many digits.
func hexadecimal(_ value: UInt32, digits: Int) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}
