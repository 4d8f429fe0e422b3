internal import Access

/// Step 5's failures in words.
struct CatalogueWords {
  private let verdict: Verdict
  private var names: NameBook { verdict.names }

  init(_ verdict: Verdict) { self.verdict = verdict }

  func text(_ failure: CatalogueFailure) -> String {
    let request = verdict.request
    switch failure {
    case .unknownWidget, .unknownEndpoint, .unknownConnector: return "the catalogue has no \(surface)"
    case .disabledWidget(let id): return "the widget \(quoted(names.widgets[id]?.text ?? "")) is disabled"
    case .disabledEndpoint(let id):
      return "the endpoint \(quoted(names.endpoints[id]?.text ?? "")) is disabled"
    case .methodNotTaken(let id, let method):
      return "the endpoint \(quoted(names.endpoints[id]?.text ?? "")) does not take \(method.rawValue)"
    case .unknownCompany: return "\(connector) has no company \(shown(request.company))"
    case .connectorWithoutCompanies: return "\(connector) has no companies, and one is asked for"
    case .unknownList: return "\(connector) has no list \(shown(request.list))"
    case .noList: return "the API is asked for no list"
    case .listNotOfWidget(_, let list): return "the widget does not show the list \(name(list))"
    case .listNotOfEndpoint(_, let list): return "the endpoint is not over the list \(name(list))"
    case .noListLeft: return "its lists have left the catalogue"
    case .unknownItem(let kind):
      return "no list that is meant has the \(kind.singular) \(shown(request.item?.item))"
    }
  }

  private var surface: String {
    switch verdict.request.surface {
    case .widget(let reference): "widget \(shown(reference))"
    case .endpoint(let reference, _): "endpoint \(shown(reference))"
    case .api(let reference): "connector \(shown(reference))"
    }
  }

  private var connector: String {
    let id = verdict.question.catalogue.connector
    return id.flatMap { names.connectors[$0] }.map { quoted($0.text) } ?? "the connector"
  }

  private func name(_ list: ListID) -> String { quoted(names.lists[list]?.text ?? list.description) }

  private func shown<Kind>(_ reference: Reference<Kind>?) -> String {
    switch reference {
    case .named(let name): quoted(name.text)
    case .id: "that was asked for: it has left the catalogue"
    case .noName, nil: "of that name"
    }
  }
}

extension ItemKind {
  /// As within a sentence: "action", "detail", "list action".
  package var singular: String { self == .listAction ? "list action" : rawValue }
}

/// What grants cover and lack, in words.
struct CoverWords {
  let names: NameBook

  /// As many names are told; of more, how many.
  private static let shownNames = 3

  func text(_ block: AccessBlock) -> String {
    let lists = some(block.lists.map { names.lists[$0]?.text ?? $0.description })
    guard let companies = block.companies else { return lists }
    return "\(lists) of \(some(companies.map { names.companies[$0]?.text ?? $0.description }))"
  }

  func lacks(_ condition: GrantCondition, _ located: Located?) -> String {
    switch condition {
    case .role: return "has no connector role that gives data (User or Administrator)"
    case .company:
      return
        "does not have the \(several("company", "companies", located?.companies?.map { names.companies[$0]?.text ?? "" }))"
    case .list:
      return
        "does not have the \(several("list", "lists", located?.lists.map { names.lists[$0]?.text ?? "" }))"
    case .item:
      let item = located?.item
      let name = item?.items.first.flatMap { names.items[$0.item]?.name.text } ?? ""
      return "does not have the \(item?.kind.singular ?? "item") \(quoted(name))"
    }
  }

  private func several(_ one: String, _ many: String, _ names: [String]?) -> String {
    guard let names, !names.isEmpty else { return one }
    return names.count == 1 ? "\(one) \(quoted(names[0]))" : "\(many) asked for: none of \(some(names))"
  }

  private func some(_ names: [String]) -> String {
    let shown = names.prefix(Self.shownNames).map(quoted).joined(separator: ", ")
    let more = names.count - Self.shownNames
    return more > 0 ? "\(shown) and \(more) more" : shown
  }
}

/// Smallest changes in words.
struct AdditionWords {
  let names: NameBook

  /// What is added to one grant is told together.
  func text(_ additions: [Addition]) -> String {
    var phrases: [String] = []
    var parts: [String] = []
    for (index, addition) in additions.enumerated() {
      guard let (part, place) = grantPart(addition) else {
        phrases.append(text(addition))
        continue
      }
      parts.append(part)
      if index + 1 < additions.count, grantPart(additions[index + 1])?.place == place { continue }
      phrases.append("add \(joined(parts)) to \(grant(place))")
      parts = []
    }
    return joined(phrases)
  }

  private func joined(_ texts: [String]) -> String {
    guard texts.count > 1, let last = texts.last else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + " and " + last
  }

  private func text(_ addition: Addition) -> String {
    switch addition {
    case .enableToken(let id): "enable the token \(name(id))"
    case .extendToken(let id): "give the token \(name(id)) a later end"
    case .bringTokenForward(let id): "give the token \(name(id)) an earlier beginning"
    case .putInForce(let thing, .begins): "have \(bounded(thing)) begin earlier"
    case .putInForce(let thing, _): "prolong \(bounded(thing))"
    case .widget(let widget, let token):
      "add the widget \(quoted(names.widgets[widget]?.text ?? "")) to what the token \(name(token)) opens"
    case .endpoint(let endpoint, let token):
      "add the endpoint \(quoted(names.endpoints[endpoint]?.text ?? "")) to what the token \(name(token)) opens"
    case .network(let source, let token): "add \(source) to the networks of the token \(name(token))"
    case .enableAccount(let id): "enable the \(names.title(.account(id)))"
    case .systemRole(let role, let subject):
      "give the system role \(role.rawValue) to \(names.title(subject))"
    case .enableWidget(let id): "enable the widget \(quoted(names.widgets[id]?.text ?? ""))"
    case .enableEndpoint(let id): "enable the endpoint \(quoted(names.endpoints[id]?.text ?? ""))"
    case .connectorRole, .company, .list, .item: ""
    }
  }

  private func bounded(_ thing: BoundedThing) -> String {
    switch thing {
    case .membership(let team, let account):
      "the membership of \(names.title(.account(account))) in \(names.title(.team(team)))"
    case .role(let role, let subject): "the system role \(names.name(role)) of \(names.title(subject))"
    case .grant(let place): grant(place)
    }
  }

  /// What is added to a grant, and to which; nil for another addition.
  private func grantPart(_ addition: Addition) -> (part: String, place: GrantPlace)? {
    switch addition {
    case .connectorRole(let role, let place): ("the connector role \(role.rawValue)", place)
    case .company(let id, let place):
      ("company \(quoted(names.companies[id]?.text ?? id.description))", place)
    case .list(let id, let place): ("list \(quoted(names.lists[id]?.text ?? id.description))", place)
    case .item(let item, let kind, let place):
      (
        "\(kind.singular) \(quoted(names.items[item.item]?.name.text ?? "")) of list "
          + quoted(names.lists[item.list]?.text ?? ""), place
      )
    default: nil
    }
  }

  private func name(_ token: TokenRowID) -> String { quoted(names.tokens[token]?.text ?? token.description) }

  private func grant(_ place: GrantPlace) -> String {
    let connector = names.connectors[place.connector]?.text ?? place.connector.description
    return "the grant of \(names.title(place.subject)) on \(quoted(connector))"
  }
}
