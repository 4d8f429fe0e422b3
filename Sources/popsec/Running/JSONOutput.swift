import Access
import Foundation

/// A value whose key stands in the JSON also where there is none: then it is null.
struct Nullable<Value: Encodable>: Encodable {
  let value: Value?

  init(_ value: Value?) { self.value = value }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value { try container.encode(value) } else { try container.encodeNil() }
  }
}

extension Output {
  /// Prints one value over several lines, its keys sorted.
  func json(_ value: some Encodable) throws {
    try encoded(line: try JSONText.encode(value, [.prettyPrinted]))
  }

  /// Prints an array, one element a line, as they come: it may be longer than the memory.
  func jsonArray(_ body: ((any Encodable) throws -> Void) throws -> Void) throws {
    var separator = "[\n"
    try body { element in
      try encoded(separator.utf8)
      try encoded(try JSONText.encode(element).utf8)
      separator = ",\n"
    }
    try encoded(line: separator == "[\n" ? "[]" : "\n]")
  }
}

enum JSONText {
  static func encode(_ value: any Encodable, _ formatting: JSONEncoder.OutputFormatting = []) throws -> String
  {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
    return escapingUnseen(inJSON: String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}
