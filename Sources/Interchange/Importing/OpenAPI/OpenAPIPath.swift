import Access

/// The path of a document, made fit for an address.
struct OpenAPIPath {
  /// The path for the address. Characters that an address can't have are percent-encoded, as clients send
  /// them. In the names of parameters they become `_`.
  let text: String

  /// The name of the path's list: the path as it is written. Where this is too long for a name, the names of
  /// the parameters are left out.
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

  /// A path that matches everything that this path could match, for a path that can't be an address itself.
  /// It has no fragment, because clients never send one, and one parameter in place of each segment that
  /// can't be in an address.
  var wider: String {
    let path = text.prefix { $0 != "#" }
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      (try? AddressTemplate("https://h/\(segment)")) == nil ? "{parameters}" : String(segment)
    }
    return segments.joined(separator: "/")
  }
}
