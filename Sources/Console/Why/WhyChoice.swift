import Access
import Administration
import Store
import Terminal

/// A part of a request that can be changed on Why, with its key.
enum WhyPart: Hashable, Sendable, CaseIterable {
  case token, place, company, list, item, time, source

  var key: Key {
    switch self {
    case .token: "t"
    case .place: "s"
    case .company: "c"
    case .list: "l"
    case .item: "i"
    case .time: "x"
    case .source: "o"
    }
  }

  var title: String {
    switch self {
    case .token: "Token"
    case .place: "Place"
    case .company: "Company"
    case .list: "List"
    case .item: "Item"
    case .time: "Time"
    case .source: "Source"
    }
  }

  /// Whether the request has this part. A team has no tokens, and an endpoint has one list.
  func applies(to request: CheckRequest) -> Bool {
    switch self {
    case .token: request.account != nil
    case .list: if case .endpoint = request.surface { false } else { true }
    default: true
    }
  }
}

/// A change of a request.
enum WhyChoice: Hashable, Sendable {
  case asker(CheckRequest.Asker)
  case place(CheckRequest.Surface, list: Reference<CatalogueList>?)
  case company(Reference<Company>?)
  case list(Reference<CatalogueList>?)
  case item(CheckRequest.ItemReference?)
  case time(Timestamp?)
  case source(IPAddress?)

  /// The present value of the part, which is selected at first.
  static func current(_ part: WhyPart, of request: CheckRequest) -> WhyChoice {
    switch part {
    case .token: .asker(request.asker)
    case .place: .place(request.surface, list: nil)
    case .company: .company(request.company)
    case .list: .list(request.list)
    case .item: .item(request.item)
    case .time: .time(request.at)
    case .source: .source(request.source)
    }
  }
}

extension CheckRequest {
  var account: AccountReference? {
    switch asker {
    case .account(let reference), .token(_, let reference): reference
    case .tokenID, .hashes, .presented, .malformedTokenID, .noToken, .team: nil
    }
  }

  mutating func take(_ choice: WhyChoice) {
    switch choice {
    case .asker(let asker): self.asker = asker
    case .place(let surface, let list): (self.surface, self.list, company, item) = (surface, list, nil, nil)
    case .company(let company): self.company = company
    case .list(let list): (self.list, item) = (list, nil)
    case .item(let item): self.item = item
    case .time(let time): at = time
    case .source(let source): self.source = source
    }
  }
}

/// The possible values of a part of a request.
struct WhyChoices {
  private typealias Row = ChoiceDialog<WhyChoice>.Row

  private let source: AccessSource
  private let request: CheckRequest
  private let now: Timestamp

  init(_ reader: any SecurityReader, _ request: CheckRequest, at now: Timestamp) {
    source = AccessSource(reader)
    self.request = request
    self.now = now
  }

  func rows(of part: WhyPart) throws -> [ChoiceDialog<WhyChoice>.Row] {
    switch part {
    case .token: try tokens()
    case .place: try places()
    case .company: try companies()
    case .list: try lists()
    case .item: try items()
    case .time, .source: []
    }
  }

  private func tokens() throws -> [Row] {
    guard let reference = request.account, case .id(let id) = reference.account else { return [] }
    let tokens = try source.reader.tokens(of: id).map { token in
      Row(
        .asker(.token(.id(token.id), of: reference)), token.name.text,
        detail: token.state(at: now).rawValue)
    }
    return tokens + [Row(.asker(.account(reference)), "No token", detail: "what it could see")]
  }

  private func places() throws -> [Row] {
    let places = try source.loadedPlaces()
    let widgets = places.widgets.map {
      Row(
        .place(.widget(.id($0.id)), list: nil), $0.name.text,
        detail: $0.isEnabled ? "widget" : "widget, disabled")
    }
    let endpoints = places.endpoints.flatMap { endpoint in
      endpoint.methods.sorted().map { method in
        Row(
          .place(.endpoint(.id(endpoint.id), method), list: nil), endpoint.name.text,
          detail: "endpoint, \(method.rawValue)")
      }
    }
    let connectors = try source.reader.connectors().compactMap { connector -> Row? in
      guard let list = try source.connector(connector.id)?.lists.first else { return nil }
      return Row(
        .place(.api(.id(connector.id)), list: .id(list.id)), connector.name.text,
        detail: "the API of a connector")
    }
    return widgets + endpoints + connectors
  }

  private func companies() throws -> [Row] {
    guard let loaded = try connector(), !loaded.companies.isEmpty else { return [] }
    return [Row(.company(nil), "Any company")]
      + loaded.companies.map { Row(.company(.id($0.id)), $0.name.text) }
  }

  private func lists() throws -> [Row] {
    guard let loaded = try connector() else { return [] }
    let rows = try meantLists(loaded).map {
      Row(.list(.id($0.id)), $0.name.text, detail: $0.group?.text ?? "")
    }
    if case .api = request.surface { return rows }
    return [Row(.list(nil), "Any of the widget's lists")] + rows
  }

  private func items() throws -> [Row] {
    guard let loaded = try connector() else { return [] }
    var lists = try meantLists(loaded)
    if case .id(let id) = request.list { lists = lists.filter { $0.id == id } }
    let items = lists.flatMap { list in
      (loaded.items[list.id] ?? []).map { item in
        Row(
          .item(CheckRequest.ItemReference(item.kind, .id(item.id))), item.name.text,
          detail: "\(item.kind.singular) of \(list.name.text)")
      }
    }
    return items.isEmpty ? [] : [Row(.item(nil), "No item")] + items
  }

  /// The lists of the widget or endpoint, or otherwise all lists of the connector.
  private func meantLists(_ loaded: ConnectorCatalogue) throws -> [CatalogueList] {
    let places = try source.loadedPlaces()
    switch request.surface {
    case .widget(.id(let id)):
      let own = places.widgets.first { $0.id == id }?.lists ?? []
      return loaded.lists.filter { own.contains($0.id) }
    case .endpoint(.id(let id), _):
      let own = places.endpoints.first { $0.id == id }?.list
      return loaded.lists.filter { $0.id == own }
    default: return loaded.lists
    }
  }

  private func connector() throws -> ConnectorCatalogue? {
    let places = try source.loadedPlaces()
    switch request.surface {
    case .widget(.id(let id)):
      return try places.widgets.first { $0.id == id }.flatMap { try source.connector($0.connector) }
    case .endpoint(.id(let id), _):
      return try places.endpoints.first { $0.id == id }.flatMap { try source.connector($0.connector) }
    case .api(.id(let id)): return try source.connector(id)
    default: return nil
    }
  }
}
