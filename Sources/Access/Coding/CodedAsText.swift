/// A value that is written into a document as one text. Reading it runs the value's own checks, so that a
/// document never holds an unchecked value.
package protocol CodedAsText: Codable {
  /// The text that ``init(codedText:)`` reads.
  var codedText: String { get }
  /// Reads the text; nil where the text is not valid.
  init?(codedText: String)
}

extension CodedAsText {
  package init(from decoder: any Decoder) throws { self = try Self.read(from: decoder) }
  package func encode(to encoder: any Encoder) throws { try write(to: encoder) }

  /// The error does not repeat the text, which may be anything, even a secret.
  static func read(from decoder: any Decoder) throws -> Self {
    let container = try decoder.singleValueContainer()
    guard let value = Self(codedText: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "this is no \(Self.self)")
    }
    return value
  }

  func write(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(codedText)
  }
}

/// A value whose initializer throws the reason why a text is not valid.
package protocol ParsedText: CodedAsText {
  var text: String { get }
  init(_ raw: String) throws
}

extension ParsedText {
  package var codedText: String { text }
  package init?(codedText: String) {
    guard let value = try? Self(codedText) else { return nil }
    self = value
  }
}

extension Name: ParsedText {}
extension Summary: ParsedText {}
extension Address: ParsedText {}
extension AddressTemplate: ParsedText {}

extension Identifier: CodedAsText {
  package var codedText: String { description }
  package init?(codedText: String) { self.init(codedText) }
  // For a type that is RawRepresentable the standard library would write the raw number.
  package init(from decoder: any Decoder) throws { self = try Self.read(from: decoder) }
  package func encode(to encoder: any Encoder) throws { try write(to: encoder) }
}

extension UnixAccountName: CodedAsText {
  package var codedText: String { text }
  package init?(codedText: String) { self.init(codedText) }
}

extension Network: CodedAsText {
  package var codedText: String { description }
  package init?(codedText: String) { self.init(codedText) }
}

extension SystemRole: CodedAsText {
  /// The name of a built-in role, or `role:` and the id of a custom role.
  package var codedText: String {
    switch self {
    case .builtIn(let role): role.rawValue
    case .custom(let id): Self.customPrefix + id.description
    }
  }

  package init?(codedText: String) {
    if codedText.hasPrefix(Self.customPrefix) {
      guard let id = RoleID(codedText.dropFirst(Self.customPrefix.count)) else { return nil }
      self = .custom(id)
    } else {
      guard let role = BuiltInRole(rawValue: codedText) else { return nil }
      self = .builtIn(role)
    }
  }

  private static var customPrefix: String { "role:" }
}

extension Timestamp: Codable {
  /// The time in seconds since 1970.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let time = Timestamp(secondsSince1970: try container.decode(Int64.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no such year")
    }
    self = time
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(secondsSince1970)
  }
}
