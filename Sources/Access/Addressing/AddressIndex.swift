/// Finds the widget or endpoint that a request means. A lookup costs what fits the request's path, segment by
/// segment, however many entries there are.
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
    /// Two that the request could equally mean, or more than can be looked through, or one that an application might
    /// read in a doubled parameter: nobody may guess.
    case several
  }

  private let places: [Place]
  /// By host.
  private let tries: [String: AddressTrie]

  package init(_ places: some Sequence<Place>) {
    self.places = Array(places)
    var tries: [String: AddressTrie] = [:]
    for (number, place) in self.places.enumerated() {
      tries[place.claim.key.shape.host, default: AddressTrie()].insert(place.claim.key, number: number)
    }
    self.tries = tries
  }

  /// The entry with the most specific address of those that the request could mean. Of endpoints that differ in
  /// method alone it is the one that takes the method; where none does, the first of them, for the decision to
  /// say so.
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

/// What has an address.
package enum AddressedThing: Hashable, Sendable {
  case widget(Widget)
  case endpoint(Endpoint)
}
