/// A JSON Schema (draft 2020-12), made of the few keywords that popsec's schemas need.
package struct JSONSchema: Hashable, Sendable {
  /// The schema as a document.
  package private(set) var document: DocumentValue

  package init(_ members: [(String, DocumentValue)]) {
    document = .mapping(members.map { DocumentValue.Member(key: $0.0, value: $0.1) })
  }

  /// A member of an object.
  package struct Property: Hashable, Sendable {
    package let key: String
    package let schema: JSONSchema
    package let isRequired: Bool

    package init(_ key: String, _ schema: JSONSchema, isRequired: Bool = true) {
      (self.key, self.schema, self.isRequired) = (key, schema, isRequired)
    }
  }

  package static let text = type("string")
  package static let integer = type("integer")
  package static let number = type("number")
  package static let boolean = type("boolean")
  package static let null = type("null")

  /// Any value at all.
  package static let anything = JSONSchema([])

  /// An instant in whole seconds of UTC, as popsec prints all instants.
  package static let instant = JSONSchema([
    ("type", .text("string")), ("format", .text("date-time")),
    ("pattern", .text(#"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"#)),
  ])

  private static func type(_ name: String) -> JSONSchema { JSONSchema([("type", .text(name))]) }

  /// A text that is one of these words.
  package static func words(_ words: [String]) -> JSONSchema {
    JSONSchema([("type", .text("string")), ("enum", .list(words.map(DocumentValue.text)))])
  }

  /// A text that matches a regular expression (ECMA-262) somewhere.
  package static func text(matching pattern: String) -> JSONSchema {
    JSONSchema([("type", .text("string")), ("pattern", .text(pattern))])
  }

  /// A text with at least one and at most so many characters.
  package static func text(atMost characters: Int) -> JSONSchema {
    JSONSchema([
      ("type", .text("string")), ("minLength", .literal("1")), ("maxLength", .literal(String(characters))),
    ])
  }

  package static func constant(_ value: DocumentValue) -> JSONSchema { JSONSchema([("const", value)]) }

  package static func array(of element: JSONSchema) -> JSONSchema {
    JSONSchema([("type", .text("array")), ("items", element.document)])
  }

  /// An object whose keys are not known before.
  package static func map(to value: JSONSchema) -> JSONSchema {
    JSONSchema([("type", .text("object")), ("additionalProperties", value.document)])
  }

  /// An object that has no other members than these.
  package static func object(_ properties: [Property]) -> JSONSchema {
    let members = properties.map { DocumentValue.Member(key: $0.key, value: $0.schema.document) }
    let required = properties.filter(\.isRequired).map { DocumentValue.text($0.key) }
    return JSONSchema(
      [("type", .text("object")), ("properties", .mapping(members))]
        + (required.isEmpty ? [] : [("required", .list(required))])
        + [("additionalProperties", .literal("false"))])
  }

  /// A value to which at least one of these schemas applies.
  package static func any(of schemas: [JSONSchema]) -> JSONSchema {
    JSONSchema([("anyOf", .list(schemas.map(\.document)))])
  }

  /// A value to which exactly one of these schemas applies.
  package static func one(of schemas: [JSONSchema]) -> JSONSchema {
    JSONSchema([("oneOf", .list(schemas.map(\.document)))])
  }

  /// A schema that the document has under `$defs`.
  package static func definition(_ name: String) -> JSONSchema {
    JSONSchema([("$ref", .text("#/$defs/\(name)"))])
  }

  /// The same value, or null.
  package var orNull: JSONSchema {
    guard document["enum"] == nil, case .text(let type) = document["type"] else {
      return .any(of: [self, .null])
    }
    return replacing("type", with: .list([.text(type), .text("null")]))
  }

  /// The same schema with further keywords.
  package func with(_ members: [(String, DocumentValue)]) -> JSONSchema {
    guard case .mapping(let own) = document else { return self }
    return JSONSchema(own.map { ($0.key, $0.value) } + members)
  }

  /// The same schema, with words for people.
  package func described(_ words: String) -> JSONSchema { with([("description", .text(words))]) }

  private func replacing(_ key: String, with value: DocumentValue) -> JSONSchema {
    guard case .mapping(let own) = document else { return self }
    return JSONSchema(own.map { ($0.key, $0.key == key ? value : $0.value) })
  }

  /// The whole document of a schema, which names its dialect and what it describes.
  package func document(titled title: String) -> DocumentValue {
    guard case .mapping(let own) = document else { return document }
    let head = [
      DocumentValue.Member(key: "$schema", value: .text("https://json-schema.org/draft/2020-12/schema")),
      DocumentValue.Member(key: "title", value: .text(title)),
    ]
    return .mapping(head + own)
  }
}

extension DocumentValue {
  /// The value of a key; nil where this is no mapping, or has no such key.
  package subscript(key: String) -> DocumentValue? {
    guard case .mapping(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }
}
