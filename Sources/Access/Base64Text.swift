/// Base64 with padding (RFC 4648, section 4). Each value has exactly one text.
package enum Base64Text {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  package static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let group = bytes[index..<min(index + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
      index += 3
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads a text; nil for a text that ``encode(_:)`` does not write.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count % 4 == 0 else { return nil }
    let padding = digits.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2 else { return nil }
    var (bytes, bits, held): ([UInt8], Int, Int) = ([], 0, 0)
    for digit in digits.dropLast(padding) {
      guard let value = alphabet.firstIndex(of: digit) else { return nil }
      bits = (bits << 6 | value) & 0xFFFF
      held += 6
      if held >= 8 {
        held -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> held))
      }
    }
    // The unused bits must be zero, because otherwise two texts would mean the same key.
    return bits & (1 << held - 1) == 0 ? bytes : nil
  }
}

/// Base64url without padding (RFC 4648, section 5; RFC 7515, section 2). Each value has exactly one text.
package enum Base64URLText {
  package static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count * 4 + 2) / 3)
    for digit in Base64Text.encode(bytes).utf8 {
      switch digit {
      case UInt8(ascii: "+"): text.append(UInt8(ascii: "-"))
      case UInt8(ascii: "/"): text.append(UInt8(ascii: "_"))
      case UInt8(ascii: "="): break
      default: text.append(digit)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads a text; nil for a text that ``encode(_:)`` does not write.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    var padded: [UInt8] = []
    for digit in text.utf8 {
      switch digit {
      case UInt8(ascii: "-"): padded.append(UInt8(ascii: "+"))
      case UInt8(ascii: "_"): padded.append(UInt8(ascii: "/"))
      case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): return nil
      default: padded.append(digit)
      }
    }
    while padded.count % 4 != 0 { padded.append(UInt8(ascii: "=")) }
    return Base64Text.decode(String(decoding: padded, as: UTF8.self))
  }
}
