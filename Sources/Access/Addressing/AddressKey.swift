/// Which paths an address means.
package enum AddressMatch: String, Codable, Hashable, Sendable, CaseIterable {
  /// Its path and all below.
  case prefix
  /// Its path and no other.
  case exact
}

/// What tells the places of addresses apart before queries and methods are looked at.
package struct AddressShape: Hashable, Sendable {
  /// Without port, in lower case.
  package let host: String
  package let path: AddressPattern
  package let match: AddressMatch
}

/// What of an address identifies a widget or an endpoint: the shape, and the query parameters, each exactly once.
package struct AddressKey: Hashable, Sendable {
  package let shape: AddressShape
  package let query: AddressQuery

  /// Whether one request could mean both: they have one shape, and no parameter tells them apart.
  package func isAmbiguous(with other: AddressKey) -> Bool {
    shape == other.shape
      && query.parameters.allSatisfy { mine in
        other.query.parameters.allSatisfy { $0.name != mine.name || $0.value == mine.value }
      }
  }
}

/// The requests that a widget or an endpoint is meant by: those to an address, with some methods.
package struct AddressClaim: Hashable, Sendable {
  package let key: AddressKey
  /// Nil: every method, as of a widget.
  package let methods: Set<HTTPMethod>?

  package init(key: AddressKey, methods: Set<HTTPMethod>?) {
    self.key = key
    self.methods = methods
  }

  func takes(_ method: HTTPMethod) -> Bool { methods?.contains(method.asAsked) ?? true }

  /// Whether one request could mean both.
  package func isAmbiguous(with other: AddressClaim) -> Bool {
    guard key.isAmbiguous(with: other.key) else { return false }
    guard let methods, let others = other.methods else { return true }
    return !Set(methods.map(\.asAsked)).isDisjoint(with: others.map(\.asAsked))
  }
}

extension Widget {
  package var claim: AddressClaim { AddressClaim(key: address.key, methods: nil) }
}

extension Endpoint {
  package var claim: AddressClaim { AddressClaim(key: address.key(match), methods: methods) }
}
