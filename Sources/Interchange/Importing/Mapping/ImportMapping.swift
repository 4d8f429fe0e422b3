import Access

/// The rules of a mapping file about the names in a document: which names are left out, which are renamed,
/// and which group each list goes into.
package struct ImportMapping: Sendable {
  /// The name of the mapping file in errors.
  let fileName: String
  /// The rules, in the order of the file.
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

  /// The new name of a thing; nil where the thing keeps its name.
  func name(of published: String, _ thing: MappedThing, _ use: MappingUse) -> Name? {
    first(published, use) { if case .rename(thing, let name) = $0 { name } else { nil } }
  }

  /// The group for a list; nil where the list stays in its own group.
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

  /// Notes about the rules that matched nothing.
  func unused(_ use: MappingUse) -> [ImportNote] {
    rules.indices.filter { !use.rules.contains($0) }.map { index in
      let rule = rules[index]
      return ImportNote("\(fileName):\(rule.position): \(shown(rule.pattern.text)) matches nothing")
    }
  }
}

/// Remembers which rules of a mapping matched something.
final class MappingUse {
  var rules: Set<Int> = []
}

/// A published name, or the beginning of one followed by `*`.
struct NamePattern: Hashable, Sendable {
  let text: String

  var isWhole: Bool { !text.hasSuffix("*") }

  func matches(_ name: String) -> Bool { isWhole ? name == text : name.hasPrefix(text.dropLast()) }
}

/// The kinds of things that a mapping can name.
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
