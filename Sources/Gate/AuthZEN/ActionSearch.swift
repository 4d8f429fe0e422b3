internal import Access
internal import Administration
internal import Store

/// A search for what a subject may do with a resource: an endpoint takes HTTP methods, a widget is viewed, a
/// list is read.
struct ActionSearch: Search {
  var subject: Evaluation.Subject
  let resource: Evaluation.Resource
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
    let source = try context?.address()
    let candidates = try names(type, checker.source).map { name in
      var request = try resource.request(Evaluation.Action(name: name))
      (request.asker, request.source) = (asker, source)
      return SearchCandidate(
        spot: SearchSpot(keys: [name]), request: request, entity: SearchEntity(name: name))
    }
    return SearchCandidates(candidates, after: spot, limit: limit)
  }

  private func names(_ type: Evaluation.ResourceType, _ source: AccessSource) throws -> [String] {
    switch type {
    case .widget: return ["view"]
    case .list: return ["read"]
    case .endpoint:
      guard case .named(let name) = Reference<Endpoint>(text: resource.id),
        let endpoint = try source.loadedPlaces().endpoints.first(where: { NameKey($0.name) == NameKey(name) })
      else { return [] }
      let methods = endpoint.methods.map(\.rawValue)
      // A HEAD request is decided as a GET request.
      return methods.contains("GET") && !methods.contains("HEAD") ? methods + ["HEAD"] : methods
    }
  }
}
