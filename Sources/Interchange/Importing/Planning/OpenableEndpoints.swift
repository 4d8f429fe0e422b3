import Access

/// Finds the endpoints that might match requests for an operation, without a look at every endpoint. It
/// compares the number of segments and one place of the path: an endpoint is a candidate where this place has
/// the same text as the operation's, or a parameter.
struct OpenableEndpoints {
  private struct Extent: Hashable {
    let extent: [String]
    let method: HTTPMethod
  }

  private struct Bucket {
    var all: [Int] = []
    var byLiteral: [Int: [ArraySlice<UInt8>: [Int]]] = [:]
    /// The endpoints with a parameter in a place.
    var byParameter: [Int: [Int]] = [:]

    func count(_ literal: ArraySlice<UInt8>, in place: Int) -> Int {
      (byLiteral[place]?[literal]?.count ?? 0) + (byParameter[place]?.count ?? 0)
    }
  }

  private var buckets: [Extent: Bucket] = [:]

  init(_ entries: [EndpointEntry]) {
    // Only addresses with parameters are entered. An address without parameters matches one request only, and
    // goes before all others that match it.
    for (index, entry) in entries.enumerated() where !entry.address.value.parameters.isEmpty {
      for method in entry.methods { add(index, entry.address.value, method) }
    }
  }

  private mutating func add(_ index: Int, _ address: AddressTemplate, _ method: HTTPMethod) {
    let literals = address.literals
    let extent = Extent(extent: address.extent, method: method.asAsked)
    buckets[extent, default: Bucket()].all.append(index)
    for place in 0..<address.segmentCount {
      if let literal = literals[place] {
        buckets[extent]?.byLiteral[place, default: [:]][literal, default: []].append(index)
      } else {
        buckets[extent]?.byParameter[place, default: []].append(index)
      }
    }
  }

  /// The places of the candidates among the entries. The candidates may include endpoints that do not match.
  func candidates(for operation: LeftOutOperation) -> [Int] {
    let extent = Extent(extent: operation.address.extent, method: operation.method)
    guard let bucket = buckets[extent] else { return [] }
    let choices = operation.address.literals.map { place, literal in
      (place, literal, count: bucket.count(literal, in: place))
    }
    guard let (place, literal, _) = choices.min(by: { ($0.count, $0.0) < ($1.count, $1.0) }) else {
      return bucket.all
    }
    return (bucket.byLiteral[place]?[literal] ?? []) + (bucket.byParameter[place] ?? [])
  }
}
