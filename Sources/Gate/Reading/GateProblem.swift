package import Access
internal import Store

/// The reason why a request to the gate could not be decided. Nothing is let through.
package enum GateProblem: Error, Hashable, Sendable {
  /// The peer is not trusted, so its forwarded headers are not believed.
  case untrustedPeer
  /// A header that the dialect needs is missing.
  case missingHeader(String)
  /// A header that must come once came more often.
  case repeatedHeader(String)
  /// Two headers that name the same request's place differ.
  case conflictingHeaders(String, String)
  /// A header with a whole address has one that is not an address of the web.
  case originalURL
  case method
  case address(RequestedAddressProblem)
  /// The request has tokens in two places, or two in one place.
  case severalTokens
  /// A token in the address is written with escapes.
  case escapedToken
  /// A query parameter that narrows a request came more than once.
  case repeatedParameter
  /// The request names several items at once.
  case severalItems
  case body(String)
  /// The body is not declared as JSON.
  case mediaType
  case noSuchPath
  case wrongMethod(allowed: String)
  case tooLarge
  /// The store can't be read.
  case unavailable
  /// A newer popsec has upgraded the store to a version that this gate does not know.
  case newerStore
  /// The store went back to an earlier state, and nobody has confirmed it yet.
  case wentBack
  /// The store's Token IDs are kept under another key than the gate has.
  case otherKeys

  /// The problem as an HTTP status (RFC 9110, section 15).
  package var status: Int {
    switch self {
    case .untrustedPeer: 403
    case .noSuchPath: 404
    case .wrongMethod: 405
    case .tooLarge: 413
    case .unavailable, .newerStore, .wentBack, .otherKeys: 503
    default: 400
    }
  }

  /// Whether tokens were shown in a form that is refused (RFC 6750, section 3.1, `invalid_request`).
  package var isAboutTokens: Bool {
    switch self {
    case .severalTokens, .escapedToken: true
    default: false
    }
  }

  /// The problem in one word, for the header with the reason.
  package var word: String {
    switch self {
    case .untrustedPeer: "untrusted-peer"
    case .missingHeader: "missing-header"
    case .repeatedHeader: "repeated-header"
    case .conflictingHeaders: "conflicting-headers"
    case .originalURL: "bad-address"
    case .method: "bad-method"
    case .address: "bad-address"
    case .severalTokens: "several-tokens"
    case .escapedToken: "escaped-token"
    case .repeatedParameter: "repeated-parameter"
    case .severalItems: "several-items"
    case .body, .mediaType: "bad-body"
    case .noSuchPath: "no-such-path"
    case .wrongMethod: "wrong-method"
    case .tooLarge: "too-large"
    case .unavailable: "unavailable"
    case .newerStore: "newer-store"
    case .wentBack: "store-went-back"
    case .otherKeys: "other-keys"
    }
  }

  /// The problem for people. The text never holds what the request held.
  package var text: String {
    switch self {
    case .untrustedPeer: "this peer is not among those that are trusted"
    case .missingHeader(let name): "the header \(name) is missing"
    case .repeatedHeader(let name): "the header \(name) came more than once"
    case .conflictingHeaders(let first, let second): "the headers \(first) and \(second) do not say the same"
    case .originalURL: "the header \(OriginalURL.header) is no http or https address with a host and a path"
    case .method: "the HTTP method is none"
    case .address(let problem): problem.description
    case .severalTokens: "the request carries more than one token"
    case .escapedToken: "the token in the address is written with escapes"
    case .repeatedParameter: "a query parameter that narrows the request came more than once"
    case .severalItems: "the request names more than one item"
    case .body(let what): what
    case .mediaType: "the request's Content-Type is not application/json in UTF-8"
    case .noSuchPath: "the gate has no such path"
    case .wrongMethod(let allowed): "this path takes \(allowed)"
    case .tooLarge: "the request is too large"
    case .unavailable: "the store can't be asked at the moment"
    case .newerStore:
      "the store was brought up to date by a newer popsec: this gate has to be restarted with that one"
    case .wentBack:
      "the store went back to an earlier state: nothing is let through until somebody has looked (popsec doctor)"
    case .otherKeys: "the gate's keys are another store's: nothing is let through (popsec doctor)"
    }
  }
}

extension GateProblem {
  /// The problem that a thrown error means.
  init(deciding error: any Error) {
    switch error {
    case let problem as GateProblem: self = problem
    case StoreError.newer, StoreError.upgraded: self = .newerStore
    default: self = .unavailable
    }
  }
}
