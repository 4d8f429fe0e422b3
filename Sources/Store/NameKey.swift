package import Access
private import Foundation

/// The key by which names are compared: two names are the same if their keys are equal.
///
/// The key is the name trimmed, in NFC, in lower case, and in NFC again, because lower case may leave the
/// normal form (U+0130). Keys are compared by their UTF-8 bytes, which is also their order.
package struct NameKey: Hashable, Sendable, Comparable {
  package let text: String

  package init(_ name: Name) {
    // Most names are ASCII, which is in normal form already; Foundation would take a hundred times as
    // long.
    text = name.text.isASCII ? name.text.lowercased() : Self.normal(Self.normal(name.text).lowercased())
  }

  private static func normal(_ text: String) -> String {
    // All of what is below the combining marks is in NFC (Unicode UAX 15), and Foundation takes long to find that out.
    text.unicodeScalars.allSatisfy { $0.value < 0x300 } ? text : text.precomposedStringWithCanonicalMapping
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

/// A part of a name that a person searches for; case and accents are ignored.
package struct SearchText: Hashable, Sendable {
  package let folded: String

  /// Fails for a text that would match every name.
  package init?(_ text: String) {
    let folded = Self.fold(text)
    guard !folded.isEmpty else { return nil }
    self.folded = folded
  }

  /// The form in which names are searched: compatibility-decomposed, without marks, in lower case.
  package static func fold(_ text: String) -> String {
    if text.isASCII { return text.lowercased() }
    let decomposed = text.lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars
    return String(String.UnicodeScalarView(decomposed.filter { !isMark($0) })).lowercased()
  }

  package func matches(_ name: String) -> Bool { matches(folded: Self.fold(name)) }

  /// Whether a folded name contains the text. Bytes are compared, as in the store's SQL.
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
  /// Whether the text is ASCII, as most names are. Foundation's normalization takes a hundred times as long
  /// as this look.
  fileprivate var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}

extension BuiltInRole {
  /// The built-in role with this name; nil where none has it.
  package static func named(_ key: NameKey) -> BuiltInRole? { byKey[key.text] }

  private static let byKey = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue.lowercased(), $0) })
}
