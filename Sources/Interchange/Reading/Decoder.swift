import Access
import Store

/// Makes checked values of nodes. A wrong node gives nil, and is reported as a problem.
final class Decoder {
  let problems: Problems
  /// What is read, for the message about a Token ID, as in `a security file`.
  private let owner: String
  /// The names that were read before. They are kept because files repeat few names, and normalizing takes
  /// time.
  private var knownNames: [String: (name: Name, key: NameKey)] = [:]
  private static let maximumKnownNames = 50_000

  init(_ problems: Problems, of owner: String = FileKey.owner) {
    self.problems = problems
    self.owner = owner
  }

  /// A text in one line or several. Numbers, booleans and dates without quotes count as text, too.
  func text(_ node: Node, _ what: String) -> String? {
    guard case .scalar(let scalar) = node.content, scalar.style != .literal, !scalar.isNull else {
      wrongType(node, what, "text", hint: quotingHint(node))
      return nil
    }
    if TokenID.isContained(in: scalar.text) {
      problems.add(
        "\(owner) holds no Token ID", at: node.position, hint: "take it out, and revoke its token")
      return nil
    }
    return scalar.text
  }

  func name(_ node: Node?, _ what: String = "a name") -> Named? {
    guard let node, let text = text(node, what) else { return nil }
    if let known = knownNames[text] {
      return Named(name: known.name, key: known.key, position: node.position)
    }
    do {
      let name = try Name(text)
      let key = NameKey(name)
      if knownNames.count >= Self.maximumKnownNames { knownNames.removeAll(keepingCapacity: true) }
      knownNames[text] = (name, key)
      return Named(name: name, key: key, position: node.position)
    } catch {
      problems.add(error.description, at: node.position)
      return nil
    }
  }

  /// Several names, each of which may come once. An absent node has none.
  func names(_ node: Node?, _ what: String, of kind: String) -> [Named] {
    let names = elements(node, what) { name($0, "the name of \(kind)") }
    reportDuplicates(names, kind)
    return names
  }

  func flag(_ node: Node?, _ what: String, default value: Bool) -> Bool {
    guard let node else { return value }
    if case .scalar(let scalar) = node.content, let flag = scalar.boolean { return flag }
    wrongType(node, what, "true or false")
    return value
  }

  func integer(_ node: Node, _ what: String, in range: ClosedRange<Int>) -> Int? {
    guard case .scalar(let scalar) = node.content, scalar.style != .quoted, let value = Int(scalar.text)
    else {
      wrongType(node, what, "a whole number")
      return nil
    }
    guard range.contains(value) else {
      problems.add("\(what) must be from \(range.lowerBound) to \(range.upperBound)", at: node.position)
      return nil
    }
    return value
  }

  /// Checks the version of a file. A file of another version is not read further, because anything in it may be right
  /// in that version.
  func checkVersion(_ node: Node, _ key: String, of what: String, _ known: Int) throws(SyntaxError) {
    guard let version = integer(node, key, in: 0...Int.max), version != known else { return }
    throw SyntaxError(
      "version \(version) of \(what) is unknown", at: node.position,
      hint: "this popsec reads version \(known)",
      isAlone: true)
  }

  /// The values that can be made of the elements of a list. An absent node has none.
  func elements<Value>(_ node: Node?, _ what: String, _ body: (Node) -> Value?) -> [Value] {
    guard let node else { return [] }
    guard case .sequence(let nodes) = node.content else {
      wrongType(node, what, "a list")
      return []
    }
    return nodes.compactMap(body)
  }

  func summary(_ node: Node?, _ what: String = "a description") -> Summary {
    guard let node, let text = text(node, what) else { return .empty }
    do { return try Summary(text) } catch {
      problems.add(error.description.replacingSubject(with: what), at: node.position)
      return .empty
    }
  }

  /// A value that is chosen by a word. Words are compared like names.
  func word<Value: Hashable>(_ node: Node, _ what: String, _ words: [(text: String, value: Value)]) -> Value?
  {
    guard let text = text(node, what) else { return nil }
    if let found = words.first(where: { $0.text == text }) { return found.value }
    if let found = words.first(where: { $0.text.lowercased() == text.lowercased() }) { return found.value }
    problems.add(
      "there is no \(what) \(shown(text))", at: node.position,
      hint: Nearest.hint(to: text, among: words.map(\.text)) ?? "it may be \(choice(words.map(\.text)))")
    return nil
  }

  func reportDuplicates(_ names: [Named], _ kind: String) {
    reportDuplicates(names.map { Spot(value: $0.key, position: $0.position) }) { index in
      "\(kind) \(shown(names[index].name.text)) is there twice"
    }
  }

  /// Reports every value that comes again in a list.
  func reportDuplicates<Value: Hashable>(_ spots: [Spot<Value>], _ message: (Int) -> String) {
    var seen: [Value: FilePosition] = [:]
    for (index, spot) in spots.enumerated() {
      if let first = seen[spot.value] {
        problems.add(message(index), at: spot.position, hint: "it stands at \(first) already")
      } else {
        seen[spot.value] = spot.position
      }
    }
  }

  func wrongType(_ node: Node, _ what: String, _ wanted: String, hint: String? = nil) {
    problems.add("\(what) must be \(wanted), this is \(node.kind)", at: node.position, hint: hint)
  }

  private func quotingHint(_ node: Node) -> String? {
    guard case .scalar(let scalar) = node.content, !scalar.text.isEmpty else { return nil }
    return "put it in quotes if it is meant as text"
  }
}

extension String {
  /// Changes a name's problem into a description's, which has the same words.
  fileprivate func replacingSubject(with subject: String) -> String {
    hasPrefix("a name") ? subject + dropFirst("a name".count) : self
  }
}
