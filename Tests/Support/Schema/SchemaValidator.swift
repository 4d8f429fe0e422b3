package import Interchange

/// Tells what of a value a JSON Schema refuses. It knows the keywords that popsec's schemas have, and refuses others, so
/// that no schema says what nobody checks.
package struct SchemaValidator {
  /// The document to which `$ref` refers.
  private let root: DocumentValue

  package init(_ schema: DocumentValue) { root = schema }

  /// - Parameter root: the document to which the schemas refer.
  package init(in root: DocumentValue) { self.root = root }

  /// What is wrong, each with its place; empty where the value is valid.
  package func problems(of value: DocumentValue) -> [String] { problems(value, root, "") }

  package func problems(of value: DocumentValue, against schema: DocumentValue) -> [String] {
    problems(value, schema, "")
  }

  private func problems(_ value: DocumentValue, _ schema: DocumentValue, _ place: String) -> [String] {
    if schema == .literal("true") { return [] }
    guard case .mapping(let keywords) = schema else { return ["\(place): no schema: \(schema.json)"] }
    return keywords.flatMap { keyword in
      check(keyword.key, keyword.value, value, schema, place).map {
        $0.hasPrefix("/") ? $0 : "\(place)/: \($0)"
      }
    }
  }

  private func check(
    _ keyword: String, _ wanted: DocumentValue, _ value: DocumentValue, _ schema: DocumentValue,
    _ place: String
  ) -> [String] {
    switch keyword {
    case "$schema", "$id", "$comment", "$defs", "title", "description", "format", "examples", "default":
      return []
    case "$ref": return reference(wanted).map { problems(value, $0, place) } ?? ["no \(wanted.json)"]
    case "type":
      return wanted.texts.contains(where: value.isOf) ? [] : ["is no \(wanted.json): \(value.json)"]
    case "enum": return wanted.elements.contains(value) ? [] : ["is none of \(wanted.json): \(value.json)"]
    case "const": return wanted == value ? [] : ["is not \(wanted.json): \(value.json)"]
    case "anyOf", "oneOf", "allOf", "not": return combined(keyword, wanted, value, place)
    case "items": return value.elements.enumerated().flatMap { problems($1, wanted, "\(place)/\($0)") }
    case "properties":
      return value.members.flatMap { member in
        wanted[member.key].map { problems(member.value, $0, "\(place)/\(member.key)") } ?? []
      }
    case "propertyNames":
      return value.members.flatMap { problems(.text($0.key), wanted, "\(place)/\($0.key)") }
    case "additionalProperties": return additional(wanted, value, schema, place)
    case "required", "dependentRequired": return missing(keyword, wanted, value)
    default: return bounded(keyword, wanted, value)
    }
  }

  private func reference(_ reference: DocumentValue) -> DocumentValue? {
    guard case .text(let text) = reference, text.hasPrefix("#/") else { return nil }
    return text.dropFirst(2).split(separator: "/").reduce(root) { found, key in found?[String(key)] }
  }

  private func combined(
    _ keyword: String, _ wanted: DocumentValue, _ value: DocumentValue, _ place: String
  ) -> [String] {
    if keyword == "not" { return problems(value, wanted, place).isEmpty ? ["is what it must not be"] : [] }
    let found = wanted.elements.map { problems(value, $0, place) }
    let count = found.count { $0.isEmpty }
    switch keyword {
    case "allOf": return found.flatMap { $0 }
    case "oneOf": return count == 1 ? [] : ["is \(count) of the kinds, not 1"] + found.flatMap { $0 }
    default: return count > 0 ? [] : ["is of no kind"] + found.flatMap { $0 }
    }
  }

  private func additional(
    _ wanted: DocumentValue, _ value: DocumentValue, _ schema: DocumentValue, _ place: String
  ) -> [String] {
    value.members.filter { schema["properties"]?[$0.key] == nil }.flatMap { member in
      wanted == .literal("false")
        ? ["has the unknown key \(member.key)"] : problems(member.value, wanted, "\(place)/\(member.key)")
    }
  }

  private func missing(_ keyword: String, _ wanted: DocumentValue, _ value: DocumentValue) -> [String] {
    guard case .mapping = value else { return [] }
    let needed =
      keyword == "required"
      ? wanted.texts
      : wanted.members.filter { value[$0.key] != nil }.flatMap(\.value.texts)
    return needed.filter { value[$0] == nil }.map { "lacks the key \($0)" }
  }

  private func bounded(_ keyword: String, _ wanted: DocumentValue, _ value: DocumentValue) -> [String] {
    let bound = wanted.number
    switch (keyword, value) {
    case ("pattern", .text(let text)):
      guard case .text(let pattern) = wanted, let regex = try? Regex(pattern) else { return ["no pattern"] }
      return text.contains(regex) ? [] : ["\(text) does not match \(pattern)"]
    case ("minLength", .text(let text)): return Double(text.unicodeScalars.count) >= bound ? [] : ["is short"]
    case ("maxLength", .text(let text)): return Double(text.unicodeScalars.count) <= bound ? [] : ["is long"]
    case ("minimum", .literal): return value.number >= bound ? [] : ["\(value.json) is less than \(bound)"]
    case ("maximum", .literal): return value.number <= bound ? [] : ["\(value.json) is more than \(bound)"]
    case ("minItems", .list(let elements)): return Double(elements.count) >= bound ? [] : ["has few elements"]
    case ("maxItems", .list(let elements)):
      return Double(elements.count) <= bound ? [] : ["has many elements"]
    case ("minProperties", .mapping(let members)):
      return Double(members.count) >= bound ? [] : ["has few keys"]
    case ("maxProperties", .mapping(let members)):
      return Double(members.count) <= bound ? [] : ["has many keys"]
    case ("uniqueItems", .list(let elements)): return Set(elements).count == elements.count ? [] : ["repeats"]
    case ("pattern", _), ("minLength", _), ("maxLength", _), ("minimum", _), ("maximum", _), ("minItems", _),
      ("maxItems", _), ("minProperties", _), ("maxProperties", _), ("uniqueItems", _):
      return []
    default: return ["the keyword \(keyword) is not known to this validator"]
    }
  }
}

extension DocumentValue {
  package var members: [Member] { if case .mapping(let members) = self { members } else { [] } }
  package var elements: [DocumentValue] { if case .list(let elements) = self { elements } else { [] } }

  /// The text, or the texts of a list.
  fileprivate var texts: [String] {
    switch self {
    case .text(let text): [text]
    default: elements.flatMap(\.texts)
    }
  }

  fileprivate var number: Double {
    if case .literal(let word) = self { Double(word) ?? .nan } else { .nan }
  }

  /// Whether the value is of a type of JSON Schema.
  fileprivate func isOf(_ type: String) -> Bool {
    switch (type, self) {
    case ("string", .text), ("array", .list), ("object", .mapping): true
    case ("boolean", .literal(let word)): word == "true" || word == "false"
    case ("null", .literal(let word)): word == "null"
    case ("integer", .literal(let word)): Int64(word) != nil
    case ("number", .literal(let word)): Double(word) != nil
    default: false
    }
  }
}
