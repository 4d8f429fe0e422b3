import Access
import Store

extension EntryOutput {
  func law(_ law: Law<AsWritten>) -> DocumentValue {
    .entry { (key: LawKey) in
      switch key {
      case .name: .text(law.name.text)
      case .reason: description(law.reason)
      case .mode: law.mode == .enforce ? nil : .text(law.mode.rawValue)
      case .exceptions: exceptions(law.exceptions)
      case .never, .apart, .within, .tokens, .owned: form(law.form, at: key)
      }
    }
  }

  /// The form of a law; nil at the keys of other forms.
  private func form(_ form: LawForm<AsWritten>, at key: LawKey) -> DocumentValue? {
    switch (key, form) {
    case (.never, .never(let who, let what)):
      .entry { (key: NeverKey) in key == .who ? self.who(who) : self.what(what) }
    case (.apart, .apart(let who, let what, let other)):
      .entry { (key: ApartKey) in
        switch key {
        case .who: self.who(who)
        case .what: self.what(what)
        case .other: self.what(other)
        }
      }
    case (.within, .within(let who, let team)):
      .entry { (key: WithinKey) in key == .who ? self.who(who) : .text(team.text) }
    case (.tokens, .tokens(let who, let demands)): tokens(who, demands)
    case (.owned, .owned(let who)): .entry { (_: OwnedKey) in self.who(who) }
    default: nil
    }
  }

  private func tokens(_ who: LawWho<AsWritten>, _ demands: TokenDemands) -> DocumentValue {
    func days(_ days: Int?) -> DocumentValue? { days.map { .literal(String($0)) } }
    func required(_ isRequired: Bool) -> DocumentValue? { isRequired ? .text(TokenDemandKey.demand) : nil }
    return .entry { (key: TokenDemandKey) in
      switch key {
      case .who: self.who(who)
      case .maxDays: days(demands.maximumDays)
      case .expiring: .flag(demands.isExpiring, default: false)
      case .networks: required(demands.needsNetworks)
      case .limited: required(demands.needsPlaces)
      case .unusedDays: days(demands.unusedDays)
      }
    }
  }

  private func who(_ who: LawWho<AsWritten>) -> DocumentValue {
    .entry { (key: LawWhoKey) in (key == .users ? who.users : who.apiUsers).map(selection) }
  }

  private func selection(_ selection: LawSelection<AsWritten>) -> DocumentValue {
    switch selection {
    case .all: .text("all")
    case .named(let names): .list(inOrder(Array(names)).map(DocumentValue.text))
    case .labelled(let labels):
      .entry { (key: LawSelectionKey) in key == .labels ? self.labels(labels) : nil }
    case .members(let teams):
      .entry { (key: LawSelectionKey) in key == .teams ? .names(inOrder(Array(teams))) : nil }
    }
  }

  private func what(_ what: LawWhat<AsWritten>) -> DocumentValue {
    .entry { (key: LawWhatKey) in
      switch key {
      case .connector: .text(what.connector.text)
      case .companies: what.companies.only.flatMap { .names(inOrder(Array($0))) }
      case .lists: what.lists.only.flatMap { .names(inOrder(Array($0))) }
      case .actions: what.items[.action].map(items)
      case .details: what.items[.detail].map(items)
      case .listActions: what.items[.listAction].map(items)
      }
    }
  }

  private func items(_ items: Coverage<LawItem<AsWritten>>) -> DocumentValue {
    guard let items = items.only else { return .text("all") }
    return .list(granted(items.map { (list: $0.list, name: $0.item) }))
  }

  private func exceptions(_ exceptions: [Name: Timestamp]) -> DocumentValue? {
    let named = exceptions.map { (key: NameKey($0.key), name: $0.key, until: $0.value) }
    return .entries(
      named.sorted { ($0.key, $0.name.text) < ($1.key, $1.name.text) }.map { exception in
        .entry { (key: LawExceptionKey) in
          .text(key == .until ? exception.until.description : exception.name.text)
        }
      })
  }
}
