/// The place of a request in a distributed trace, by the header `traceparent` (W3C Trace Context, section 3.2). The
/// header comes from anybody, and nothing rests on it.
package struct TraceParent: Hashable, Sendable, CustomStringConvertible {
  static let header = "traceparent"

  /// The fields of version 00: version, trace id, parent id and flags, in lower case.
  package let description: String

  private static let byteCount = 55
  private static let fields = [2, 32, 16, 2]

  /// Fails for a value that the recommendation calls invalid. Of a later version the fields of version 00 are taken.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= Self.byteCount else { return nil }
    let hyphen = UInt8(ascii: "-")
    let fields = bytes[..<Self.byteCount].split(separator: hyphen, omittingEmptySubsequences: false)
    guard fields.map(\.count) == Self.fields, fields.allSatisfy({ $0.allSatisfy(Self.isHex) }) else {
      return nil
    }
    let (version, rest) = (fields[0], bytes[Self.byteCount...])
    guard !version.elementsEqual("ff".utf8), rest.isEmpty || rest.first == hyphen,
      !version.elementsEqual("00".utf8) || rest.isEmpty
    else { return nil }
    guard [fields[1], fields[2]].allSatisfy({ $0.contains { $0 != UInt8(ascii: "0") } }) else { return nil }
    description = String(decoding: bytes[..<Self.byteCount], as: UTF8.self)
  }

  /// The place that a request names; nil where it names none, an invalid one, or several.
  init?(_ raw: RawRequest) {
    let values = raw.all(Self.header)
    guard values.count == 1 else { return nil }
    self.init(String(values[0].trimmed))
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
