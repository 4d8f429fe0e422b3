/// Reads the scalars of a JSON text, and keeps track of the place.
struct JSONScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var line = 1
  private var column = 1
  private let maximumScalarBytes: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, maximumScalarBytes: Int = Scalar.maximumByteCount) {
    self.bytes = bytes
    self.maximumScalarBytes = maximumScalarBytes
  }

  var isAtEnd: Bool { index == bytes.count }
  var peek: UInt8? { index < bytes.count ? bytes[index] : nil }
  var position: FilePosition { FilePosition(line: line, column: column) }

  func error(_ message: String) -> SyntaxError { SyntaxError("not valid JSON: \(message)", at: position) }

  mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D { advance() }
  }

  mutating func skip(_ wanted: Unicode.Scalar) -> Bool {
    guard let byte = peek, UInt32(byte) == wanted.value else { return false }
    advance()
    return true
  }

  mutating func scalar() throws(SyntaxError) -> Scalar {
    if skip("\"") { return Scalar(text: try string(), style: .quoted) }
    let start = index
    while let byte = peek, Self.isLiteral(byte) { advance() }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard text.utf8.count <= maximumScalarBytes else {
      throw SyntaxError.tooLong(at: position, maximum: maximumScalarBytes)
    }
    guard ["true", "false", "null"].contains(text) || Self.isNumber(text) else {
      throw error("a value is expected here")
    }
    return Scalar(text: text, style: .literal)
  }

  /// Reads the rest of a string after its opening quote, up to the closing quote.
  private mutating func string() throws(SyntaxError) -> String {
    if let plain = plainString() { return plain }
    let start = position
    var text: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw error("a control character in a text must be escaped") }
      advance()
      if byte == UInt8(ascii: "\\") {
        text += try escape().utf8
      } else {
        text.append(byte)
      }
      guard text.count <= maximumScalarBytes else {
        throw SyntaxError.tooLong(at: start, maximum: maximumScalarBytes)
      }
    }
    guard skip("\"") else { throw error("the text that begins at \(start) has no end") }
    guard let valid = String(validating: text, as: UTF8.self) else {
      throw SyntaxError("not valid UTF-8 text", at: start)
    }
    return valid
  }

  /// Reads the rest of a string at once, where it is ASCII without escapes, as most are; nil for any other.
  private mutating func plainString() -> String? {
    var end = index
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
      guard (0x20..<0x80).contains(bytes[end]), bytes[end] != UInt8(ascii: "\\") else { return nil }
      end += 1
    }
    guard end < bytes.count, end - index <= maximumScalarBytes else { return nil }
    defer {
      column += end + 1 - index
      index = end + 1
    }
    return String(decoding: UnsafeBufferPointer(rebasing: bytes[index..<end]), as: UTF8.self)
  }

  private mutating func escape() throws(SyntaxError) -> String {
    guard let byte = peek else { throw error("the text has no end") }
    advance()
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return String(Character(try escapedScalar()))
    default: throw error("there is no such escape")
    }
  }

  private mutating func escapedScalar() throws(SyntaxError) -> Unicode.Scalar {
    let first = try fourDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, skip("\\"), skip("u") else { throw error("half of a surrogate pair") }
    let second = try fourDigits()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw error("half of a surrogate pair") }
    return scalar
  }

  private mutating func fourDigits() throws(SyntaxError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("four hexadecimal digits are expected here")
      }
      value = value << 4 + UInt32(digit)
      advance()
    }
    return value
  }

  private mutating func advance() {
    let byte = bytes[index]
    index += 1
    if byte == UInt8(ascii: "\n") {
      (line, column) = (line + 1, 1)
    } else if byte & 0xC0 != 0x80 {
      column += 1
    }
  }

  private static func isLiteral(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || "+-.E".utf8.contains(byte)
  }

  /// Whether a text is a number in the grammar of RFC 8259, section 6.
  private static func isNumber(_ text: String) -> Bool {
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = dropDigits(&rest)
    guard whole > 0, whole == 1 || text.utf8.first(where: { $0 != UInt8(ascii: "-") }) != UInt8(ascii: "0")
    else {
      return false
    }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard dropDigits(&rest) > 0 else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      guard dropDigits(&rest) > 0 else { return false }
    }
    return rest.isEmpty
  }

  private static func dropDigits(_ rest: inout Substring.UTF8View) -> Int {
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    rest = rest.dropFirst(digits.count)
    return digits.count
  }
}
