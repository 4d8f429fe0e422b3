import Access

/// Leaves out the endpoints that requests for operations which are no endpoints would find: `/users/{id}` would
/// take those for `/users/me`, were that one left out alone.
struct OpenedOperations {
  /// Those that are left out, before it is seen what this brings.
  private var open: [LeftOutOperation]

  init(_ leftOut: [LeftOutOperation]) { open = leftOut }

  /// The endpoints that open nothing that is left out, and a note of each other one.
  mutating func closing(_ entries: [EndpointEntry]) -> (kept: [EndpointEntry], notes: [ImportNote]) {
    let openable = OpenableEndpoints(entries)
    var (gone, notes): (Set<Int>, [ImportNote]) = ([], [])
    while let operation = open.popLast() {
      for index in openable.candidates(for: operation)
      where operation.isOpened(by: entries[index].address.value) && gone.insert(index).inserted {
        let entry = entries[index]
        notes.append(
          ImportNote(
            "endpoint", entry.named.name.text, "it would open \(shown(operation.title)), which is left out",
            at: entry.named.position))
        open += entry.operations
      }
    }
    return (entries.indices.filter { !gone.contains($0) }.map { entries[$0] }, notes)
  }
}

extension EndpointEntry {
  /// What it would have opened, where it is left out.
  var operations: [LeftOutOperation] {
    methods.map { LeftOutOperation(title: named.name.text, address: address.value, method: $0.asAsked) }
  }
}

extension LeftOutOperation {
  /// Whether a request that means it would find an endpoint of that address.
  fileprivate func isOpened(by other: AddressTemplate) -> Bool {
    isWider ? address.overlaps(other) && !other.goes(before: address) : address.goes(before: other)
  }
}
