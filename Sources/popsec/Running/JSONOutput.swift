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
    try line(try JSONText.encode(value, [.prettyPrinted]))
  }

  /// Prints an array, one element a line, as they come: it may be longer than the memory.
  func jsonArray(_ body: ((any Encodable) throws -> Void) throws -> Void) throws {
    var separator = "[\n"
    try body { element in
      try bytes(separator.utf8)
      try bytes(try JSONText.encode(element).utf8)
      separator = ",\n"
    }
    try line(separator == "[\n" ? "[]" : "\n]")
  }
}

enum JSONText {
  static func encode(_ value: any Encodable, _ formatting: JSONEncoder.OutputFormatting = []) throws -> String
  {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
    return escapingInvisible(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// Writes what can't be seen, or reorders what can, as `\u` escapes. In JSON such scalars
  /// stand in strings only, where the escape means the same.
  private static func escapingInvisible(_ json: String) -> String {
    if json.utf8.allSatisfy({ $0 < 0x7F }) { return json }
    return json.unicodeScalars.reduce(into: "") { result, scalar in
      if isInvisible(scalar) {
        for unit in String(scalar).utf16 { result += escape(unit) }
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }

  private static func escape(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "\n" { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: return true
    default: return false
    }
  }
}
