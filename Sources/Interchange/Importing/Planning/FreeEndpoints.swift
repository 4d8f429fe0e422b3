import Access
import Store

/// Finds the endpoints of a document that fit beside the present ones.
struct FreeEndpoints {
  private let present: PresentState
  private let imported: Set<ConnectorID>
  private let names: Set<NameKey>
  private var addressed: [AddressShape: [Addressed]] = [:]
  /// The endpoints left out because another connector has their names. An endpoint left out because of its
  /// address is not here: requests for it find the other endpoint.
  private(set) var leftOut: [LeftOutOperation] = []

  init(
    _ kept: [(endpoint: Endpoint, entry: EndpointEntry)], _ present: PresentState,
    of imported: Set<ConnectorID>
  ) {
    self.present = present
    self.imported = imported
    names = Set(kept.map(\.entry.named.key))
    for one in present.livingWidgets.values.map(Addressed.init) + kept.map({ Addressed($0.endpoint) }) {
      add(one)
    }
  }

  private mutating func add(_ one: Addressed) {
    addressed[one.shape, default: []].append(one)
  }

  /// Takes the endpoint where it fits. Where another one has its name or address, the result is nil and a
  /// note is added.
  mutating func taking(_ entry: EndpointEntry, _ notes: inout [ImportNote]) -> EndpointEntry? {
    let known = present.endpoints[entry.named.key]
    guard !names.contains(entry.named.key), known.map({ imported.contains($0.connector) }) ?? true else {
      notes.append(
        ImportNote(
          "endpoint", entry.named.name.text, "another connector has one of that name; rename it by a mapping",
          at: entry.named.position))
      leftOut += entry.operations
      return nil
    }
    let one = Addressed(entry)
    let others = (addressed[one.shape] ?? []).filter { $0.claim.isAmbiguous(with: one.claim) }
    if let other = others.map(\.label).min() {
      notes.append(
        ImportNote(
          "endpoint", entry.named.name.text, "a request could mean the \(other) as well",
          at: entry.named.position))
      return nil
    }
    add(one)
    // An endpoint that somebody disabled stays disabled.
    return EndpointEntry(
      named: entry.named, address: entry.address, match: entry.match, methods: entry.methods,
      connector: entry.connector, list: entry.list, isEnabled: known?.isEnabled ?? entry.isEnabled)
  }
}
