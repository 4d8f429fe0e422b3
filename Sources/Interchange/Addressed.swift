import Access

/// A widget or an endpoint with what its address identifies it by.
struct Addressed {
  let label: String
  /// Nil for one that is in the store, and not in the file.
  let position: FilePosition?
  let key: AddressKey
  /// Nil: every method, as of a widget.
  let methods: Set<HTTPMethod>?

  init(_ entry: WidgetEntry) {
    label = "widget \(shown(entry.named.name.text))"
    (position, key, methods) = (entry.address.position, entry.address.value.key, nil)
  }

  init(_ entry: EndpointEntry) {
    label = "endpoint \(shown(entry.named.name.text))"
    (position, key, methods) = (entry.address.position, entry.address.value.key, entry.methods)
  }

  init(_ widget: Widget) {
    label = "widget \(shown(widget.name.text))"
    (position, key, methods) = (nil, widget.address.key, nil)
  }

  init(_ endpoint: Endpoint) {
    label = "endpoint \(shown(endpoint.name.text))"
    (position, key, methods) = (nil, endpoint.address.key, endpoint.methods)
  }

  private var hostAndPath: [AnyHashable] { [key.host, key.path] }

  /// Whether one request could mean both.
  func isAmbiguous(with other: Addressed) -> Bool {
    guard key.isAmbiguous(with: other.key) else { return false }
    guard let methods, let others = other.methods else { return true }
    return !Set(methods.map(\.asAsked)).isDisjoint(with: others.map(\.asAsked))
  }

  /// Reports each that a request could mean as well as one before it.
  static func reportAmbiguous(_ all: [Addressed], _ problems: Problems) {
    for group in Dictionary(grouping: all, by: \.hostAndPath).values where group.count > 1 {
      for (index, one) in group.enumerated() {
        let other = group[..<index].first { $0.isAmbiguous(with: one) }
        guard let other, let position = one.position ?? other.position else { continue }
        problems.add(
          "a request could mean the \(one.label) as well as the \(other.label)", at: position,
          hint: "give them addresses that differ in host, path or the value of a query parameter")
      }
    }
  }
}
