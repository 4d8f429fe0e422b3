internal import Access

/// What a denied request asked for, by ids, so that it can be asked again. The token and the source stand beside it.
struct DeniedRequest: Hashable, Sendable, Codable {
  private var widget: WidgetID?
  private var endpoint: EndpointID?
  private var method: HTTPMethod?
  private var connector: ConnectorID?
  private var company: CompanyID?
  private var list: ListID?
  private var itemKind: ItemKind?
  private var item: Name?

  /// Fails where the request named something that is not in the catalogue.
  init?(_ verdict: Verdict) {
    let asked = verdict.question.request
    switch asked.surface {
    case .widget(.found(let id)): widget = id
    case .endpoint(.found(let id), let method): (endpoint, self.method) = (id, method)
    case .api(.found(let id)): connector = id
    case .widget(.unknown), .endpoint(.unknown, _), .api(.unknown): return nil
    }
    if asked.company == .unknown || asked.list == .unknown { return nil }
    (company, list) = (asked.company?.id, asked.list?.id)
    guard let item = verdict.request.item else { return }
    switch item.item {
    case .named(let name): (itemKind, self.item) = (item.kind, name)
    case .id(let id):
      guard let name = verdict.names.items[id]?.name else { return nil }
      (itemKind, self.item) = (item.kind, name)
    case .noName: return nil
    }
  }

  func request(of asker: CheckRequest.Asker, from source: String?) -> CheckRequest? {
    guard let surface else { return nil }
    var request = CheckRequest(asker: asker, surface: surface)
    request.company = company.map { .id($0) }
    request.list = list.map { .id($0) }
    if let itemKind, let item { request.item = .init(itemKind, .named(item)) }
    request.source = source.flatMap { IPAddress($0) }
    return request
  }

  private var surface: CheckRequest.Surface? {
    if let widget { return .widget(.id(widget)) }
    if let endpoint, let method { return .endpoint(.id(endpoint), method) }
    return connector.map { .api(.id($0)) }
  }
}
