/// One label, written `key=value`. Key and value have 1 to 40 of `a-z 0-9 . _ -` each.
package struct Label: Hashable, Sendable, CustomStringConvertible {
  package static let maximumPartLength = 40

  package let key: String
  package let value: String

  package init(key: String, value: String) throws(LabelProblem) {
    guard Self.isPart(key) else { throw .part("key") }
    guard Self.isPart(value) else { throw .part("value") }
    (self.key, self.value) = (key, value)
  }

  /// Reads `key=value`.
  package init(_ text: some StringProtocol) throws(LabelProblem) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .form }
    try self.init(key: String(parts[0]), value: String(parts[1]))
  }

  package var description: String { "\(key)=\(value)" }

  /// Whether a text may be the key of a label.
  package static func isKey(_ text: String) -> Bool { isPart(text) }

  private static func isPart(_ text: String) -> Bool {
    (1...maximumPartLength).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "._-".utf8.contains($0)
      }
  }
}

/// The labels of an API user or a token: at most 8, each key once.
package struct Labels: Hashable, Sendable {
  package static let maximumCount = 8
  package static let none = Labels()

  private var values: [String: String] = [:]

  private init() {}

  package init(_ labels: some Sequence<Label>) throws(LabelProblem) {
    for label in labels {
      guard values.updateValue(label.value, forKey: label.key) == nil else { throw .twice(label.key) }
    }
    guard values.count <= Self.maximumCount else { throw .tooMany(values.count) }
  }

  package subscript(key: String) -> String? { values[key] }
  package var isEmpty: Bool { values.isEmpty }
  /// In the order of the keys.
  package var pairs: [(key: String, value: String)] { values.sorted { $0.key < $1.key } }
  /// Each as `key=value`, in the order of the keys.
  package var words: [String] { pairs.map { "\($0.key)=\($0.value)" } }

  package func contains(_ label: Label) -> Bool { values[label.key] == label.value }

  /// These labels, some of them set, and those with certain keys taken away.
  package func setting(_ labels: [Label], removing keys: Set<String> = []) throws(LabelProblem) -> Labels {
    var result = self
    for key in keys { result.values[key] = nil }
    for label in labels { result.values[label.key] = label.value }
    guard result.values.count <= Self.maximumCount else { throw .tooMany(result.values.count) }
    return result
  }
}

/// The reason why something is no label, or why there can't be these labels together.
package enum LabelProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no `=`.
  case form
  /// The key or the value has characters or a length that are not allowed. The text is not repeated, as it may be
  /// anything.
  case part(String)
  case twice(String)
  case tooMany(Int)

  package var description: String {
    switch self {
    case .form: "a label is written KEY=VALUE"
    case .part(let part):
      "the \(part) of a label has 1 to \(Label.maximumPartLength) of a-z, 0-9, ., _ and -"
    case .twice(let key): "the label \(key) is there twice"
    case .tooMany(let count): "there are at most \(Labels.maximumCount) labels, these are \(count)"
    }
  }
}

extension Labels: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let stored = try container.decode([String: String].self)
    do { try self.init(try stored.map { key, value in try Label(key: key, value: value) }) } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "these are no labels")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values)
  }
}
