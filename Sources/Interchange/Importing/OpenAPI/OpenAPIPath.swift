import Access

/// A path as a document writes it, for an address.
struct OpenAPIPath {
  /// What an address must not have as it is stands percent-encoded, as clients send it, and in the names of
  /// parameters as `_`.
  let text: String

  /// What the list of the path is called: the path as it is written, or, where that is too long for a name,
  /// without the names of its parameters.
  let name: String

  init(_ written: String) {
    name = written.count <= Name.maximumCharacterCount ? written : Self.withoutNames(written)
    var text: [UInt8] = []
    var isName = false
    for byte in written.utf8 {
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "/") { isName = byte == UInt8(ascii: "{") }
      if byte == UInt8(ascii: "}") { isName = false }
      if byte > 0x20, byte < 0x7F, !"\"<>\\^`|".utf8.contains(byte), !isName || !"%;".utf8.contains(byte) {
        text.append(byte)
      } else {
        text += isName ? [UInt8(ascii: "_")] : Self.encoded(byte)
      }
    }
    self.text = String(decoding: text, as: UTF8.self)
  }

  private static func withoutNames(_ path: String) -> String {
    var (text, isName) = ("", false)
    for character in path {
      if character == "}" || character == "/" { isName = false }
      if !isName { text.append(character) }
      if character == "{" { isName = true }
    }
    return text
  }

  private static func encoded(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
  }

  /// What means all that the path could mean, where it can be no address itself: without fragment, which is never
  /// sent, and with one parameter in place of each segment that can be none.
  var wider: String {
    let path = text.prefix { $0 != "#" }
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      (try? AddressTemplate("https://h/\(segment)")) == nil ? "{parameters}" : String(segment)
    }
    return segments.joined(separator: "/")
  }
}
