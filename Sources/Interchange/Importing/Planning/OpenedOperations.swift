import Access

/// Leaves out the endpoints that would match requests for operations which are no endpoints. If only
/// `/users/me` were left out, `/users/{id}` would match its requests.
struct OpenedOperations {
  /// The operations that are left out and were not followed up yet.
  private var open: [LeftOutOperation]

  init(_ leftOut: [LeftOutOperation]) { open = leftOut }

  /// The endpoints that open no operation that is left out, and a note for each other endpoint.
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
  /// The operations that the endpoint stands for, which others might open once the endpoint is left out.
  var operations: [LeftOutOperation] {
    methods.map { LeftOutOperation(title: named.name.text, address: address.value, method: $0.asAsked) }
  }
}

extension LeftOutOperation {
  /// Whether a request for this operation would match an endpoint with the other address.
  fileprivate func isOpened(by other: AddressTemplate) -> Bool {
    isWider ? address.overlaps(other) && !other.goes(before: address) : address.goes(before: other)
  }
}
