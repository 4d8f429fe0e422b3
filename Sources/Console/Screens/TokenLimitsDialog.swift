import Access
import Administration
import Store
import Terminal

/// The things of the catalogue to which a token can be limited, by name, for a form that is typed.
struct LimitChoices: Sendable {
  let widgets: [(id: WidgetID, name: Name)]
  let endpoints: [(id: EndpointID, name: Name)]

  init(_ reader: any SecurityReader) throws {
    widgets = try reader.widgets().map { ($0.id, $0.name) }
    endpoints = try reader.endpoints().map { ($0.id, $0.name) }
  }
}

/// Asks where and how often a token may be used.
struct TokenLimitsDialog: FormDialog {
  enum Field: FormField { case widgets, endpoints, networks, rate, accept, cancel }
  /// The names that were chosen for a field, as they are typed.
  struct News: Sendable {
    let field: Field
    let names: String
  }
  typealias Outcome = TokenRowID

  private let token: Token
  private let choices: LimitChoices
  private let context: ConsoleContext
  var form: Form<Field>
  var columns = Self.widest
  static var widest: Int { 64 }

  init(_ token: Token, _ choices: LimitChoices, context: ConsoleContext) {
    self.token = token
    self.choices = choices
    self.context = context
    let limits = token.limits
    let widgets = choices.widgets.filter { limits.widgets.contains($0.id) }.map(\.name.text)
    let endpoints = choices.endpoints.filter { limits.endpoints.contains($0.id) }.map(\.name.text)
    form = Form([
      .note("\(quotedName(token.name)) opens what its user may see, and no more than this:", .plain), .gap,
      .text(
        .widgets,
        TextField(
          "Widgets", value: widgets.joined(separator: "; "), maximum: 4_000, placeholder: "any",
          hasList: !choices.widgets.isEmpty)),
      .text(
        .endpoints,
        TextField(
          "Endpoints", value: endpoints.joined(separator: "; "), maximum: 4_000, placeholder: "any",
          hasList: !choices.endpoints.isEmpty)),
      .text(
        .networks,
        TextField(
          "Networks", value: limits.networks.map(\.description).sorted().joined(separator: "; "),
          maximum: 2_000, placeholder: "any, or 10.0.0.0/8; 2001:db8::/32")),
      .text(
        .rate,
        TextField(
          "Per minute", value: limits.requestsPerMinute.map(String.init) ?? "", maximum: 7,
          placeholder: "any number")), .gap,
      .note("Several are written with ; between. Enter lists what there is.", .muted), .gap,
      .buttons([Button(.accept, "Save", isDefault: true), Button(.cancel, "Cancel")]),
    ])
  }

  var title: String { "Limit token" }

  mutating func take(_ news: News) -> Effect<Message> {
    form.setText(news.field, news.names)
    form.setComplaint(news.field, nil)
    return .none
  }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    switch field {
    case .widgets: pick(.widgets, choices.widgets)
    case .endpoints: pick(.endpoints, choices.endpoints)
    default: save()
    }
  }

  /// Lists the possible things, with those ticked that the field names already. The last typed text, if it
  /// names nothing, filters the list.
  private func pick<ID: Hashable & Sendable>(
    _ field: Field, _ known: [(id: ID, name: Name)]
  ) -> Effect<Message> {
    let ids = byName(known)
    func id(_ text: String) -> ID? { (try? Name(text)).flatMap { ids[NameKey($0)] } }
    let parts = parts(field)
    let unknown = parts.filter { id($0) == nil }
    return .open(
      MultiChoiceDialog(
        title: field == .widgets ? "Widgets" : "Endpoints",
        rows: known.map { .init($0.id, $0.name.text) }, chosen: Set(parts.compactMap(id)),
        filter: unknown.last ?? "")
    ) { chosen in
      let names = known.filter { chosen.contains($0.id) }.map(\.name.text)
      return .news(News(field: field, names: (names + unknown.dropLast()).joined(separator: "; ")))
    }
  }

  private mutating func save() -> Effect<Message> {
    guard let limits = read() else { return .none }
    // Limits to things that left the catalogue are not in the form. Saving without them would be a change.
    if limits == token.limits { return .close }
    return busy(
      .run("saving") { [context, token] in
        .ended(
          context.change {
            try $0.setLimits(limits, of: token.id)
            return token.id
          })
      })
  }

  /// Reads the limits. Where a text is wrong, the result is nil, and the field gets a complaint.
  private mutating func read() -> TokenLimits? {
    var limits = TokenLimits.none
    guard let widgets = ids(.widgets, "widget", choices.widgets),
      let endpoints = ids(.endpoints, "endpoint", choices.endpoints)
    else { return nil }
    (limits.widgets, limits.endpoints) = (widgets, endpoints)
    for text in parts(.networks) {
      guard let network = Network(text) else { return refuse(.networks, "\(quoted(text)) is no network") }
      limits.networks.insert(network)
    }
    let rate = form.text(.rate).filter { $0 != " " && $0 != "," }
    if !rate.isEmpty {
      guard let number = Int(rate), TokenLimits.requestsPerMinuteRange.contains(number) else {
        return refuse(.rate, "a number from 1 to 1,000,000")
      }
      limits.requestsPerMinute = number
    }
    return limits
  }

  private mutating func ids<ID: Hashable>(
    _ field: Field, _ kind: String, _ known: [(id: ID, name: Name)]
  ) -> Set<ID>? {
    let ids = byName(known)
    var found: Set<ID> = []
    for text in parts(field) {
      guard let id = (try? Name(text)).flatMap({ ids[NameKey($0)] }) else {
        let problem = Problem(
          "there is no \(kind) named \(quoted(text))", hint: meant(text, among: known.map(\.name)))
        return refuse(field, problem.line)
      }
      found.insert(id)
    }
    return found
  }

  /// The question whether a near name was meant; nil where none is near.
  private func meant(_ text: String, among names: [Name]) -> String? {
    guard let name = try? Name(text) else { return nil }
    let nearest = NearbyNames.nearest(name, among: names)
    return nearest.isEmpty ? nil : "did you mean \(nearest.map(quoted).joined(separator: " or "))?"
  }

  private func byName<ID>(_ known: [(id: ID, name: Name)]) -> [NameKey: ID] {
    Dictionary(known.map { (NameKey($0.name), $0.id) }, uniquingKeysWith: { first, _ in first })
  }

  private func parts(_ field: Field) -> [String] {
    form.text(field).split(separator: ";").map { part in
      var part = part.drop { $0 == " " }
      while part.last == " " { part.removeLast() }
      return String(part)
    }.filter { !$0.isEmpty }
  }

  private mutating func refuse<Value>(_ field: Field, _ text: String) -> Value? {
    _ = complain(field, text)
    return nil
  }
}
