/// Base64url without padding (RFC 4648, section 5; RFC 7515, section 2), strict: one text for each value.
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

  /// Nil for anything that ``encode(_:)`` does not write.
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
