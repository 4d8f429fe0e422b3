/// Converts the bytes of a document to UTF-8. Documents may be in UTF-16, because Windows' shells and Excel
/// write this as “Unicode”.
enum ImportText {
  /// The most bytes that a document may have. The metadata of large ERP systems takes some 20 MB.
  static let maximumByteCount = 64 << 20
  /// The number of bytes that are looked at to guess the format of a document.
  static let guessedByteCount = 8_192

  /// The text in UTF-8, without a byte order mark. A text in UTF-16 is recognized by its byte order mark.
  static func utf8(_ bytes: [UInt8]) throws(SyntaxError) -> [UInt8] {
    guard bytes.count <= maximumByteCount else {
      throw SyntaxError(
        "the document has more than \(maximumByteCount) bytes", at: .start,
        hint: "is it what the service publishes about itself?")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes[3...]) }
    if bytes.starts(with: [0xFF, 0xFE]) { return try decoded(bytes, lowFirst: true) }
    if bytes.starts(with: [0xFE, 0xFF]) { return try decoded(bytes, lowFirst: false) }
    if bytes.prefix(4).contains(0) {
      throw SyntaxError(
        "the document is not in UTF-8", at: .start, hint: "save it as UTF-8, or as UTF-16 with a mark")
    }
    return bytes
  }

  private static func decoded(_ bytes: [UInt8], lowFirst: Bool) throws(SyntaxError) -> [UInt8] {
    let units = stride(from: 2, to: bytes.count - 1, by: 2).lazy.map { index in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return lowFirst ? second << 8 | first : first << 8 | second
    }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 2)
    let isBroken = transcode(
      units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true
    ) { text.append($0) }
    guard !isBroken, bytes.count.isMultiple(of: 2) else {
      let position = text.withUnsafeBufferPointer { FilePosition(ofByte: $0.count, in: $0) }
      throw SyntaxError("not valid UTF-16 text", at: position, hint: "save it as UTF-8")
    }
    return text
  }
}
