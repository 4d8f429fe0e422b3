import Access

/// What a mapping file says of the names that a document publishes: which are left out, what others are
/// called here, and into which groups lists go.
package struct ImportMapping: Sendable {
  /// What the file is called in errors.
  let fileName: String
  /// In the order of the file.
  let rules: [Rule]

  struct Rule: Sendable {
    enum Effect: Sendable {
      case skip(MappedThing)
      case rename(MappedThing, to: Name)
      /// Puts lists into a group.
      case group(Name)
    }

    let effect: Effect
    let pattern: NamePattern
    let position: FilePosition
  }

  func skips(_ published: String, _ thing: MappedThing, _ use: MappingUse) -> Bool {
    first(published, use) { if case .skip(thing) = $0 { true } else { nil } } ?? false
  }

  /// What something is renamed to; nil where it keeps its name.
  func name(of published: String, _ thing: MappedThing, _ use: MappingUse) -> Name? {
    first(published, use) { if case .rename(thing, let name) = $0 { name } else { nil } }
  }

  /// The group that a list is put into; nil where it stays in its own.
  func group(of list: String, _ use: MappingUse) -> Name? {
    first(list, use) { if case .group(let name) = $0 { name } else { nil } }
  }

  private func first<Value>(
    _ published: String, _ use: MappingUse, _ value: (Rule.Effect) -> Value?
  ) -> Value? {
    for (index, rule) in rules.enumerated() {
      if let value = value(rule.effect), rule.pattern.matches(published) {
        use.rules.insert(index)
        return value
      }
    }
    return nil
  }

  /// Tells the rules that were of no use.
  func unused(_ use: MappingUse) -> [ImportNote] {
    rules.indices.filter { !use.rules.contains($0) }.map { index in
      let rule = rules[index]
      return ImportNote("\(fileName):\(rule.position): \(shown(rule.pattern.text)) matches nothing")
    }
  }
}

/// Which rules of a mapping were of use.
final class MappingUse {
  var rules: Set<Int> = []
}

/// A name as it is published, or its beginning and a `*`.
struct NamePattern: Hashable, Sendable {
  let text: String

  var isWhole: Bool { !text.hasSuffix("*") }

  func matches(_ name: String) -> Bool { isWhole ? name == text : name.hasPrefix(text.dropLast()) }
}

/// What a mapping can name.
enum MappedThing: String, EntryKey, Sendable {
  case lists, groups, companies, actions, details, listActions, endpoints
  static let owner = "this part of a mapping"

  init(_ kind: ItemKind) {
    switch kind {
    case .action: self = .actions
    case .detail: self = .details
    case .listAction: self = .listActions
    }
  }
}

enum MappingKey: String, EntryKey {
  case skip, rename, groups
  static let owner = "a mapping"
}
