/// Finds the widget or endpoint that a request means. A lookup costs what the request's path has
/// segments, however many entries there are.
package struct AddressIndex<Entry: Sendable>: Sendable {
  package struct Place: Sendable {
    package let key: AddressKey
    /// Nil: every method, as of a widget.
    package let methods: Set<HTTPMethod>?
    package let entry: Entry

    package init(key: AddressKey, methods: Set<HTTPMethod>?, entry: Entry) {
      self.key = key
      self.methods = methods
      self.entry = entry
    }

    fileprivate func takes(_ method: HTTPMethod) -> Bool { methods?.contains(method.asAsked) ?? true }
  }

  package enum Found: Sendable {
    case one(Entry)
    case none
    /// Two that the request could equally mean: nobody may guess.
    case several
  }

  private struct HostPath: Hashable {
    let host: String
    let path: AddressPath
  }

  private let places: [HostPath: [Place]]

  package init(_ places: some Sequence<Place>) {
    self.places = Dictionary(grouping: places) { HostPath(host: $0.key.host, path: $0.key.path) }
  }

  /// The entry with the longest path of those whose host, path and parameters match. Of endpoints that
  /// differ in method alone it is the one that takes the method; where none does, the first of them, for
  /// the decision to say so.
  package func find(_ request: RequestedAddress, method: HTTPMethod) -> Found {
    for path in request.path.prefixes {
      let matching = (places[HostPath(host: request.host, path: path)] ?? []).filter { place in
        place.key.query.parameters.allSatisfy(request.query.contains(exactlyOnce:))
      }
      guard let first = matching.first else { continue }
      let taking = matching.filter { $0.takes(method) }
      guard taking.count <= 1 else { return .several }
      return .one((taking.first ?? first).entry)
    }
    return .none
  }
}

extension AddressIndex<AddressedThing> {
  package init(widgets: [Widget], endpoints: [Endpoint]) {
    self.init(
      widgets.map { Place(key: $0.address.key, methods: nil, entry: .widget($0)) }
        + endpoints.map { Place(key: $0.address.key, methods: $0.methods, entry: .endpoint($0)) })
  }
}

/// What has an address.
package enum AddressedThing: Hashable, Sendable {
  case widget(Widget)
  case endpoint(Endpoint)
}
