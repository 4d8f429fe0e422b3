import Access
import Administration
import Store

extension EntryOutput {
  func team(_ team: TeamContent) -> DocumentValue {
    .entry { (key: TeamKey) in
      switch key {
      case .name: .text(team.general.name.text)
      case .description: description(team.general.summary)
      case .roles: held(team.roles) { titles.name($0) }
      case .grants: grants(team.grants)
      }
    }
  }

  func apiUser(_ account: AccountContent) -> DocumentValue {
    .entry { (key: APIUserKey) in
      switch key {
      case .name: .text(account.general.name.text)
      case .enabled: .flag(account.general.isEnabled, default: true)
      case .ownerOfIt: owner(account.general.particulars)
      case .note: note(account.general.particulars)
      case .labels: labels(account.general.particulars)
      case .teams: held(account.teams) { titles.teams[$0].map(\.text) }
      case .roles: held(account.roles) { titles.name($0) }
      case .grants: grants(account.grants)
      case .tokens: tokens(account.tokens)
      }
    }
  }

  func user(_ account: AccountContent) -> DocumentValue {
    .entry { (key: UserKey) in
      switch key {
      case .name: .text(account.general.name.text)
      case .unix: account.general.unixAccount.map { .text($0.text) }
      case .keys: .names(account.keys.sorted())
      case .enabled: .flag(account.general.isEnabled, default: true)
      case .teams: held(account.teams) { titles.teams[$0].map(\.text) }
      case .roles: held(account.roles) { titles.name($0) }
      case .grants: grants(account.grants)
      case .tokens: tokens(account.tokens)
      }
    }
  }

  /// Writes roles or teams in the order of their names. One without bounds is written as its name alone.
  private func held<Element>(_ held: BoundedSet<Element>, _ title: (Element) -> String?) -> DocumentValue? {
    let named = held.bounded.compactMap { held in title(held.value).map { (name: $0, bounds: held.bounds) } }
    return .entries(
      named.sorted { $0.name < $1.name }.map { name, bounds in
        if bounds.isAlways { return .text(name) }
        return .entry { (key: HeldKey) in
          switch key {
          case .name: .text(name)
          case .from: instant(bounds.from)
          case .until: instant(bounds.until)
          }
        }
      })
  }

  private func instant(_ instant: Timestamp?) -> DocumentValue? { instant.map { .text($0.description) } }

  private func grants(_ grants: [ConnectorID: Permissions]) -> DocumentValue? {
    let named = grants.compactMap { id, permissions in
      titles.connectors[id].map { (key: NameKey($0), name: $0, permissions: permissions) }
    }
    return .entries(named.sorted { $0.key < $1.key }.map { grant($0.name, $0.permissions) })
  }

  private func grant(_ connector: Name, _ permissions: Permissions) -> DocumentValue {
    .entry { (key: GrantKey) in
      switch key {
      case .connector: .text(connector.text)
      case .roles: .names(permissions.roles.map(\.rawValue).sorted())
      case .companies: coverage(permissions.companies) { names($0, titles.companies).map(DocumentValue.text) }
      case .lists: coverage(permissions.lists) { names($0, titles.lists).map(DocumentValue.text) }
      case .actions: coverage(permissions[.action], items)
      case .details: coverage(permissions[.detail], items)
      case .listActions: coverage(permissions[.listAction], items)
      case .from: instant(permissions.bounds.from)
      case .until: instant(permissions.bounds.until)
      }
    }
  }

  private func coverage<Element>(
    _ coverage: Coverage<Element>, _ outputs: (Set<Element>) -> [DocumentValue]
  ) -> DocumentValue? {
    switch coverage {
    case .all: .text("all")
    case .only(let set): .entries(outputs(set))
    }
  }

  private func items(_ items: Set<ListItem>) -> [DocumentValue] {
    let named = items.compactMap { item -> (list: Name, name: Name)? in
      guard let list = titles.lists[item.list], let name = titles.items[item.item]?.name else { return nil }
      return (list, name)
    }
    return granted(named)
  }

  /// Writes items in the order of the names of their lists, then of their own.
  func granted(_ items: [(list: Name, name: Name)]) -> [DocumentValue] {
    let keyed = items.map { (list: NameKey($0.list), key: NameKey($0.name), names: $0) }
    let sorted = keyed.sorted {
      ($0.list, $0.key, $0.names.list.text, $0.names.name.text)
        < ($1.list, $1.key, $1.names.list.text, $1.names.name.text)
    }
    return sorted.map { entry in
      .entry { (key: GrantedItemKey) in
        switch key {
        case .list: .text(entry.names.list.text)
        case .name: .text(entry.names.name.text)
        }
      }
    }
  }

  /// Writes the tokens, also where there are none: an absent key would leave the tokens of the store alone. Nil where
  /// tokens don't matter.
  private func tokens(_ tokens: [NameKey: TokenContent]?) -> DocumentValue? {
    tokens.map { .list($0.sorted { $0.key < $1.key }.map { token($0.value) }) }
  }

  func token(_ token: TokenContent) -> DocumentValue {
    let terms = token.terms
    return .entry { (key: TokenKey) in
      switch key {
      case .name: .text(terms.name.text)
      case .from: instant(terms.validFrom)
      case .expires: .text(terms.expiry.text)
      // A token whose limits have all left the catalogue is written as disabled. The file can't name these
      // limits, so in another store the token would open everything.
      case .disabled: .flag(terms.isDisabled || token.opensNothing, default: false)
      case .widgets: .names(names(terms.limits.widgets, titles.widgets))
      case .endpoints: .names(names(terms.limits.endpoints, titles.endpoints))
      case .networks: .names(terms.limits.networks.map(\.description).sorted())
      case .ratePerMinute: terms.limits.requestsPerMinute.map { .literal(String($0)) }
      case .ownerOfIt: owner(terms.particulars)
      case .note: note(terms.particulars)
      case .labels: labels(terms.particulars)
      }
    }
  }
}
