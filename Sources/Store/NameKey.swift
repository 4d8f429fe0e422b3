package import Access
private import Foundation

/// What names are compared by: two names are one and the same if their keys are equal.
///
/// Trimmed, NFC, lower case, NFC again, since lower case may leave the normal form
/// (U+0130). Compared by its UTF-8 bytes, which is also its order.
package struct NameKey: Hashable, Sendable, Comparable {
  package let text: String

  package init(_ name: Name) {
    // Most names are ASCII, whose normal form they are; Foundation costs a hundred times as much.
    if name.text.utf8.allSatisfy({ $0 < 0x80 }) {
      text = name.text.lowercased()
      return
    }
    text = name.text.isASCII ? name.text.lowercased() : Self.normal(Self.normal(name.text).lowercased())
  }

  private static func normal(_ text: String) -> String { text.precomposedStringWithCanonicalMapping }

  package static func < (left: Self, right: Self) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

/// A part of a name that a person looks for, case and accents ignored.
package struct SearchText: Hashable, Sendable {
  package let folded: String

  /// Nil for a text that restricts nothing.
  package init?(_ text: String) {
    let folded = Self.fold(text)
    guard !folded.isEmpty else { return nil }
    self.folded = folded
  }

  /// What a name is searched by: compatibility-decomposed, marks dropped, in lower case.
  package static func fold(_ text: String) -> String {
    if text.isASCII { return text.lowercased() }
    let decomposed = text.lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars
    return String(String.UnicodeScalarView(decomposed.filter { !isMark($0) })).lowercased()
  }

  package func matches(_ name: String) -> Bool { matches(folded: Self.fold(name)) }

  /// The same for a name that was folded before. Compared by bytes, as the store's SQL does.
  package func matches(folded name: String) -> Bool {
    var (name, part) = (name, folded)
    return part.withUTF8 { part in
      name.withUTF8 { name in
        guard let first = part.first, name.count >= part.count else { return part.isEmpty }
        return (0...(name.count - part.count)).contains { start in
          name[start] == first && name[start..<(start + part.count)].elementsEqual(part)
        }
      }
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }
}

extension String {
  /// Most names are; Foundation's normalization costs a hundred times as much as looking.
  fileprivate var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}
