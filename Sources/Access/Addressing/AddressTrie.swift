/// The shapes of one host's addresses, as a tree of segments. A lookup finds the shapes that match a request,
/// the most specific first (`security-file.md`, Addresses).
///
/// A lookup visits only the nodes that match the request, and each of them at most once.
struct AddressTrie: Sendable {
  /// The greatest number of nodes, frames and ends that one lookup visits. A real catalogue needs a few for
  /// each segment; only a catalogue that was made to be slow needs more.
  static let maximumStepCount = 4_096

  private struct Node: Sendable {
    var literals: [ArraySlice<UInt8>: Int] = [:]
    /// The children whose segments have a parameter between literals, the most specific lengths first.
    var framed: [Framed] = []
    var parameter: Int?
    var ends: [End: AddressEnd] = [:]
  }

  /// The children whose parameters stand between literals of these lengths.
  private struct Framed: Sendable {
    let before: Int
    let after: Int
    var children: [ParameterFrame: Int] = [:]

    /// Whether these children are more specific: more literal bytes count first, then more of them before the
    /// parameter.
    func goes(before other: Framed) -> Bool {
      (before + after, before) > (other.before + other.after, other.before)
    }

    func child(_ segment: ArraySlice<UInt8>) -> Int? {
      guard segment.count > before + after else { return nil }
      return children[ParameterFrame(before: segment.prefix(before), after: segment.suffix(after))]
    }
  }

  private struct End: Hashable {
    let match: AddressMatch
    let isBehindSlash: Bool
  }

  private enum Step {
    case node(Int, depth: Int)
    case end(Int, End)
  }

  enum Found: Equatable, Sendable {
    /// The numbers of the entries at the most specific matching place; none where nothing matches.
    case places([Int])
    /// Too many places match to look through them all.
    case tooMany
    /// An application might find a more specific entry in the request, and popsec can't tell whether it does.
    case doubtful
  }

  private var nodes = [Node()]

  mutating func insert(_ key: AddressKey, number: Int) {
    var node = 0
    for segment in key.shape.path.segments { node = child(of: node, segment) }
    let end = End(match: key.shape.match, isBehindSlash: key.shape.path.endsAtSlash)
    nodes[node].ends[end, default: AddressEnd()].insert(key.query, number: number)
  }

  private mutating func child(of node: Int, _ segment: AddressPattern.Segment) -> Int {
    let next = nodes.count
    let child: Int
    switch segment {
    case .literal(let bytes):
      child = nodes[node].literals[bytes] ?? next
      nodes[node].literals[bytes] = child
    case .parameter(let frame) where frame.isEmpty:
      child = nodes[node].parameter ?? next
      nodes[node].parameter = child
    case .parameter(let frame): child = self.child(of: node, frame) ?? next
    }
    if child == next { nodes.append(Node()) }
    return child
  }

  /// The child for this frame; nil where the child is new, and will be the next node.
  private mutating func child(of node: Int, _ frame: ParameterFrame) -> Int? {
    let (before, after) = (frame.before.count, frame.after.count)
    if let index = nodes[node].framed.firstIndex(where: { $0.before == before && $0.after == after }) {
      if let known = nodes[node].framed[index].children[frame] { return known }
      nodes[node].framed[index].children[frame] = nodes.count
      return nil
    }
    let new = Framed(before: before, after: after, children: [frame: nodes.count])
    let index = nodes[node].framed.firstIndex { new.goes(before: $0) } ?? nodes[node].framed.endIndex
    nodes[node].framed.insert(new, at: index)
    return nil
  }

  func find(_ request: RequestedAddress) -> Found {
    let segments = request.path.segments
    var query = RequestedQuery(request.query)
    // The nodes that are still to be visited, the most specific last.
    var steps = [Step.node(0, depth: 0)]
    var count = 0
    while let step = steps.popLast() {
      switch step {
      case .node(let index, let depth):
        let node = nodes[index]
        count += 1
        if depth < segments.count {
          push(.prefix, isBehindSlash: false, of: index, onto: &steps)
          push(.prefix, isBehindSlash: true, of: index, onto: &steps)
          if let parameter = node.parameter { steps.append(.node(parameter, depth: depth + 1)) }
          for framed in node.framed.reversed() {
            count += 1
            if let child = framed.child(segments[depth]) { steps.append(.node(child, depth: depth + 1)) }
          }
          if let child = node.literals[segments[depth]] { steps.append(.node(child, depth: depth + 1)) }
        } else {
          push(.prefix, isBehindSlash: false, of: index, onto: &steps)
          if request.path.endsAtSlash { push(.prefix, isBehindSlash: true, of: index, onto: &steps) }
          push(.exact, isBehindSlash: request.path.endsAtSlash, of: index, onto: &steps)
        }
      case .end(let index, let end):
        guard let places = nodes[index].ends[end] else { continue }
        count += places.groupCount
        switch places.find(&query) {
        case .doubtful: return .doubtful
        case .places(let found): if !found.isEmpty { return .places(found) }
        }
      }
      guard count <= Self.maximumStepCount else { return .tooMany }
    }
    return .places([])
  }

  private func push(_ match: AddressMatch, isBehindSlash: Bool, of node: Int, onto steps: inout [Step]) {
    let end = End(match: match, isBehindSlash: isBehindSlash)
    if nodes[node].ends[end] != nil { steps.append(.end(node, end)) }
  }
}
