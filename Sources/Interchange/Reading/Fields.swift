private import Access

/// The members of one entry by their keys. Unknown and missing keys are reported as problems.
struct Fields<Key: EntryKey> {
  /// The place where the entry begins.
  let position: FilePosition
  private var values: [Key: Node] = [:]

  /// Reads the members. Where the node is no mapping, the result is nil and a problem is reported.
  init?(_ node: Node, _ problems: Problems) {
    guard case .mapping(let members) = node.content else {
      problems.add("\(Key.owner) must be a mapping, this is \(node.kind)", at: node.position)
      return nil
    }
    position = node.position
    for member in members {
      if let key = Self.key(member.key, at: member.keyPosition, problems) {
        if values[key] == nil { values[key] = member.value }
      }
    }
    for key in Key.allCases where Key.required.contains(key) && values[key] == nil {
      problems.add("\(Key.owner) needs the key \(shown(key.rawValue))", at: position)
    }
  }

  subscript(key: Key) -> Node? { values[key] }

  /// The key with this text. Where this kind of entry has no such key, the result is nil and a problem is
  /// reported.
  static func key(_ text: String, at position: FilePosition, _ problems: Problems) -> Key? {
    if let key = Key(rawValue: text) { return key }
    let known = Key.allCases.map(\.rawValue)
    problems.add(
      "\(Key.owner) has no key \(shown(text))", at: position,
      hint: Nearest.hint(to: text, among: known) ?? "it may have \(choice(known))")
    return nil
  }
}
