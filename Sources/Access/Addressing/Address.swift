/// The address of a widget or endpoint: an absolute `http` or `https` URL in ASCII, of at
/// most 2,000 bytes, without user, token or fragment (RFC 3986).
///
/// What the gate matches of it is told in `security-file.md`, "Addresses".
package struct Address: Hashable, Sendable, CustomStringConvertible {
  package static let maximumByteCount = 2_000
  package let text: String
  /// By which a request is found to mean it.
  package let key: AddressKey

  package init(_ raw: String) throws(AddressProblem) {
    guard raw.utf8.count <= Self.maximumByteCount else { throw .tooLong }
    guard raw.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) }) else {
      throw .character
    }
    guard let rest = Self.afterScheme(raw) else { throw .scheme }
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !authority.contains("@") else { throw .user }
    guard let host = HostName.withoutPort(authority) else { throw .host }
    guard !raw.contains("#") else { throw .fragment }
    guard !TokenID.isContained(in: raw) else { throw .tokenID }
    let target = rest[authority.endIndex...]
    let rawPath = target.prefix { $0 != "?" }
    let path: AddressPath
    do { path = try AddressPath(rawPath) } catch { throw error == .escape ? .escape : .path(error) }
    guard let query = AddressQuery(target[rawPath.endIndex...].dropFirst()) else { throw .escape }
    guard Set(query.parameters.map(\.name)).count == query.parameters.count else { throw .parameterTwice }
    let texts = [path.bytes] + query.parameters.flatMap { [$0.name, $0.value] }
    guard !texts.contains(where: { TokenID.isContained(in: String(decoding: $0, as: UTF8.self)) }) else {
      throw .tokenID
    }
    let names = query.parameters.map { String(decoding: $0.name, as: UTF8.self).lowercased() }
    guard !names.contains("token") else { throw .token }
    text = raw
    key = AddressKey(host: host, path: path, query: query)
  }

  package var description: String { text }

  /// The path as it is written, `/` where there is none.
  package var rawPath: String {
    let rest = Self.afterScheme(text) ?? ""
    let path = rest.drop { $0 != "/" && $0 != "?" }.prefix { $0 != "?" }
    return path.isEmpty ? "/" : String(path)
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
}

/// Why a text is no address of a widget or endpoint.
package enum AddressProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case tooLong, character, scheme, user, host, fragment, escape, token, tokenID
  /// A request must have each parameter exactly once, so that no request could mean it.
  case parameterTwice
  case path(AddressPathProblem)

  package var description: String {
    switch self {
    case .tooLong: "an address has at most \(Address.maximumByteCount) bytes"
    case .character: "an address has visible ASCII characters only; encode others with %"
    case .scheme: "an address begins with https:// or http://"
    case .user: "an address must not hold a user name or password"
    case .host: "the address has no valid host"
    case .fragment: "an address must not have a # fragment"
    case .escape: "a % in an address is followed by two hexadecimal digits"
    case .parameterTwice: "an address must not have a query parameter twice"
    case .path(let problem): problem.description
    case .token: "an address must not have a token parameter of its own"
    case .tokenID: "an address must not hold a Token ID; addresses are shown to everybody"
    }
  }
}
