/// Refuses dangerous XML before a parser sees it: a DOCTYPE, because of what entities can do, and tags so
/// long that libxml2 takes minutes over their attributes. The guard reads the text once, and keeps nothing of
/// it.
struct XMLGuard {
  /// The most bytes between `<` and `>`.
  static let maximumTagByteCount = 65_536

  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func check() throws(SyntaxError) {
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<") else {
        index += 1
        continue
      }
      if stands("<!--") {
        pass("-->")
      } else if stands("<![CDATA[") {
        pass("]]>")
      } else if stands("<?") {
        try checkEncoding()
        pass("?>")
      } else if stands("<!") {
        throw SyntaxError(
          "a document type (DOCTYPE) is not read", at: position,
          hint: "metadata of OData has none: take it out", isAlone: true)
      } else {
        try passTag()
      }
    }
  }

  /// Passes the rest of a tag, up to the `>` that stands outside quotes.
  private mutating func passTag() throws(SyntaxError) {
    let start = index
    var quote: UInt8?
    while index < bytes.count {
      let byte = bytes[index]
      if byte == quote {
        quote = nil
      } else if quote == nil {
        if byte == UInt8(ascii: ">") { return }
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
      }
      index += 1
      guard index - start <= Self.maximumTagByteCount else {
        throw SyntaxError(
          "this tag has more than \(Self.maximumTagByteCount) bytes",
          at: FilePosition(ofByte: start, in: bytes), isAlone: true)
      }
    }
  }

  /// Refuses an XML declaration with an encoding that this text can't have. UTF-16 is allowed, because such a
  /// text was converted to UTF-8 before.
  private func checkEncoding() throws(SyntaxError) {
    guard index == 0, stands("<?xml") else { return }
    let declaration = String(decoding: bytes.prefix(200).prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
    guard let start = declaration.firstRange(of: "encoding")?.upperBound else { return }
    let quoted = declaration[start...].drop { $0 != "\"" && $0 != "'" }.dropFirst()
    let name = quoted.prefix { $0 != "\"" && $0 != "'" }.lowercased()
    guard ["utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be"].contains(name) else {
      throw SyntaxError(
        "the document is declared to be in another encoding than UTF-8", at: .start, hint: "save it as UTF-8",
        isAlone: true)
    }
  }

  private func stands(_ text: StaticString) -> Bool {
    guard index + text.utf8CodeUnitCount <= bytes.count else { return false }
    for offset in 0..<text.utf8CodeUnitCount where bytes[index + offset] != text.utf8Start[offset] {
      return false
    }
    return true
  }

  private mutating func pass(_ end: StaticString) {
    while index < bytes.count, !stands(end) { index += 1 }
  }

  private var position: FilePosition { FilePosition(ofByte: index, in: bytes) }
}
