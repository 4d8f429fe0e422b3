import Access
import Store

/// Imports OpenAPI 3. Each path becomes a list, each path with a method becomes an endpoint that matches
/// exactly this path, and the tags become the groups of the lists.
struct OpenAPIImporter: CatalogueImporter {
  func looksLike(_ beginning: String) -> Bool {
    let start = beginning.drop { $0.isWhitespace }
    return start.hasPrefix("{") || start.hasPrefix("openapi:") || beginning.contains("\nopenapi:")
  }

  func read(
    _ text: UnsafeBufferPointer<UInt8>, _ options: ImportOptions, _ problems: Problems
  ) throws(SyntaxError) -> ImportedCatalogue {
    let found = Problems()
    var reader = OpenAPIReader(try events(text), found)
    let document = try reader.read()
    for problem in found.list { problems.add(problem) }
    let name = try connector(document, options)
    var builder = EndpointBuilder(document, options, of: name)
    return try builder.catalogue()
  }

  private func events(_ text: UnsafeBufferPointer<UInt8>) throws(SyntaxError) -> any FileEvents {
    if text.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") {
      return JSONEvents(text, maximumScalarBytes: OpenAPIReader.maximumScalarBytes)
    }
    guard let events = YamlEvents(text, maximumScalarBytes: OpenAPIReader.maximumScalarBytes) else {
      throw SyntaxError("out of memory", at: .start)
    }
    return events
  }

  private func connector(
    _ document: OpenAPIDocument, _ options: ImportOptions
  ) throws(SyntaxError) -> Named {
    if let name = options.connector { return Named(name: name, key: NameKey(name), position: .start) }
    guard let title = document.title else {
      throw SyntaxError(
        "the document has no title that the connector could be called by", at: .start,
        hint: "name the connector (--connector NAME)")
    }
    do {
      let name = try Name(title.value)
      return Named(name: name, key: NameKey(name), position: title.position)
    } catch {
      throw SyntaxError(
        "the title can't be a connector's name: \(error.description)", at: title.position,
        hint: "name the connector (--connector NAME)")
    }
  }
}
