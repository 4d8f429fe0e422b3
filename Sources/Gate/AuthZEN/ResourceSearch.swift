internal import Access
internal import Administration
internal import Store

/// A search for the resources of a type on which a subject may do an action.
struct ResourceSearch: Search {
  /// The type that is searched for. An `id` is ignored. The properties narrow the request about each
  /// resource; for lists the connector says where they are.
  struct Sought: Codable {
    let type: String
    let properties: Evaluation.Properties?
  }

  var subject: Evaluation.Subject
  let action: Evaluation.Action
  let resource: Sought
  let context: Evaluation.Context?
  var page: SearchPageRequest?

  var asking: Evaluation.Subject? {
    get { subject }
    set { if let newValue { subject = newValue } }
  }

  func candidates(
    after spot: SearchSpot?, limit: Int, _ checker: Checker, now: Timestamp
  ) throws -> SearchCandidates {
    guard let asker = subject.asker, let type = Evaluation.ResourceType(rawValue: resource.type) else {
      return .none
    }
    var request = CheckRequest(asker: asker, surface: .widget(.noName))
    try resource.properties?.narrow(&request)
    request.source = try context?.address()
    switch type {
    case .widget:
      let widgets = try checker.source.loadedPlaces().widgets.lazy.map { widget in
        candidate(request, widget.name, .widget(.id(widget.id)))
      }
      return SearchCandidates(widgets, after: spot, limit: limit)
    case .endpoint:
      let method = try action.method()
      let endpoints = try checker.source.loadedPlaces().endpoints.lazy.map { endpoint in
        candidate(request, endpoint.name, .endpoint(.id(endpoint.id), method))
      }
      return SearchCandidates(endpoints, after: spot, limit: limit)
    case .list: return try lists(request, after: spot, limit: limit, checker.source)
    }
  }

  private func candidate(
    _ request: CheckRequest, _ name: Name, _ surface: CheckRequest.Surface
  ) -> SearchCandidate {
    var request = request
    request.surface = surface
    return SearchCandidate(
      spot: SearchSpot(keys: [NameKey(name).text]), request: request,
      entity: SearchEntity(type: resource.type, id: name.text))
  }

  /// The lists of one connector or of all, connector by connector.
  private func lists(
    _ request: CheckRequest, after spot: SearchSpot?, limit: Int, _ source: AccessSource
  ) throws -> SearchCandidates {
    var rows: [SearchCandidate] = []
    for connector in try connectors(source) {
      let key = NameKey(connector.connector.name).text
      // Lists of a connector that the search has passed need not be made.
      if let reached = spot?.keys.first, SearchSpot(keys: [key]) < SearchSpot(keys: [reached]) { continue }
      let own = connector.lists.lazy.map { list in
        candidate(request, list, of: connector.connector, key)
      }
      let found = SearchCandidates(own, after: spot, limit: limit - rows.count)
      rows += found.rows
      if found.hasAfter { return SearchCandidates(rows: rows, hasAfter: true) }
    }
    return SearchCandidates(rows: rows, hasAfter: false)
  }

  /// The connectors, in the order of their names.
  private func connectors(_ source: AccessSource) throws -> [ConnectorCatalogue] {
    if let name = resource.properties?.connector {
      return try source.connector(Reference(text: name)).map { [$0] } ?? []
    }
    return try source.reader.connectors().compactMap { try source.connector($0.id) }
  }

  private func candidate(
    _ request: CheckRequest, _ list: CatalogueList, of connector: Connector, _ key: String
  ) -> SearchCandidate {
    var request = request
    (request.surface, request.list) = (.api(.id(connector.id)), .id(list.id))
    return SearchCandidate(
      spot: SearchSpot(keys: [key, NameKey(list.name).text]), request: request,
      entity: SearchEntity(
        type: resource.type, id: list.name.text, properties: ["connector": connector.name.text]))
  }
}
