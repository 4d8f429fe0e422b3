/// Strings in the form of JSON (RFC 8259, section 7).
package enum JSONString {
  /// The characters that are written as they are; all others are escaped.
  package enum Plain: Sendable {
    /// All characters that are visible and don't change how their neighbours are shown (``isUnseen(_:)``).
    case seen
    /// Characters of ASCII only, for places such as headers that allow no others.
    case ascii
  }

  /// The text in quotation marks.
  package static func quoted(_ text: String, plain: Plain = .seen) -> String {
    var bytes: [UInt8] = []
    append(text, plain: plain, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the text in quotation marks.
  package static func append(_ text: String, plain: Plain = .seen, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    // Most texts are ASCII, and ASCII needs no look-up of properties.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      for byte in text.utf8 { append(byte, to: &bytes) }
    } else {
      for scalar in text.unicodeScalars {
        if isUnseen(scalar) || (plain == .ascii && !scalar.isASCII) {
          bytes += escape(scalar).utf8
        } else {
          for byte in scalar.utf8 { append(byte, to: &bytes) }
        }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
    bytes.append(byte)
  }

  /// The escape of a scalar: `\u` and four hexadecimal digits, or two such escapes for a scalar that takes
  /// two units of UTF-16.
  static func escape(_ scalar: Unicode.Scalar) -> String {
    scalar.utf16.reduce(into: "") { text, unit in
      let digits = String(unit, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
}

/// A JSON text in which unseen scalars are escaped, except for line ends. In JSON, unseen scalars other than
/// line ends stand only in strings, where the escape has the same meaning.
package func escapingUnseen(inJSON json: String) -> String {
  if json.utf8.allSatisfy({ $0 < 0x7F }) { return json }
  return json.unicodeScalars.reduce(into: "") { text, scalar in
    if isUnseen(scalar), scalar != "\n" {
      text += JSONString.escape(scalar)
    } else {
      text.unicodeScalars.append(scalar)
    }
  }
}
