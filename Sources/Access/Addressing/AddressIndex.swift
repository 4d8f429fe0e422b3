/// Finds the widget or endpoint that a request means. The cost of a lookup depends on the segments of the
/// request's path, and not on the number of entries.
package struct AddressIndex<Entry: Sendable>: Sendable {
  package struct Place: Sendable {
    package let claim: AddressClaim
    package let entry: Entry

    package init(_ claim: AddressClaim, entry: Entry) {
      self.claim = claim
      self.entry = entry
    }
  }

  package enum Found: Sendable {
    case one(Entry)
    case none
    /// The request is ambiguous, so that nobody may guess: two entries match equally well, too many entries
    /// would have to be looked through, or an application might find another entry in a doubled parameter.
    case several
  }

  private let places: [Place]
  /// One tree of addresses for each host.
  private let tries: [String: AddressTrie]

  package init(_ places: some Sequence<Place>) {
    self.places = Array(places)
    var tries: [String: AddressTrie] = [:]
    for (number, place) in self.places.enumerated() {
      tries[place.claim.key.shape.host, default: AddressTrie()].insert(place.claim.key, number: number)
    }
    self.tries = tries
  }

  /// Finds the matching entry whose address is the most specific. Where endpoints differ only in their
  /// methods, the one that takes the request's method is found. Where none of them takes the method, the
  /// first is found, so that the decision can name the method as the reason.
  package func find(_ request: RequestedAddress, method: HTTPMethod) -> Found {
    guard let trie = tries[request.host] else { return .none }
    guard case .places(let numbers) = trie.find(request) else { return .several }
    let taking = numbers.filter { places[$0].claim.takes(method) }
    guard taking.count <= 1 else { return .several }
    return (taking.first ?? numbers.first).map { .one(places[$0].entry) } ?? .none
  }
}

extension AddressIndex<AddressedThing> {
  package init(widgets: [Widget], endpoints: [Endpoint]) {
    self.init(
      widgets.map { Place($0.claim, entry: .widget($0)) }
        + endpoints.map { Place($0.claim, entry: .endpoint($0)) })
  }
}

/// A widget or an endpoint: the things that have an address.
package enum AddressedThing: Hashable, Sendable {
  case widget(Widget)
  case endpoint(Endpoint)
}
