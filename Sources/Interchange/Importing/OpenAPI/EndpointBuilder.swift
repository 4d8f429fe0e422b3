import Access

/// Makes a list of each path of a document, and an endpoint of each operation.
struct EndpointBuilder {
  /// What identifies an endpoint.
  private struct Place: Hashable {
    let key: AddressKey
    let method: HTTPMethod
  }

  private let document: OpenAPIDocument
  private let baseURL: String?
  private let grouping: ImportOptions.Grouping
  private var connector: ImportedConnector<Spot<String>>
  private var notes: [ImportNote] = []
  private var lists: [String: Int] = [:]
  private var places: [Place: String] = [:]
  private var names: Set<String> = []

  init(_ document: OpenAPIDocument, _ options: ImportOptions, of name: Named) {
    self.document = document
    baseURL = options.baseURL
    grouping = options.grouping
    connector = ImportedConnector(entry: ConnectorEntry(named: name), endpoints: [])
  }

  mutating func catalogue() throws(SyntaxError) -> ImportedCatalogue {
    let references = OpenAPIReferences(document)
    for (path, item) in document.paths {
      let item = try references.resolved(item)
      for operation in item.operations {
        try OpenAPIReferences.require(standingHere: operation)
        try add(operation, item, path)
      }
    }
    guard !(connector.endpoints ?? []).isEmpty else {
      throw SyntaxError(
        "no path of the document can be an endpoint",
        at: notes.first?.line.map { FilePosition(line: $0, column: 1) } ?? .start,
        hint: notes.first?.text)
    }
    switch grouping {
    case .none: for index in connector.entry.lists.indices { connector.entry.lists[index].group = nil }
    case .path: OpenAPIGroups.assignPaths(to: &connector.entry.lists)
    case .auto, .tag, .namespace, .word: break
    }
    return ImportedCatalogue(connectors: [connector], notes: notes)
  }

  private mutating func add(
    _ operation: OpenAPIDocument.Operation, _ item: OpenAPIDocument.PathItem, _ path: Spot<String>
  ) throws(SyntaxError) {
    let title = "\(operation.method) \(path.value)"
    // A HEAD request is treated as GET.
    guard let method = HTTPMethod(rawValue: operation.method)?.asAsked else {
      return leaveOut(title, "its method is none", operation)
    }
    let base = try base(operation, item)
    let encoded = OpenAPIPath(path.value)
    let address: AddressTemplate
    do throws(AddressProblem) { address = try AddressTemplate(base + encoded.text) } catch {
      if let wider = try? AddressTemplate(base + encoded.wider) {
        connector.leftOut.append(
          LeftOutOperation(title: title, address: wider, method: method, isWider: true))
      }
      return leaveOut(title, error.description, operation)
    }
    let place = Place(key: address.key(.exact), method: method)
    if let other = places[place] {
      return leaveOut(title, "a request could mean the operation \(shown(other)) as well", operation)
    }
    let name = self.name(operation, method, encoded.name)
    places[place] = name.value
    noteList(encoded.name, operation)
    connector.endpoints?.append(
      ImportedEndpoint(name: name, address: address, method: method, list: encoded.name))
  }

  private mutating func leaveOut(
    _ title: String, _ reason: String, _ operation: OpenAPIDocument.Operation
  ) {
    notes.append(ImportNote("operation", title, reason, at: operation.position))
  }

  /// The name of an operation's endpoint: the operationId where it is a valid and unused name, otherwise the
  /// method and the path.
  private mutating func name(
    _ operation: OpenAPIDocument.Operation, _ method: HTTPMethod, _ path: String
  ) -> Spot<String> {
    if let id = operation.id, (try? Name(id.value)) != nil, names.insert(id.value.lowercased()).inserted {
      return id
    }
    return Spot(value: "\(method.rawValue) \(path)", position: operation.position)
  }

  private mutating func noteList(_ name: String, _ operation: OpenAPIDocument.Operation) {
    if let index = lists[name] {
      if connector.entry.lists[index].group == nil { connector.entry.lists[index].group = operation.tag }
      return
    }
    lists[name] = connector.entry.lists.count
    connector.entry.lists.append(
      ListEntry(named: Spot(value: name, position: operation.position), group: operation.tag))
  }

  /// The base to which a path is appended: the server of the operation, of the path or of the document.
  private func base(
    _ operation: OpenAPIDocument.Operation, _ item: OpenAPIDocument.PathItem
  ) throws(SyntaxError) -> String {
    if let baseURL { return baseURL.trimmedSlash }
    guard let server = operation.server ?? item.server ?? document.server else {
      throw SyntaxError(
        "the document names no server", at: .start, hint: "name it (--base-url https://HOST/PATH)",
        isAlone: true)
    }
    var url = server.url.value
    for (name, value) in server.variables { url = url.replacing("{\(name)}", with: value) }
    guard ["https://", "http://"].contains(where: { url.lowercased().hasPrefix($0) }), !url.contains("{")
    else {
      throw SyntaxError(
        "this server is no whole address", at: server.url.position,
        hint: "name it (--base-url https://HOST/PATH)", isAlone: true)
    }
    return url.trimmedSlash
  }
}

extension String {
  fileprivate var trimmedSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
