/// How the path of an address is compared with the path of a request.
package enum AddressMatch: String, Codable, Hashable, Sendable, CaseIterable {
  /// The address matches its path and every path below.
  case prefix
  /// The address matches its path and no other.
  case exact
}

/// The part of an address that is compared before queries and methods are looked at.
package struct AddressShape: Hashable, Sendable {
  /// The host, without a port and in lower case.
  package let host: String
  package let path: AddressPattern
  package let match: AddressMatch
}

/// The part of an address that identifies a widget or an endpoint: its shape, and its query parameters, each of
/// which a request must have exactly once.
package struct AddressKey: Hashable, Sendable {
  package let shape: AddressShape
  package let query: AddressQuery

  /// Whether one request could match both keys: they have the same shape, and no parameter distinguishes
  /// them.
  package func isAmbiguous(with other: AddressKey) -> Bool {
    shape == other.shape
      && query.parameters.allSatisfy { mine in
        other.query.parameters.allSatisfy { $0.name != mine.name || $0.value == mine.value }
      }
  }
}

/// The requests that belong to a widget or an endpoint: those to its address, with one of its methods.
package struct AddressClaim: Hashable, Sendable {
  package let key: AddressKey
  /// The methods that an endpoint takes; nil for a widget, which takes every method.
  package let methods: Set<HTTPMethod>?

  package init(key: AddressKey, methods: Set<HTTPMethod>?) {
    self.key = key
    self.methods = methods
  }

  func takes(_ method: HTTPMethod) -> Bool { methods?.contains(method.asAsked) ?? true }

  /// Whether one request could belong to both claims.
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
