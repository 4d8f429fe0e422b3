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
    var text = text
    bytes.append(quote)
    text.withUTF8 { utf8 in
      var start = 0
      while start < utf8.count {
        // Most of a text is written as it is, and needs no look-up of properties.
        let run = UnsafeBufferPointer(rebasing: utf8[start...].prefix(while: isWrittenAsItIs))
        bytes.append(contentsOf: run)
        start += run.count
        guard start < utf8.count else { break }
        let scalar = UnsafeBufferPointer(rebasing: utf8[start..<start + length(utf8[start])])
        append(scalar: scalar, plain: plain, to: &bytes)
        start += scalar.count
      }
    }
    bytes.append(quote)
  }

  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")

  private static func isWrittenAsItIs(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != quote && byte != backslash
  }

  /// The number of bytes of a scalar in UTF-8, which the first byte tells by its leading ones.
  private static func length(_ first: UInt8) -> Int { max(1, (~first).leadingZeroBitCount) }

  private static func append(scalar utf8: UnsafeBufferPointer<UInt8>, plain: Plain, to bytes: inout [UInt8]) {
    if utf8[0] == quote || utf8[0] == backslash { return bytes += [backslash, utf8[0]] }
    let text = String(decoding: utf8, as: UTF8.self)
    if (plain == .ascii && utf8[0] >= 0x80) || text.unicodeScalars.contains(where: isUnseen) {
      bytes += text.unicodeScalars.map(escape).joined().utf8
    } else {
      bytes += utf8
    }
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
