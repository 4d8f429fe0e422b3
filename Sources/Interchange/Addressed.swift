import Access

/// A widget or an endpoint with the requests that its address claims.
struct Addressed {
  let label: String
  /// The place in the file; nil for an entry that is in the store only.
  let position: FilePosition?
  let claim: AddressClaim

  init(_ entry: WidgetEntry) {
    label = "widget \(shown(entry.named.name.text))"
    position = entry.address.position
    claim = AddressClaim(key: entry.address.value.key, methods: nil)
  }

  init(_ entry: EndpointEntry) {
    label = "endpoint \(shown(entry.named.name.text))"
    position = entry.address.position
    claim = AddressClaim(key: entry.address.value.key(entry.match), methods: entry.methods)
  }

  init(_ widget: Widget) {
    label = "widget \(shown(widget.name.text))"
    (position, claim) = (nil, widget.claim)
  }

  init(_ endpoint: Endpoint) {
    label = "endpoint \(shown(endpoint.name.text))"
    (position, claim) = (nil, endpoint.claim)
  }

  /// The shape of the address. Two entries that one request could equally mean have the same shape.
  var shape: AddressShape { claim.key.shape }

  /// Reports each entry for which a request exists that could equally mean an entry before it.
  static func reportAmbiguous(_ all: [Addressed], _ problems: Problems) {
    for group in Dictionary(grouping: all, by: \.shape).values where group.count > 1 {
      for (index, one) in group.enumerated() {
        let other = group[..<index].first { $0.claim.isAmbiguous(with: one.claim) }
        guard let other, let position = one.position ?? other.position else { continue }
        problems.add(
          "a request could mean the \(one.label) as well as the \(other.label)", at: position,
          hint: "give them addresses that differ in host, path, match or the value of a query parameter")
      }
    }
  }
}
