internal import Access
internal import Administration

/// Names in headers: UTF-8, in which all but unreserved characters are percent-encoded (RFC 3986, section
/// 2.3), so that no name contains the separator of names.
enum HeaderText {
  static func encoded(_ text: String) -> String {
    if text.utf8.allSatisfy(isPlain) { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 16)
    append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Names separated by commas. Only whole names are written, as many as the bound has room for.
  static func list(_ names: [String], bound: Int) -> (text: String, isCut: Bool) {
    var bytes: [UInt8] = []
    for name in names {
      let before = bytes.count
      if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
      append(name, to: &bytes)
      if bytes.count > bound {
        bytes.removeLast(bytes.count - before)
        return (String(decoding: bytes, as: UTF8.self), true)
      }
    }
    return (String(decoding: bytes, as: UTF8.self), false)
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    for byte in text.utf8 {
      if isPlain(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
      }
    }
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
    default: false
    }
  }
}
