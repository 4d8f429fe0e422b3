/// Strings as JSON has them (RFC 8259, section 7).
package enum JSONString {
  /// What stands in a string as it is; all else is escaped.
  package enum Plain: Sendable {
    /// All that is seen, and changes nothing about how its neighbours are shown (``isUnseen(_:)``).
    case seen
    /// Of ASCII alone, for where text may be no other, such as in headers.
    case ascii
  }

  /// A text with its quotation marks.
  package static func quoted(_ text: String, plain: Plain = .seen) -> String {
    var bytes: [UInt8] = []
    append(text, plain: plain, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends a text with its quotation marks.
  package static func append(_ text: String, plain: Plain = .seen, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    // Most texts are ASCII, whose bytes need no looking up.
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

  /// A scalar as it can stand in a string in its place: `\u` and four hexadecimal digits, twice for what takes two
  /// units of UTF-16.
  static func escape(_ scalar: Unicode.Scalar) -> String {
    scalar.utf16.reduce(into: "") { text, unit in
      let digits = String(unit, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
}

/// A JSON text in which what is unseen is escaped, except for the ends of its lines. In JSON such scalars stand in
/// strings only, where the escape means the same.
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
