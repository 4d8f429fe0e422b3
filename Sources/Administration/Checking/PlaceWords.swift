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
    var words = ""
    // Room for most changes, because a text that outgrows its room is copied.
    words.reserveCapacity(256)
    join(additions.runs, in: &words) { run, words in
      guard let first = run.first, let place = first.grantPlace else {
        for addition in run { words += text(addition) }
        return
      }
      words += "add "
      join(run, in: &words, tellPart)
      words += " to "
      tell(place, in: &words)
    }
    return words
  }

  /// Tells parts with commas between them, and an "and" before the last one.
  private func join<Parts: BidirectionalCollection>(
    _ parts: Parts, in words: inout String, _ tell: (Parts.Element, inout String) -> Void
  ) {
    let last = parts.indices.last
    for index in parts.indices {
      if index != parts.startIndex { words += index == last ? " and " : ", " }
      tell(parts[index], &words)
    }
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

  /// Tells what is added to a grant; nothing for another addition.
  private func tellPart(_ addition: Addition, in words: inout String) {
    switch addition {
    case .connectorRole(let role, _):
      words += "the connector role "
      words += role.rawValue
    case .company(let id, _):
      words += "company "
      words.append(quoting: names.companies[id]?.text ?? id.description)
    case .list(let id, _):
      words += "list "
      words.append(quoting: names.lists[id]?.text ?? id.description)
    case .item(let item, let kind, _):
      words += kind.singular
      words += " "
      words.append(quoting: names.items[item.item]?.name.text ?? "")
      words += " of list "
      words.append(quoting: names.lists[item.list]?.text ?? "")
    default: break
    }
  }

  private func name(_ token: TokenRowID) -> String { quoted(names.tokens[token]?.text ?? token.description) }

  private func grant(_ place: GrantPlace) -> String {
    var words = ""
    tell(place, in: &words)
    return words
  }

  private func tell(_ place: GrantPlace, in words: inout String) {
    words += "the grant of "
    words += names.title(place.subject)
    words += " on "
    words.append(quoting: names.connectors[place.connector]?.text ?? place.connector.description)
  }
}
