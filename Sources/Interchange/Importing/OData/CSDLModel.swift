/// The parts of an OData v4 metadata document that an import needs (OData CSDL XML Representation 4.01).
/// Qualified names are kept as they are written, with a namespace or an alias before the last dot.
struct CSDLModel {
  struct EntityType {
    let name: String
    let base: String?
    var navigation: [Navigation] = []
    let position: FilePosition
  }

  struct Navigation {
    let name: Spot<String>
    /// The type of the one entity, or of each entity of the collection.
    let target: CSDLTypeName
    let isContained: Bool
  }

  struct EntitySet {
    let name: Spot<String>
    let type: String
  }

  struct BoundAction {
    let name: Spot<String>
    let binding: CSDLTypeName
  }

  /// The entity types by namespace and name.
  var types: [String: EntityType] = [:]
  var sets: [EntitySet] = []
  var singletons: [EntitySet] = []
  var actions: [BoundAction] = []
  /// The namespaces by their aliases.
  var aliases: [String: String] = [:]
  /// The containers by namespace and name. `extended` has the containers that they extend.
  var containers: Set<String> = []
  var extended: [Spot<String>] = []
  var unboundActionCount = 0

  /// The name with its namespace in place of an alias.
  func resolved(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), let namespace = aliases[String(name[..<dot])] else {
      return name
    }
    return namespace + name[dot...]
  }

  /// The most types in a line of derivation.
  static let maximumLineLength = 100

  /// A type and the types from which it is derived, the type itself first.
  ///
  /// Errors: ``SyntaxError`` where a type is derived from itself.
  func line(of name: String) throws(SyntaxError) -> [(name: String, type: EntityType)] {
    var line: [(name: String, type: EntityType)] = []
    var seen: Set<String> = []
    var next: String? = resolved(name)
    while let name = next, let type = types[name] {
      guard seen.insert(name).inserted else {
        throw SyntaxError("the entity type \(shown(name)) is derived from itself", at: type.position)
      }
      line.append((name, type))
      guard line.count <= Self.maximumLineLength else {
        throw SyntaxError(
          "the entity type \(shown(name)) is derived in more than \(Self.maximumLineLength) steps",
          at: type.position)
      }
      next = type.base.map(resolved)
    }
    return line
  }
}

/// The name of a type as it is written: `NS.T`, or `Collection(NS.T)`.
struct CSDLTypeName: Hashable {
  let name: String
  let isCollection: Bool

  init(_ text: String) {
    let start = "Collection("
    isCollection = text.hasPrefix(start) && text.hasSuffix(")")
    name = isCollection ? String(text.dropFirst(start.count).dropLast()) : text
  }
}
