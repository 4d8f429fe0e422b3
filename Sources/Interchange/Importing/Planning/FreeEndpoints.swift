import Access
import Store

/// Which endpoints of a document can be, beside those that there are.
struct FreeEndpoints {
  private let present: PresentState
  private let imported: Set<ConnectorID>
  private let names: Set<NameKey>
  private var addressed: [AddressShape: [Addressed]] = [:]
  /// Those whose names others have; where another has the address, requests find that one.
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

  /// The endpoint as it can be; nil, and a note, where another has its name or its address.
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
    // What somebody disabled stays so.
    return EndpointEntry(
      named: entry.named, address: entry.address, match: entry.match, methods: entry.methods,
      connector: entry.connector, list: entry.list, isEnabled: known?.isEnabled ?? entry.isEnabled)
  }
}
