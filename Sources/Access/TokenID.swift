/// The secret that stands for a token's user when a widget or the API is called.
///
/// A Token ID is `pst_`, 32 base62 characters, and the CRC-32 (zlib's) of those 36 characters as 6 base62
/// digits, most significant first, zero-padded. It needs no escaping in a URL, a double click selects the
/// whole of it, and a typing error is refused before any look-up.
///
/// Only ``revealed`` gives the text; printing, interpolating or dumping a Token ID shows the mask.
package struct TokenID: Hashable, Sendable {
  package static let prefix = "pst_"
  static let bodyCount = 32
  static let checksumCount = 6
  /// The number of characters of a whole Token ID.
  package static let characterCount = 4 + bodyCount + checksumCount

  private let text: String

  /// Reads a Token ID. The caller removes white space around the text first.
  package init(_ raw: some StringProtocol) throws(TokenIDProblem) { try self.init(text: String(raw)) }

  /// This initializer is not generic, so that callers in other modules don't run unspecialized code.
  private init(text raw: String) throws(TokenIDProblem) {
    guard raw.hasPrefix(Self.prefix) else { throw .prefix }
    guard raw.utf8.count == Self.characterCount else { throw .length(raw.utf8.count) }
    let rest = raw.utf8.dropFirst(4)
    guard rest.allSatisfy({ Base62.value(of: $0) != nil }) else { throw .character }
    let signed = raw.utf8.dropLast(Self.checksumCount)
    guard
      Array(raw.utf8.suffix(Self.checksumCount)) == Base62.digits(CRC32.of(signed), count: Self.checksumCount)
    else { throw .checksum }
    text = raw
  }

  private init(unchecked text: String) { self.text = text }

  /// Makes a new Token ID, from the operating system's random numbers unless the caller gives others. 32
  /// characters out of 62 hold 190 bits.
  package static func generate(using generator: inout some RandomNumberGenerator) -> TokenID {
    var bytes = Array(prefix.utf8)
    for _ in 0..<bodyCount { bytes.append(Base62.alphabet[Int.random(in: 0..<62, using: &generator)]) }
    bytes += Base62.digits(CRC32.of(bytes), count: checksumCount)
    return TokenID(unchecked: String(decoding: bytes, as: UTF8.self))
  }

  package static func generate() -> TokenID {
    var generator = SystemRandomNumberGenerator()
    return generate(using: &generator)
  }

  /// The Token ID in the clear. Use it only where a person asked to see or copy the Token ID, and to hash or
  /// seal it.
  package var revealed: String { text }

  /// Whether a text contains what could be a Token ID. The form alone counts, and not the checksum: a Token
  /// ID with a typing error could be corrected, so it is a secret as well.
  package static func isContained(in text: some StringProtocol) -> Bool {
    var bytes = Substring(text).utf8[...]
    while bytes.count >= characterCount {
      if bytes.starts(with: prefix.utf8),
        bytes.dropFirst(4).prefix(characterCount - 4).allSatisfy({ Base62.value(of: $0) != nil })
      {
        return true
      }
      bytes = bytes.dropFirst()
    }
    return false
  }

  /// The first characters after `pst_`, by which a person recognizes the Token ID.
  package var hint: TokenHint { TokenHint(unchecked: String(text.dropFirst(4).prefix(TokenHint.count))) }
}

extension TokenID: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { hint.masked }
  package var debugDescription: String { hint.masked }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// The three characters after `pst_`. They are kept in the clear, so that lists can show `pst_7Hq…` without
/// any key; 172 unknown bits remain.
package struct TokenHint: RawRepresentable, Codable, Hashable, Sendable {
  static let count = 3
  package let rawValue: String

  package init?(rawValue: String) {
    guard rawValue.utf8.count == Self.count, rawValue.utf8.allSatisfy({ Base62.value(of: $0) != nil })
    else { return nil }
    self.rawValue = rawValue
  }

  fileprivate init(unchecked: String) { rawValue = unchecked }

  /// The hint in the form `pst_7Hq…`.
  package var masked: String { TokenID.prefix + rawValue + "…" }
}

/// The reason why a text is not a Token ID. The reason never holds the text.
package enum TokenIDProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case prefix
  /// The text has this number of bytes.
  case length(Int)
  case character
  case checksum

  package var description: String {
    switch self {
    case .prefix: "this is no Token ID: it does not begin with pst_"
    case .length(let count):
      "this is no Token ID: it has \(count) characters instead of \(TokenID.characterCount)"
    case .character: "this is no Token ID: it has characters beyond 0-9, A-Z and a-z"
    case .checksum: "this Token ID has a typo: its checksum is wrong"
    }
  }
}

enum Base62 {
  static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  static func value(of byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x5A: UInt32(byte - 0x41) + 10
    case 0x61...0x7A: UInt32(byte - 0x61) + 36
    default: nil
    }
  }

  /// The digits of a value, most significant first, zero-padded.
  static func digits(_ value: UInt32, count: Int) -> [UInt8] {
    var digits = Array(repeating: alphabet[0], count: count)
    var rest = value
    for index in digits.indices.reversed() {
      digits[index] = alphabet[Int(rest % 62)]
      rest /= 62
    }
    return digits
  }
}

/// CRC-32 as zlib and PNG use it (polynomial 0xEDB88320, reflected, inverted; RFC 1952, section 8).
enum CRC32 {
  static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
