/// Reads an OpenAPI document from its events, and skips what an import does not need. Schemas, and whatever
/// they refer to, are never looked at.
struct OpenAPIReader {
  /// The limit is high, because long descriptions have to be read before they can be skipped.
  static let maximumScalarBytes = 4 << 20
  /// The limit is high, because schemas nest deeply.
  static let maximumDepth = 250
  private static let maximumOperationCount = 200_000
  private static let methods: Set = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
  ]

  private let composer: Composer
  private let problems: Problems
  private let decoder: Decoder
  private var document = OpenAPIDocument()
  private var operationCount = 0

  init(_ events: any FileEvents, _ problems: Problems) {
    composer = Composer(events, problems, maximumDepth: Self.maximumDepth)
    self.problems = problems
    decoder = Decoder(problems)
  }

  /// Reads the document. A document that is not OpenAPI gets this one error and no other.
  mutating func read() throws(SyntaxError) -> OpenAPIDocument {
    let root = try composer.next()
    guard case .mappingStart = root.event else { throw Self.isNone }
    try members(root) { (reader, key, _, value) throws(SyntaxError) in
      try reader.readRoot(key, value)
    }
    guard let version = document.version else { throw Self.isNone }
    guard version.value.hasPrefix("3.") else {
      throw SyntaxError(
        "version \(shown(version.value)) of OpenAPI is unknown", at: version.position,
        hint: "versions 3.0 and later of 3 are read", isAlone: true)
    }
    guard case .end = try composer.next().event else { return document }
    return document
  }

  private static let isNone = SyntaxError(
    "this is no OpenAPI document: it has no key openapi", at: .start,
    hint: "a document begins with openapi: 3.0.0 or later", isAlone: true)

  private mutating func readRoot(_ key: String, _ value: Composer.Piece) throws(SyntaxError) {
    switch key {
    case "openapi": document.version = text(try composer.entry(value), "openapi")
    case "swagger":
      throw SyntaxError(
        "this is a document of Swagger 2", at: value.position,
        hint: "convert it to OpenAPI 3: converters are many, and most services publish both", isAlone: true)
    case "info":
      try members(value) { (reader, key, _, value) throws(SyntaxError) in
        if key == "title" {
          reader.document.title = reader.text(try reader.composer.entry(value), "title")
        } else {
          try reader.composer.skip(value)
        }
      }
    case "servers": document.server = server(try composer.entry(value))
    case "paths":
      try members(value) { (reader, path, position, value) throws(SyntaxError) in
        guard path.hasPrefix("/") else { return try reader.composer.skip(value) }
        let item = try reader.pathItem(value)
        reader.document.paths.append((Spot(value: path, position: position), item))
      }
    case "components":
      try members(value) { (reader, key, _, value) throws(SyntaxError) in
        guard key == "pathItems" else { return try reader.composer.skip(value) }
        try reader.members(value) { (reader, name, _, value) throws(SyntaxError) in
          reader.document.components[name] = try reader.pathItem(value)
        }
      }
    default: try composer.skip(value)
    }
  }

  private mutating func pathItem(_ start: Composer.Piece) throws(SyntaxError) -> OpenAPIDocument.PathItem {
    var item = OpenAPIDocument.PathItem(position: start.position)
    try members(start) { (reader, key, position, value) throws(SyntaxError) in
      switch key {
      case "$ref": item.reference = reader.text(try reader.composer.entry(value), "$ref")
      case "servers": item.server = reader.server(try reader.composer.entry(value))
      case "additionalOperations":
        try reader.members(value) { (reader, method, position, value) throws(SyntaxError) in
          item.operations.append(try reader.operation(method, position, value))
        }
      case let method where Self.methods.contains(method):
        item.operations.append(try reader.operation(method.uppercased(), position, value))
      default: try reader.composer.skip(value)
      }
    }
    return item
  }

  private mutating func operation(
    _ method: String, _ position: FilePosition, _ start: Composer.Piece
  ) throws(SyntaxError) -> OpenAPIDocument.Operation {
    operationCount += 1
    guard operationCount <= Self.maximumOperationCount else {
      throw SyntaxError("the document has more than \(Self.maximumOperationCount) operations", at: position)
    }
    var operation = OpenAPIDocument.Operation(method: method, position: position)
    try members(start) { (reader, key, _, value) throws(SyntaxError) in
      switch key {
      case "$ref": operation.reference = reader.text(try reader.composer.entry(value), key)
      case "operationId": operation.id = reader.text(try reader.composer.entry(value), key)
      case "servers": operation.server = reader.server(try reader.composer.entry(value))
      case "tags": operation.tag = reader.firstText(try reader.composer.entry(value))
      default: try reader.composer.skip(value)
      }
    }
    return operation
  }

  /// The members of a mapping. Where the value is no mapping, there are none and a problem is reported.
  private mutating func members(
    _ start: Composer.Piece,
    _ body: (inout OpenAPIReader, String, FilePosition, Composer.Piece) throws(SyntaxError) -> Void
  ) throws(SyntaxError) {
    guard case .mappingStart = start.event else {
      problems.add("this must be a mapping", at: start.position)
      return try composer.skip(start)
    }
    var reader = self
    try composer.members(of: start.position) { (key, position, value) throws(SyntaxError) in
      try body(&reader, key, position, value)
    }
    self = reader
  }

  private func text(_ node: Node, _ what: String) -> Spot<String>? {
    guard case .scalar(let scalar) = node.content, !scalar.isNull else {
      decoder.wrongType(node, what, "text")
      return nil
    }
    return Spot(value: scalar.text, position: node.position)
  }

  private func firstText(_ node: Node) -> String? {
    decoder.elements(node, "tags") { text($0, "a tag") }.first?.value
  }

  /// The first server of a list of servers.
  private func server(_ node: Node) -> OpenAPIDocument.Server? {
    guard case .sequence(let nodes) = node.content, let first = nodes.first,
      case .mapping(let members) = first.content,
      let url = members.first(where: { $0.key == "url" }).flatMap({ text($0.value, "url") })
    else { return nil }
    var variables: [String: String] = [:]
    if case .mapping(let variableNodes)? = members.first(where: { $0.key == "variables" })?.value.content {
      for variable in variableNodes {
        guard case .mapping(let fields) = variable.value.content,
          case .scalar(let value)? = fields.first(where: { $0.key == "default" })?.value.content
        else { continue }
        variables[variable.key] = value.text
      }
    }
    return OpenAPIDocument.Server(url: url, variables: variables)
  }
}
