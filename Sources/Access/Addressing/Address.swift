/// The address of a widget: an ``AddressTemplate`` without path parameters, so that a request can be made to
/// the address as it stands.
package struct Address: Hashable, Sendable, CustomStringConvertible {
  package static let maximumByteCount = AddressTemplate.maximumByteCount
  let template: AddressTemplate

  package init(_ raw: String) throws(AddressProblem) {
    let template = try AddressTemplate(raw)
    guard template.parameters.isEmpty else { throw .parameterOfWidget }
    self.template = template
  }

  package var text: String { template.text }
  package var description: String { text }

  /// The key by which a request to this address is found. The address's path is a prefix of the request's.
  package var key: AddressKey { template.key(.prefix) }

  /// The path as it is written; `/` where the address has no path.
  package var rawPath: String {
    let rest = AddressTemplate.afterScheme(text) ?? ""
    let path = rest.drop { $0 != "/" && $0 != "?" }.prefix { $0 != "?" }
    return path.isEmpty ? "/" : String(path)
  }

  /// The address with a Token ID appended: as `?token=`, or as `&token=` where the address has a query. The
  /// result is a secret.
  package func revealed(with id: TokenID) -> String {
    let separator = text.contains("?") ? (text.hasSuffix("?") || text.hasSuffix("&") ? "" : "&") : "?"
    return text + separator + "token=" + id.revealed
  }
}

/// The reason why a text is not the address of a widget or endpoint.
package enum AddressProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case tooLong, character, scheme, user, host, fragment, escape, token, tokenID
  /// The query has a parameter twice. A request must have each parameter exactly once, so no request could
  /// match.
  case parameterTwice
  /// A `{` or `}` stands outside the path.
  case parameterOutsidePath
  case parameterOfWidget
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
    case .parameterOutsidePath: "only the path of an address may have a {parameter}"
    case .parameterOfWidget: "a widget's address must not have a {parameter}; only an endpoint's may"
    case .path(let problem): problem.description
    case .token: "an address must not have a token parameter of its own"
    case .tokenID: "an address must not hold a Token ID; addresses are shown to everybody"
    }
  }
}
