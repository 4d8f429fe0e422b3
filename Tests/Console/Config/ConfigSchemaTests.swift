import Foundation
import Interchange
import Testing

@testable import Console

/// Tells whether a value is what a JSON Schema says, as far as the schema of settings goes.
private struct SchemaCheck {
  /// What is wrong, each with its path.
  func problems(_ value: Any, _ schema: [String: Any], at path: String = "") -> [String] {
    if let options = schema["anyOf"] as? [[String: Any]] {
      return options.contains { problems(value, $0, at: path).isEmpty } ? [] : ["\(path): none of anyOf"]
    }
    var found: [String] = []
    switch schema["type"] as? String {
    case "string":
      guard let text = value as? String else { return ["\(path): no string"] }
      if let words = schema["enum"] as? [String], !words.contains(text) { found.append("\(path): \(text)") }
      if let least = schema["minLength"] as? Int, text.count < least { found.append("\(path): short") }
      if let most = schema["maxLength"] as? Int, text.count > most { found.append("\(path): long") }
    case "boolean": if !(value is Bool) { found.append("\(path): no boolean") }
    case "array":
      guard let elements = value as? [Any], let items = schema["items"] as? [String: Any] else {
        return ["\(path): no array"]
      }
      found += elements.flatMap { problems($0, items, at: path + "[]") }
    case "object":
      guard let object = value as? [String: Any], let properties = schema["properties"] as? [String: Any]
      else {
        return ["\(path): no object"]
      }
      for (key, value) in object {
        if let property = properties[key] as? [String: Any] {
          found += problems(value, property, at: "\(path)/\(key)")
        } else {
          found.append("\(path)/\(key): unknown")
        }
      }
      for key in schema["required"] as? [String] ?? [] where object[key] == nil {
        found.append("\(path)/\(key): missing")
      }
    default: found.append("\(path): unknown type")
    }
    return found
  }
}

@Suite("The JSON Schema of settings agrees with what is read") struct ConfigSchemaTests {
  private func problems(_ config: String) throws -> [String] {
    let text = ConsoleConfig.schema(ConsoleConfigTests.vocabulary).json
    let schema = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let value = try JSONSerialization.jsonObject(with: Data(config.utf8))
    return SchemaCheck().problems(value, schema)
  }

  @Test(
    "what is read agrees",
    arguments: [
      "{}", #"{"theme":"color-blind","timeZone":"local","copyRowAs":"json","startPage":"main"}"#,
      #"{"keys":{"everywhere":{"down":"F9"},"api-users":{"delete":["X","Ctrl-Y"]}}}"#,
      #"{"columns":{"api-users":["state"]}}"#,
      #"{"views":{"teams":[{"letter":"a","name":"x","filter":"y","descending":true}]}}"#,
    ])
  func agrees(_ text: String) throws {
    #expect(ConsoleConfigTests.problems(text) == [])
    #expect(try problems(text) == [])
  }

  @Test("the whole example agrees, as it is written in JSON")
  func whole() throws {
    let config = try ConsoleConfigTests.read(ConsoleConfigTests.whole)
    #expect(try problems(config.document.json) == [])
  }

  @Test(
    "what is refused does not agree",
    arguments: [
      #"{"theem":"dark"}"#, #"{"theme":"x"}"#, #"{"startPage":"nowhere"}"#,
      #"{"keys":{"api-users":{"nothing":"x"}}}"#,
      #"{"columns":{"api-users":["x"]}}"#, #"{"columns":{"nothing":["x"]}}"#,
      #"{"views":{"teams":[{"letter":"a"}]}}"#,
      #"{"views":{"teams":[{"letter":"ab","name":"x","filter":"y"}]}}"#, #"{"copyRowAs":1}"#,
    ])
  func disagrees(_ text: String) throws {
    #expect(ConsoleConfigTests.problems(text) != [])
    #expect(try problems(text) != [])
  }
}
