package import Access

/// The text that a copy has at the end of its name, behind the name of the original.
package struct NameSuffix: Hashable, Sendable {
  package let text: String

  package static let usual = " copy"

  /// Checks a text. White space at its end is no part of it, that at its beginning is.
  package init(_ raw: String) throws(NameProblem) {
    guard let last = raw.lastIndex(where: { !$0.isWhitespace }) else { throw .empty }
    text = String(raw[...last])
    _ = try Name(text)
  }

  func name(after original: Name) throws(NameProblem) -> Name { try Name(original.text + text) }
}
