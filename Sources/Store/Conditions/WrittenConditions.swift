internal import Access

/// The conditions on the things of a list, as somebody wrote them. All of them must hold.
///
/// A text has words, separated by blanks. `KEY:VALUE`, `KEY<VALUE` and `KEY>VALUE` are conditions, and with a `-` before
/// them they must not hold. Quotes hold a value with blanks together. Plain words together are a part of the name.
/// Where things have labels, a plain word such as `env=prod` is a label.
package struct WrittenConditions: Hashable, Sendable {
  /// The greatest number of Unicode scalars in a text.
  package static let maximumLength = 1_000
  package static let maximumCount = 20

  package let kind: ListedKind
  /// Parts of the name.
  package private(set) var names: [SearchText] = []
  package private(set) var conditions: [WrittenCondition] = []

  package init(of kind: ListedKind) { self.kind = kind }

  package var isEmpty: Bool { names.isEmpty && conditions.isEmpty }

  /// Reads a text.
  package init(_ text: String, of kind: ListedKind) throws(ConditionProblem) {
    guard text.unicodeScalars.prefix(Self.maximumLength + 1).count <= Self.maximumLength else {
      throw .tooLong
    }
    self.init(of: kind)
    let words = try ConditionWord.words(text)
    var plain: [String] = []
    for word in words {
      if let condition = try ConditionReading(kind).condition(word) {
        try add(condition)
      } else {
        plain.append(word.text)
      }
    }
    // A text that is a part of a name and nothing else is taken as it stands, with its blanks.
    let isPlain = conditions.isEmpty && !words.contains(where: \.isQuoted)
    add(name: SearchText(isPlain ? text : plain.joined(separator: " ")))
  }

  package mutating func add(name: SearchText?) { if let name { names.append(name) } }

  package mutating func add(_ condition: WrittenCondition) throws(ConditionProblem) {
    guard conditions.count < Self.maximumCount else { throw .tooMany }
    conditions.append(condition)
  }

  package mutating func add(_ others: WrittenConditions) throws(ConditionProblem) {
    names += others.names
    for condition in others.conditions { try add(condition) }
  }
}

extension WrittenConditions {
  /// Whether a condition rests on what gates recorded.
  package var asksForUses: Bool { conditions.contains { $0.key == .used || $0.key == .unused } }
}
