internal import Access
private import Crypto
private import Foundation

/// Facts as they stand in a snapshot, some on the lines of one part, and what is summed up of them.
struct SnapshotText {
  /// So many facts are in one part: a part is small, and there are few.
  static let factsPerPart = 500

  private var digest = SHA256()
  private(set) var factCount = 0
  private var lines: [String] = []

  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  /// Adds a fact; the part, where one is full by it.
  mutating func add(_ fact: StateFact) throws -> String? {
    lines.append(String(decoding: try Self.encoder.encode(fact), as: UTF8.self))
    factCount += 1
    return lines.count < Self.factsPerPart ? nil : take()
  }

  /// The last part; nil where nothing is left.
  mutating func take() -> String? {
    guard !lines.isEmpty else { return nil }
    let text = lines.joined(separator: "\n")
    lines = []
    digest.update(data: Data((text + "\n").utf8))
    return text
  }

  /// Takes note of a part that is read, and tells its facts.
  mutating func read(_ part: String) throws -> [StateFact] {
    digest.update(data: Data((part + "\n").utf8))
    let facts = try part.split(separator: "\n").map {
      try JSONDecoder().decode(StateFact.self, from: Data($0.utf8))
    }
    factCount += facts.count
    return facts
  }

  /// The SHA-256 of the parts so far, in hexadecimal digits.
  var hash: String { hex(digest.finalize()) }
}
