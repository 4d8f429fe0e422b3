import Access

extension Decoder {
  /// Those of a membership, a role or a grant. An end that is not after the beginning is a problem.
  func bounds(from: Node?, until: Node?) -> Bounds {
    let (start, end) = (from.flatMap(instant), until.flatMap(instant))
    guard let node = until ?? from else { return .always }
    return ordered(start, end, at: node) ?? .always
  }

  /// Nil, and a problem, where the end is not later than the beginning.
  @discardableResult
  func ordered(_ from: Timestamp?, _ until: Timestamp?, at node: Node) -> Bounds? {
    do { return try Bounds(from: from, until: until) } catch {
      problems.add(error.description, at: node.position, hint: "an end must be later than the beginning")
      return nil
    }
  }

  /// Nil, and a problem, where the text is no instant of whole seconds.
  func instant(_ node: Node) -> Timestamp? {
    guard let text = text(node, "an instant") else { return nil }
    if let instant = Timestamp(text), !text.contains(".") { return instant }
    problems.add(
      "\(shown(text)) is no instant of whole seconds", at: node.position,
      hint: "write it as 2027-02-01T00:00:00Z, or as a day, which means its first second in UTC")
    return nil
  }
}
