import Access
import Foundation
import Testing

@testable import Administration

/// The chain of the audit log covers these bytes, so that not one of them may ever be another.
@Suite struct SortedJSONTests {
  private func foundation(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  @Test("a step is written as every earlier popsec wrote it", arguments: StoredSteps.all)
  func steps(text: String) throws {
    let steps = try #require(UndoLog.steps(of: "[\(text)]"))
    #expect(try SortedJSON.encode(steps) == "[\(text)]")
    #expect(try foundation(steps) == "[\(text)]")
  }

  @Test("texts and keys are written as Foundation writes them")
  func texts() throws {
    let characters =
      (0...0x2FF).compactMap { UnicodeScalar($0).map(String.init) } + ["\u{2028}", "😀", "e\u{301}"]
    #expect(try SortedJSON.encode(characters) == foundation(characters))
    let keys = [
      "", "a", "A", "a10", "a9", "a/b", "_a", "list actions", "é", "e\u{301}", "\"", "Z", "ß", "\n",
    ]
    let members = Dictionary(keys.map { ($0, [$0: 1]) }, uniquingKeysWith: { first, _ in first })
    #expect(try SortedJSON.encode(members) == foundation(members))
  }

  /// Encodes two values under one key.
  private struct Twice: Encodable {
    let first: Shape
    let second: Shape

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: AuditDetailsKey.self)
      try container.encode(first, forKey: .step)
      try container.encode(second, forKey: .step)
    }
  }

  @Test("a member of the same key is replaced")
  func replaces() throws {
    let shapes: [Shape] = [.plain, .numbers(1, 2, nil), .nested([.plain], [:], [3])]
    for first in shapes {
      for second in shapes {
        let twice = Twice(first: first, second: second)
        #expect(try SortedJSON.encode(twice) == foundation(twice))
      }
    }
  }

  private enum Shape: Codable {
    case plain, numbers(Int64, UInt8, Bool?), nested([Shape], [String: Shape?], Set<Int>)
  }

  @Test("numbers, nothing, and what stands within another are written as Foundation writes them")
  func shapes() throws {
    let shapes: [Shape] = [
      .plain, .numbers(.min, 255, nil), .numbers(.max, 0, true), .nested([], [:], []),
      .nested([.plain, .nested([.plain], ["x": nil, "y": .plain], [7])], ["b": .numbers(-1, 1, false)], []),
    ]
    for shape in shapes { #expect(try SortedJSON.encode(shape) == foundation(shape)) }
    #expect(try SortedJSON.encode([Int?.none, 3]) == foundation([Int?.none, 3]))
    #expect(throws: (any Error).self) { try SortedJSON.encode(["a": 0.5]) }
  }
}
