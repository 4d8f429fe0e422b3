/// The result of step 5. A disabled widget or endpoint is still located, so that the grants can be looked at
/// all the same.
struct CatalogueStep {
  let result: StepResult<ConnectorID, CatalogueFailure>
  let located: Located?

  static func failed(_ failure: CatalogueFailure) -> CatalogueStep {
    CatalogueStep(result: .failed(failure), located: nil)
  }

  static let contradiction = CatalogueStep(result: .inconsistent(.otherCatalogue), located: nil)
}

/// Step 5: finds what a request asks for in the catalogue.
func locate(_ request: AccessRequest, in facts: CatalogueFacts) -> CatalogueStep {
  switch request.surface {
  case .widget(.unknown): return .failed(.unknownWidget)
  case .endpoint(.unknown, _): return .failed(.unknownEndpoint)
  case .api(.unknown): return .failed(.unknownConnector)
  case .widget(.found(let id)):
    guard let widget = facts.widget, widget.id == id, facts.connector == widget.connector else {
      return .contradiction
    }
    let lists = facts.lists.kept(widget.lists.has)
    let missing = request.list?.id.map { CatalogueFailure.listNotOfWidget(id, $0) }
    return locateParts(request, facts, widget.connector, lists, otherwise: missing ?? .noListLeft)
      .failing(widget.isEnabled ? nil : .disabledWidget(id))
  case .endpoint(.found(let id), let method):
    guard let endpoint = facts.endpoint, endpoint.id == id, facts.connector == endpoint.connector else {
      return .contradiction
    }
    let lists = facts.lists.filter { $0 == endpoint.list }
    let missing = request.list?.id.map { CatalogueFailure.listNotOfEndpoint(id, $0) }
    return locateParts(request, facts, endpoint.connector, lists, otherwise: missing ?? .noListLeft)
      .failing(endpoint.methods.contains(method.asAsked) ? nil : .methodNotTaken(id, method))
      .failing(endpoint.isEnabled ? nil : .disabledEndpoint(id))
  case .api(.found(let id)):
    guard facts.connector == id else { return .contradiction }
    guard request.list != nil else { return .failed(.noList) }
    return locateParts(request, facts, id, facts.lists, otherwise: .noListLeft)
  }
}

/// Locates the company, the lists and the item on a connector. `missing` is the failure to report where there
/// are no lists.
private func locateParts(
  _ request: AccessRequest, _ facts: CatalogueFacts, _ connector: ConnectorID, _ lists: [ListID],
  otherwise missing: CatalogueFailure
) -> CatalogueStep {
  guard facts.hasCompanies || facts.companies.isEmpty else { return .contradiction }
  switch request.company {
  case nil: guard facts.hasCompanies != facts.companies.isEmpty else { return .contradiction }
  case .some where !facts.hasCompanies: return .failed(.connectorWithoutCompanies(connector))
  case .unknown: return .failed(.unknownCompany)
  case .found(let id): guard facts.companies == [id] else { return .contradiction }
  }
  if request.list == .unknown { return .failed(.unknownList) }
  if let named = request.list?.id, facts.lists != [named] { return .contradiction }
  guard !lists.isEmpty else { return .failed(missing) }
  let companies = facts.hasCompanies ? facts.companies : nil
  guard let item = request.item else {
    return CatalogueStep(
      result: .held(connector), located: Located(connector: connector, companies: companies, lists: lists))
  }
  let items = item.found.filter { lists.contains($0.list) }
  guard !items.isEmpty else { return .failed(.unknownItem(item.kind)) }
  let having = lists.filter { list in items.contains { $0.list == list } }
  return CatalogueStep(
    result: .held(connector),
    located: Located(
      connector: connector, companies: companies, lists: having,
      item: LocatedItem(kind: item.kind, items: items)))
}

extension [ListID] {
  /// The lists that the condition holds for. Where that is all of them, as mostly, it is the very same array.
  fileprivate func kept(_ condition: (ListID) -> Bool) -> [ListID] {
    allSatisfy(condition) ? self : filter(condition)
  }
}

extension CatalogueStep {
  /// The same step with a failure that keeps what was located. A failure of the widget or endpoint itself
  /// goes before a failure of what the request asks of it.
  fileprivate func failing(_ failure: CatalogueFailure?) -> CatalogueStep {
    guard let failure else { return self }
    if case .inconsistent = result { return self }
    return CatalogueStep(result: .failed(failure), located: located)
  }
}

extension HTTPMethod {
  private static let head = HTTPMethod(rawValue: "HEAD")

  /// The method for the comparison with an endpoint's methods: HEAD is answered where GET is (RFC 9110,
  /// section 9.3.2).
  package var asAsked: HTTPMethod { self == Self.head ? .get : self }
}
