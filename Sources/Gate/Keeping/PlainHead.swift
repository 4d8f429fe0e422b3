/// The head of a request in the plainest form of HTTP/1.1, without a body, as proxies send it (RFC 9112, sections 3 and 5).
///
/// The head is only looked through. Whatever is unusual about it, be it allowed or not, is left to the parser of HTTP:
/// then there is no plain head.
struct PlainHead {
  let method: Range<Int>
  let target: Range<Int>
  /// Where the values stand on which answers rest, in the order of ``HeadField/counted``; nil for a header that is absent.
  private(set) var values: [Range<Int>?]

  /// The greatest size, in bytes.
  static let maximumBytes = 16_384
  private static let version = Array(" HTTP/1.1\r\n".utf8)
  private static let (space, colon) = (UInt8(ascii: " "), UInt8(ascii: ":"))
  private static let (carriageReturn, lineFeed) = (UInt8(ascii: "\r"), UInt8(ascii: "\n"))

  /// Fails unless the bytes are one whole plain head and nothing else.
  init?(_ bytes: Span<UInt8>) {
    guard bytes.count <= Self.maximumBytes, let method = Self.method(bytes) else { return nil }
    var index = method.upperBound + 1
    let start = index
    while index < bytes.count, (0x21...0x7E).contains(bytes[index]) { index += 1 }
    guard start < index, bytes[start] == UInt8(ascii: "/"), Self.continues(bytes, index, Self.version) else {
      return nil
    }
    self.method = method
    target = start..<index
    values = Array(repeating: nil, count: HeadField.counted.count)
    index += Self.version.count
    while index < bytes.count, bytes[index] != Self.carriageReturn {
      guard let next = readLine(bytes, index) else { return nil }
      index = next
    }
    guard index + 2 == bytes.count, bytes[index + 1] == Self.lineFeed else { return nil }
  }

  private static func method(_ bytes: Span<UInt8>) -> Range<Int>? {
    HeadField.methods.first { continues(bytes, 0, $0) }.map { 0..<$0.count - 1 }
  }

  private static func continues(_ bytes: Span<UInt8>, _ start: Int, _ expected: [UInt8]) -> Bool {
    guard start + expected.count <= bytes.count else { return false }
    for offset in expected.indices where bytes[start + offset] != expected[offset] { return false }
    return true
  }

  /// Reads one line with a header, and returns the beginning of the next line; nil where the line is not plain.
  private mutating func readLine(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    var index = start
    while index < bytes.count, HeadField.isInName(bytes[index]) { index += 1 }
    let name = start..<index
    guard !name.isEmpty, index + 2 < bytes.count, bytes[index] == Self.colon, bytes[index + 1] == Self.space
    else { return nil }
    index += 2
    let valueStart = index
    while index < bytes.count, HeadField.isInValue(bytes[index]) { index += 1 }
    guard valueStart < index, index + 1 < bytes.count, bytes[index] == Self.carriageReturn,
      bytes[index + 1] == Self.lineFeed, bytes[valueStart] > Self.space, bytes[index - 1] > Self.space,
      enter(bytes, name, valueStart..<index)
    else { return nil }
    return index + 2
  }

  /// Keeps a value on which answers rest. Returns false for a header that changes where the request ends or what becomes
  /// of the connection, and for one that comes twice.
  private mutating func enter(_ bytes: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>) -> Bool {
    if HeadField.framing.contains(where: { Self.isSame(bytes, name, $0) }) { return false }
    guard let place = HeadField.counted.firstIndex(where: { Self.isSame(bytes, name, $0) }) else {
      return true
    }
    guard values[place] == nil else { return false }
    values[place] = value
    return HeadField.harmless[place].map {
      Self.continues(bytes, value.lowerBound, $0) && value.count == $0.count
    } ?? true
  }

  private static func isSame(_ bytes: Span<UInt8>, _ name: Range<Int>, _ lowerCase: [UInt8]) -> Bool {
    guard name.count == lowerCase.count else { return false }
    for offset in lowerCase.indices {
      let byte = bytes[name.lowerBound + offset]
      let isUpperCase = (0x41...0x5A).contains(byte)
      guard (isUpperCase ? byte | 0x20 : byte) == lowerCase[offset] else { return false }
    }
    return true
  }
}

/// The names of headers, in lower case, as a plain head is looked through for them.
enum HeadField {
  /// The headers from which ``Dialect`` and ``Credential`` read what is asked. No other header has a part in an answer
  /// that allows.
  static let counted = [
    "host", "x-original-uri", "x-original-method", "x-original-host", "x-original-url", "x-real-ip",
    "x-forwarded-for", "x-forwarded-uri", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-method",
    "authorization", "x-api-key", "cookie", "connection", "content-length",
  ].map { Array($0.utf8) }

  static let cookie = counted.count - 3

  /// The only plain value of a header that tells where a request ends, or what becomes of the connection.
  static let harmless: [[UInt8]?] =
    Array(repeating: nil, count: counted.count - 2) + ["keep-alive", "0"].map { Array($0.utf8) }

  /// Headers of the same kind that make a head one that is not plain.
  static let framing = [
    "expect", "keep-alive", "proxy-connection", "te", "trailer",
    "transfer-encoding", "upgrade",
  ].map { Array($0.utf8) }

  /// The methods with which proxies ask, each with the space that follows.
  static let methods = ["GET ", "POST ", "PUT ", "PATCH ", "DELETE ", "OPTIONS "].map { Array($0.utf8) }

  /// Whether a byte may stand in a header's name (RFC 9110, section 5.6.2, `tchar`).
  static func isInName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, UInt8(ascii: "-"): true
    case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "~"): true
    default: false
    }
  }

  /// Whether a byte may stand in a header's value; ASCII only, and no tab.
  static func isInValue(_ byte: UInt8) -> Bool { (0x20...0x7E).contains(byte) }
}
