import Access

extension Decoder {
  /// The bounds of a membership, a role or a grant. An end that is not later than the beginning is a problem.
  func bounds(from: Node?, until: Node?) -> Bounds {
    let (start, end) = (from.flatMap(instant), until.flatMap(instant))
    guard let node = until ?? from else { return .always }
    return ordered(start, end, at: node) ?? .always
  }

  /// The bounds. Where the end is not later than the beginning, the result is nil and a problem is reported.
  @discardableResult
  func ordered(_ from: Timestamp?, _ until: Timestamp?, at node: Node) -> Bounds? {
    do { return try Bounds(from: from, until: until) } catch {
      problems.add(error.description, at: node.position, hint: "an end must be later than the beginning")
      return nil
    }
  }

  /// The instant that a text names. Where the text is no instant in whole seconds, the result is nil and a
  /// problem is reported.
  func instant(_ node: Node) -> Timestamp? {
    guard let text = text(node, "an instant") else { return nil }
    if let instant = Timestamp(text), !text.contains(".") { return instant }
    problems.add(
      "\(shown(text)) is no instant of whole seconds", at: node.position,
      hint: "write it as 2027-02-01T00:00:00Z, or as a day, which means its first second in UTC")
    return nil
  }
}
