/// Checks that a body is JSON which every reader understands alike (RFC 7493, I-JSON). It must be an object
/// in UTF-8, without duplicate names in an object after escapes are undone, and without half a surrogate
/// pair. The decoder checks the values.
struct PlainJSON {
  /// The greatest depth to which objects and arrays may be nested.
  static let maximumDepth = 32

  private struct Refused: Error {}

  private let bytes: [UInt8]
  private var index = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func holds(_ bytes: [UInt8]) -> Bool {
    guard String(validating: bytes, as: UTF8.self) != nil else { return false }
    var reader = PlainJSON(bytes)
    do {
      reader.skipBlanks()
      guard reader.next == UInt8(ascii: "{") else { return false }
      try reader.value(depth: 0)
      return reader.next == nil
    } catch { return false }
  }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { index += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    index += 1
    return true
  }

  private mutating func value(depth: Int) throws(Refused) {
    guard depth < Self.maximumDepth else { throw Refused() }
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): try object(depth: depth)
    case UInt8(ascii: "["): try array(depth: depth)
    case UInt8(ascii: "\""): _ = try string()
    default: try scalar()
    }
    skipBlanks()
  }

  private mutating func object(depth: Int) throws(Refused) {
    index += 1
    skipBlanks()
    if take(UInt8(ascii: "}")) { return }
    // Swift compares strings by canonical equivalence, as does a reader who puts them into a dictionary.
    var names: Set<String> = []
    repeat {
      skipBlanks()
      guard next == UInt8(ascii: "\""), names.insert(try string()).inserted else { throw Refused() }
      skipBlanks()
      guard take(UInt8(ascii: ":")) else { throw Refused() }
      try value(depth: depth + 1)
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw Refused() }
  }

  private mutating func array(depth: Int) throws(Refused) {
    index += 1
    skipBlanks()
    if take(UInt8(ascii: "]")) { return }
    repeat { try value(depth: depth + 1) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw Refused() }
  }

  /// Skips a number or a literal. The decoder checks which ones are valid.
  private mutating func scalar() throws(Refused) {
    let start = index
    while let byte = next, Self.isOfScalar(byte) { index += 1 }
    guard index > start else { throw Refused() }
  }

  private static func isOfScalar(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
  }

  /// Reads a string and undoes its escapes (RFC 8259, section 7).
  private mutating func string() throws(Refused) -> String {
    index += 1
    var text: [UInt8] = []
    while let byte = next {
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += Array(String(try escaped()).utf8)
      case 0..<0x20: throw Refused()
      default: text.append(byte)
      }
    }
    throw Refused()
  }

  private mutating func escaped() throws(Refused) -> Unicode.Scalar {
    guard let byte = next else { throw Refused() }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try scalarOfUnits()
    default: throw Refused()
    }
  }

  private mutating func scalarOfUnits() throws(Refused) -> Unicode.Scalar {
    let high = try unit()
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard (0xD800..<0xDC00).contains(high), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
      throw Refused()
    }
    let low = try unit()
    guard (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
    else { throw Refused() }
    return scalar
  }

  private mutating func unit() throws(Refused) -> UInt16 {
    guard index + 4 <= bytes.count else { throw Refused() }
    var value: UInt16 = 0
    for byte in bytes[index..<index + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw Refused() }
      value = value << 4 | UInt16(digit)
    }
    index += 4
    return value
  }
}
