/// Makes nodes of events, one entry of a file at a time. Depth and size are limited.
final class Composer {
  /// The deepest nesting that a file may have. An item of a grant is at depth 7.
  static let maximumDepth = 16
  /// The most nodes that one entry may have.
  static let maximumNodeCount = 1_000_000

  private let events: any FileEvents
  private let problems: Problems
  private let maximumDepth: Int
  private var depth = 0
  private var nodeCount = 0

  init(_ events: any FileEvents, _ problems: Problems, maximumDepth: Int = Composer.maximumDepth) {
    self.events = events
    self.problems = problems
    self.maximumDepth = maximumDepth
  }

  typealias Piece = (event: FileEvent, position: FilePosition)

  func next() throws(SyntaxError) -> Piece { try events.next() }

  /// Reads the whole entry that begins with a piece.
  func entry(_ first: Piece) throws(SyntaxError) -> Node {
    nodeCount = 0
    return try node(first)
  }

  /// Reads the members of a mapping up to its end. The mapping has begun already. `body` receives each key
  /// and the first piece of its value, and reads the value.
  func members(
    of start: FilePosition,
    _ body: (_ key: String, _ position: FilePosition, _ value: Piece) throws(SyntaxError) -> Void
  ) throws(SyntaxError) {
    try deeper(at: start)
    var seen: [String: FilePosition] = [:]
    while true {
      let piece = try next()
      if case .mappingEnd = piece.event { break }
      guard let key = try key(piece) else {
        _ = try node(try next())
        continue
      }
      note(key, at: piece.position, &seen)
      try body(key, piece.position, try next())
    }
    depth -= 1
  }

  /// Reads the elements of a sequence up to its end. The sequence has begun already.
  func elements(of start: FilePosition, _ body: (Piece) throws(SyntaxError) -> Void) throws(SyntaxError) {
    try deeper(at: start)
    while true {
      let piece = try next()
      if case .sequenceEnd = piece.event { break }
      try body(piece)
    }
    depth -= 1
  }

  /// Skips a value without keeping any of it.
  func skip(_ first: Piece) throws(SyntaxError) {
    var open = 0
    var piece = first
    while true {
      switch piece.event {
      case .mappingStart, .sequenceStart:
        open += 1
        guard depth + open <= maximumDepth else {
          throw SyntaxError("this nests deeper than \(maximumDepth) levels", at: piece.position)
        }
      case .mappingEnd, .sequenceEnd: open -= 1
      case .end: throw SyntaxError("a value is missing", at: piece.position)
      case .scalar: break
      }
      if open <= 0 { return }
      piece = try next()
    }
  }

  private func node(_ first: Piece) throws(SyntaxError) -> Node {
    nodeCount += 1
    guard nodeCount <= Self.maximumNodeCount else {
      throw SyntaxError("this entry has more than \(Self.maximumNodeCount) parts", at: first.position)
    }
    switch first.event {
    case .scalar(let scalar): return Node(position: first.position, content: .scalar(scalar))
    case .sequenceStart:
      var nodes: [Node] = []
      try elements(of: first.position) { (piece) throws(SyntaxError) in nodes.append(try node(piece)) }
      return Node(position: first.position, content: .sequence(nodes))
    case .mappingStart:
      var pairs: [Node.Member] = []
      try members(of: first.position) { (key, position, piece) throws(SyntaxError) in
        pairs.append(Node.Member(key: key, keyPosition: position, value: try node(piece)))
      }
      return Node(position: first.position, content: .mapping(pairs))
    case .sequenceEnd, .mappingEnd, .end: throw SyntaxError("a value is missing", at: first.position)
    }
  }

  /// The text of a key. Where the key is no text, the result is nil and a problem is reported.
  private func key(_ piece: Piece) throws(SyntaxError) -> String? {
    if case .scalar(let scalar) = piece.event { return scalar.text }
    problems.add("a key must be a word", at: piece.position)
    _ = try node(piece)
    return nil
  }

  private func note(_ key: String, at position: FilePosition, _ seen: inout [String: FilePosition]) {
    if let first = seen[key] {
      problems.add(
        "the key \(shown(key)) is there twice", at: position, hint: "it stands at \(first) already")
    } else {
      seen[key] = position
    }
  }

  private func deeper(at position: FilePosition) throws(SyntaxError) {
    guard depth < maximumDepth else {
      throw SyntaxError("this nests deeper than \(maximumDepth) levels", at: position)
    }
    depth += 1
  }
}
