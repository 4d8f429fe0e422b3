import Foundation
import Testing

/// The end of a run of popsec, and what it printed.
struct Outcome {
  /// The exit status; nil where a signal ended the run.
  let status: Int32?
  let signal: Int32?
  let output: String
  let errors: String

  var lines: [Substring] { output.split(separator: "\n") }

  func mustSucceed(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(status == 0, "\(errors)", sourceLocation: sourceLocation)
    #expect(errors == "", sourceLocation: sourceLocation)
  }

  /// Checks for one message, one hint, nothing on standard output, and this exit status. What programs asked for is told
  /// to them as one line of JSON.
  func mustFail(_ expected: Int32, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(status == expected, "\(output)\(errors)", sourceLocation: sourceLocation)
    #expect(output == "", sourceLocation: sourceLocation)
    let lines = errors.split(separator: "\n")
    if lines.count == 1, let error = error {
      let isWhole = ["code", "message", "hint"].allSatisfy { error[$0]?.text?.isEmpty == false }
      #expect(isWhole, "\(errors)", sourceLocation: sourceLocation)
      #expect(error["exitStatus"] == .number(Double(expected)), "\(errors)", sourceLocation: sourceLocation)
      return
    }
    #expect(lines.first?.hasPrefix("popsec: ") == true, "\(errors)", sourceLocation: sourceLocation)
    #expect(lines.last?.hasPrefix("hint: ") == true, "\(errors)", sourceLocation: sourceLocation)
    #expect(lines.count == 2, "\(errors)", sourceLocation: sourceLocation)
  }

  /// Checks that no Token ID was printed. A failure does not repeat the Token ID.
  func mustNotReveal(sourceLocation: SourceLocation = #_sourceLocation) {
    let isSecret = (output + errors).contains(/pst_[0-9A-Za-z]{38}/)
    #expect(!isSecret, "a Token ID was printed", sourceLocation: sourceLocation)
  }

  /// The error as JSON; nil where the error was told in words for people.
  var error: JSONValue? {
    (try? JSONDecoder().decode(JSONValue.self, from: Data(errors.utf8)))?["error"]
  }

  /// The output as a JSON object.
  func object() throws -> JSONValue { try JSONDecoder().decode(JSONValue.self, from: Data(output.utf8)) }
}

/// Any JSON value.
enum JSONValue: Decodable, Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  subscript(index: Int) -> JSONValue? {
    if case .array(let elements) = self, elements.indices.contains(index) { elements[index] } else { nil }
  }

  var count: Int {
    switch self {
    case .array(let elements): elements.count
    case .object(let members): members.count
    default: 0
    }
  }

  var text: String? { if case .string(let text) = self { text } else { nil } }
  var keys: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }
  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
}
