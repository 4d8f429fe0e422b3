/// Reads the fields of a public key blob (RFC 4251, section 5).
struct SSHWire {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  /// Reads a string: its length in four bytes, then its bytes.
  mutating func string() -> [UInt8]? {
    guard rest.count >= 4 else { return nil }
    let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    guard rest.count - 4 >= count else { return nil }
    defer { rest = rest.dropFirst(4 + count) }
    return Array(rest.dropFirst(4).prefix(count))
  }

  /// Reads a curve's name and an uncompressed point (RFC 5656, section 3.1).
  mutating func curve(_ name: String, pointByteCount: Int) -> Bool {
    guard string() == Array(name.utf8), let point = string() else { return false }
    return point.count == pointByteCount && point.first == 4
  }

  /// The number of bits of a positive multiple precision integer.
  static func bitCount(_ integer: [UInt8]) -> Int {
    let digits = integer.drop { $0 == 0 }
    guard let first = digits.first else { return 0 }
    return digits.count * 8 - first.leadingZeroBitCount
  }
}
