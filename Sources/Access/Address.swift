/// The address of a widget or endpoint: an absolute `http` or `https` URL in ASCII, of at
/// most 2,000 bytes, without user, token or fragment (RFC 3986).
///
/// What the gate matches of it is told in `security-file.md`, "Addresses".
package struct Address: Hashable, Sendable, CustomStringConvertible {
  package static let maximumByteCount = 2_000
  package let text: String

  package init(_ raw: String) throws(AddressProblem) {
    guard raw.utf8.count <= Self.maximumByteCount else { throw .tooLong }
    guard raw.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) }) else {
      throw .character
    }
    guard let rest = Self.afterScheme(raw) else { throw .scheme }
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !authority.contains("@") else { throw .user }
    guard Self.isHost(authority) else { throw .host }
    guard !raw.contains("#") else { throw .fragment }
    guard Self.hasWholeEscapes(raw) else { throw .escape }
    guard !TokenID.isContained(in: raw) else { throw .tokenID }
    text = raw
    guard !queryNames.contains(where: { $0.lowercased() == "token" }) else { throw .token }
  }

  package var description: String { text }

  /// The names of the query's parameters, as they are written.
  package var queryNames: [Substring] {
    guard let mark = text.firstIndex(of: "?") else { return [] }
    return text[text.index(after: mark)...].split(separator: "&").map { $0.prefix { $0 != "=" } }
  }

  /// The address with a Token ID appended: `?token=` or, where there is a query, `&token=`.
  /// The result is a secret.
  package func revealed(with id: TokenID) -> String {
    let separator = text.contains("?") ? (text.hasSuffix("?") || text.hasSuffix("&") ? "" : "&") : "?"
    return text + separator + "token=" + id.revealed
  }

  private static func afterScheme(_ raw: String) -> Substring? {
    for scheme in ["https://", "http://"] where raw.prefix(scheme.count).lowercased() == scheme {
      return raw.dropFirst(scheme.count)
    }
    return nil
  }

  /// A name or an IPv4 address, or an IPv6 address in brackets, maybe with a port.
  private static func isHost(_ authority: Substring) -> Bool {
    var host = authority
    if let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") {
      guard let port = Int(host[host.index(after: colon)...]), (1...65_535).contains(port) else {
        return false
      }
      host = host[..<colon]
    }
    if host.first == "[", host.last == "]" {
      return host.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
        && host.count > 3
    }
    return !host.isEmpty && host.utf8.count <= 253
      && host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(isLabel)
  }

  private static func isLabel(_ label: Substring) -> Bool {
    (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
      && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }

  private static func hasWholeEscapes(_ raw: String) -> Bool {
    let bytes = Array(raw.utf8)
    return bytes.indices.allSatisfy { index in
      bytes[index] != UInt8(ascii: "%")
        || (index + 2 < bytes.count && isHexDigit(bytes[index + 1]) && isHexDigit(bytes[index + 2]))
    }
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }
}

/// Why a text is no address of a widget or endpoint.
package enum AddressProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case tooLong, character, scheme, user, host, fragment, escape, token, tokenID

  package var description: String {
    switch self {
    case .tooLong: "an address has at most \(Address.maximumByteCount) bytes"
    case .character: "an address has visible ASCII characters only; encode others with %"
    case .scheme: "an address begins with https:// or http://"
    case .user: "an address must not hold a user name or password"
    case .host: "the address has no valid host"
    case .fragment: "an address must not have a # fragment"
    case .escape: "a % in an address is followed by two hexadecimal digits"
    case .token: "an address must not have a token parameter of its own"
    case .tokenID: "an address must not hold a Token ID; addresses are shown to everybody"
    }
  }
}
