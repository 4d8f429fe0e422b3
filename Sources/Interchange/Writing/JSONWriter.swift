internal import Access

/// Writes JSON (RFC 8259) with one key a line, indented by two spaces.
struct JSONWriter: FileWriter {
  private(set) var text = ""
  private var indentation = 2
  private var isFirstMember = true
  private var isEmptySection = true

  mutating func begin() {
    text += "{"
    key("popsec")
    text += String(SecurityFile.version)
  }

  mutating func beginCatalogue() {
    key("catalogue")
    text += "{"
    indentation = 4
    isFirstMember = true
  }

  mutating func endCatalogue() {
    indentation = 2
    newline(indentation)
    text += "}"
    isFirstMember = false
  }

  mutating func beginSection(_ name: String) {
    key(name)
    text += "["
    isEmptySection = true
  }

  mutating func add(_ entry: DocumentValue) {
    if !isEmptySection { text += "," }
    isEmptySection = false
    newline(indentation + 2)
    value(entry, at: indentation + 2)
  }

  mutating func endSection() {
    if !isEmptySection { newline(indentation) }
    text += "]"
  }

  mutating func end() { text += "\n}\n" }

  private mutating func key(_ key: String) {
    if !isFirstMember { text += "," }
    isFirstMember = false
    newline(indentation)
    text += JSONString.quoted(key) + ": "
  }

  fileprivate mutating func value(_ value: DocumentValue, at column: Int) {
    switch value {
    case .text(let string): text += JSONString.quoted(string)
    case .literal(let word): text += word
    case .list(let elements): sequence("[", "]", elements, at: column) { $0.value($1, at: column + 2) }
    case .mapping(let members):
      sequence("{", "}", members, at: column) { writer, member in
        writer.text += JSONString.quoted(member.key) + ": "
        writer.value(member.value, at: column + 2)
      }
    }
  }

  private mutating func sequence<Element>(
    _ open: String, _ close: String, _ elements: [Element], at column: Int,
    _ write: (inout JSONWriter, Element) -> Void
  ) {
    text += open
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      newline(column + 2)
      write(&self, element)
    }
    if !elements.isEmpty { newline(column) }
    text += close
  }

  private mutating func newline(_ count: Int) {
    text += "\n"
    for _ in 0..<count { text += " " }
  }
}

extension DocumentValue {
  /// The value as JSON over several lines. Characters that can't be seen are escaped.
  package var indentedJSON: String {
    var writer = JSONWriter()
    writer.value(self, at: 0)
    return writer.text
  }
}
