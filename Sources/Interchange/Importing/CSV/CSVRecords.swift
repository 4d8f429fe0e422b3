/// Reads the records of a CSV text (RFC 4180) one after the other. The separator is a comma, a semicolon or a
/// tab, whichever is most frequent in the first line.
struct CSVRecords {
  /// The most bytes of a field.
  static let maximumFieldByteCount = 4_096

  private let bytes: UnsafeBufferPointer<UInt8>
  private let separator: UInt8
  private var index = 0
  private var line = 1

  init(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8? = nil) {
    self.bytes = bytes
    self.separator = separator ?? Self.separator(of: bytes)
  }

  /// The fields of the next line that is not empty, with the place of the line; nil at the end.
  mutating func next() throws(SyntaxError) -> (fields: [String], position: FilePosition)? {
    while index < bytes.count, isLineEnd(bytes[index]) { passLineEnd() }
    guard index < bytes.count else { return nil }
    let position = FilePosition(line: line, column: 1)
    var fields = [try field()]
    while index < bytes.count, bytes[index] == separator {
      index += 1
      fields.append(try field())
    }
    if index < bytes.count { passLineEnd() }
    return (fields, position)
  }

  private mutating func field() throws(SyntaxError) -> String {
    guard index < bytes.count, bytes[index] == Self.quote else { return try plainField() }
    let start = FilePosition(line: line, column: 1)
    index += 1
    var field: [UInt8] = []
    while true {
      guard index < bytes.count else {
        throw SyntaxError("a quoted field that begins here has no end", at: start)
      }
      let byte = bytes[index]
      if byte == Self.quote {
        index += 1
        guard index < bytes.count, bytes[index] == Self.quote else { break }
      } else if byte == UInt8(ascii: "\n") {
        line += 1
      }
      index += 1
      field.append(byte)
      guard field.count <= Self.maximumFieldByteCount else { throw tooLong(at: start) }
    }
    guard index == bytes.count || bytes[index] == separator || isLineEnd(bytes[index]) else {
      throw SyntaxError(
        "something follows the closing quote of a field", at: FilePosition(line: line, column: 1),
        hint: "a quote within quotes is written twice")
    }
    return try text(field[...], at: start)
  }

  private mutating func plainField() throws(SyntaxError) -> String {
    let start = index
    let position = FilePosition(line: line, column: 1)
    while index < bytes.count, bytes[index] != separator, !isLineEnd(bytes[index]) {
      guard bytes[index] != Self.quote else {
        throw SyntaxError(
          "a quote within a field that is not quoted", at: position,
          hint: "quote the field, and write it twice")
      }
      index += 1
      guard index - start <= Self.maximumFieldByteCount else { throw tooLong(at: position) }
    }
    return try text(Array(bytes[start..<index])[...], at: position)
  }

  private func text(_ bytes: ArraySlice<UInt8>, at position: FilePosition) throws(SyntaxError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw SyntaxError("not valid UTF-8 text", at: position, hint: "save it as “CSV UTF-8”", isAlone: true)
    }
    return text
  }

  private func tooLong(at position: FilePosition) -> SyntaxError {
    SyntaxError("a field has more than \(Self.maximumFieldByteCount) bytes", at: position)
  }

  private static let quote = UInt8(ascii: "\"")

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

  private mutating func passLineEnd() {
    if bytes[index] == UInt8(ascii: "\r"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") {
      index += 1
    }
    index += 1
    line += 1
  }

  private static func separator(of bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
    let first = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    let counts = candidates.map { candidate in first.count { $0 == candidate } }
    let most = counts.max() ?? 0
    return zip(candidates, counts).first { $0.1 == most }?.0 ?? candidates[0]
  }
}
