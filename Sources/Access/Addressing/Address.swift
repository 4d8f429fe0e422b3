/// The address of a widget: an ``AddressTemplate`` without path parameters, so that a request can be made to it
/// as it stands.
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

  /// By which a request is found to mean it: its path is a prefix.
  package var key: AddressKey { template.key(.prefix) }

  /// The path as it is written, `/` where there is none.
  package var rawPath: String {
    let rest = AddressTemplate.afterScheme(text) ?? ""
    let path = rest.drop { $0 != "/" && $0 != "?" }.prefix { $0 != "?" }
    return path.isEmpty ? "/" : String(path)
  }

  /// The address with a Token ID appended: `?token=` or, where there is a query, `&token=`.
  /// The result is a secret.
  package func revealed(with id: TokenID) -> String {
    let separator = text.contains("?") ? (text.hasSuffix("?") || text.hasSuffix("&") ? "" : "&") : "?"
    return text + separator + "token=" + id.revealed
  }
}

/// Why a text is no address of a widget or endpoint.
package enum AddressProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case tooLong, character, scheme, user, host, fragment, escape, token, tokenID
  /// A request must have each parameter exactly once, so that no request could mean it.
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
