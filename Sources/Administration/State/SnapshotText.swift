internal import Access
private import Crypto
private import Foundation

/// Writes and reads the text of a snapshot: each part has some facts, one a line, and a digest covers all
/// parts.
struct SnapshotText {
  /// The number of facts in one part. A part stays small, and there are few parts.
  static let factsPerPart = 500

  private var digest = SHA256()
  private(set) var factCount = 0
  private var lines: [String] = []

  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  /// Adds a fact, and returns the part that this fact fills; nil where the part is not full yet.
  mutating func add(_ fact: StateFact) throws -> String? {
    lines.append(String(decoding: try Self.encoder.encode(fact), as: UTF8.self))
    factCount += 1
    return lines.count < Self.factsPerPart ? nil : take()
  }

  /// Returns the last part; nil where no fact is left.
  mutating func take() -> String? {
    guard !lines.isEmpty else { return nil }
    let text = lines.joined(separator: "\n")
    lines = []
    digest.update(data: Data((text + "\n").utf8))
    return text
  }

  /// Adds a part that was read to the digest, and returns the part's facts.
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
