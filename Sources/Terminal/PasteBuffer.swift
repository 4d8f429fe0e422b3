/// A pasted text while it comes in, up to the bracket that ends it.
struct PasteBuffer: Sendable {
  private static let end: [UInt8] = Array("\u{1B}[201~".utf8)

  private let limit: Int
  private var kept: [UInt8] = []
  private var isComplete = false

  init(limit: Int) { self.limit = limit }

  /// The text when it is complete. CR and CR LF become newlines, bytes that aren't UTF-8 become U+FFFD, and
  /// what exceeds the limit is dropped.
  var text: String? {
    guard isComplete else { return nil }
    var text = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in String(decoding: kept, as: UTF8.self).unicodeScalars {
      if scalar == "\r" {
        text.append("\n")
      } else if scalar != "\n" || previous != "\r" {
        text.append(scalar)
      }
      previous = scalar
    }
    return String(text)
  }

  /// Completes the text, because no more bytes come.
  mutating func finish() { isComplete = true }

  /// Takes bytes, and returns their number. Bytes that could be the beginning of the end are left.
  mutating func take(_ bytes: ArraySlice<UInt8>) -> Int {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == 0x1B {
        let part = bytes[index...].prefix(Self.end.count)
        if part.elementsEqual(Self.end) {
          isComplete = true
          return index + Self.end.count - bytes.startIndex
        }
        if Self.end.starts(with: part) { break }
      }
      if kept.count < limit { kept.append(bytes[index]) }
      index += 1
    }
    return index - bytes.startIndex
  }
}
