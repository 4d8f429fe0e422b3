internal import Access
internal import Store

/// Applies changes of the catalogue, in which many entries follow another one.
extension StoreState {
  mutating func apply(_ turn: UndoStep.Turn<CatalogueEntry>, at time: Timestamp) throws {
    guard let known = turn.became ?? turn.was else { throw UnreadableUndo() }
    let thing = known.thing
    if turn.course == .came, turn.deletion == nil {
      entries[thing] = KeptFact(known)
      return
    }
    guard let present = entries[thing] else { throw UnreadableUndo() }
    if let became = turn.became {
      entries[thing] = KeptFact(became.keepingGone(of: present.value) { self.isGone($0) })
      if turn.course == .came, turn.isPartless != true, let deletion = present.deletion,
        deletion.number > 0
      {
        for part in parts(of: thing) where entries[part]?.deletion?.number == deletion.number {
          entries[part]?.deletion = nil
        }
      }
    } else {
      let deletion = Deletion(number: turn.deletion ?? 0, at: time)
      for part in parts(of: thing) where entries[part]?.deletion == nil { entries[part]?.deletion = deletion }
      entries[thing]?.deletion = deletion
      if let name = turn.formerName { entries[thing]?.value = present.value.named(name) }
    }
  }

  private func isGone(_ list: ListID) -> Bool { entries[DeletedThing(.list, list)]?.deletion != nil }

  /// The entries that are deleted, and brought back, together with this one.
  private func parts(of thing: DeletedThing) -> [DeletedThing] {
    switch thing.kind {
    case .connector:
      let direct = entries.keys.filter { entries[$0]?.value.place == thing }
      return direct + direct.filter { $0.kind == .list }.flatMap(parts)
    case .list: return entries.keys.filter { entries[$0]?.value.place == thing }
    default: return []
    }
  }

  mutating func purge(_ thing: DeletedThing) {
    switch thing.kind {
    case .user, .apiUser: purge(thing.identifier() as AccountID)
    case .team:
      let id: TeamID = thing.identifier()
      teams[id] = nil
      members = BoundedSet(bounded: members.bounded.filter { $0.value.team != id })
      purge(.team(id))
    case .role:
      let id: RoleID = thing.identifier()
      roles[id] = nil
      for (subject, given) in assignments where given.contains(.custom(id)) {
        assignments[subject]?[.custom(id)] = nil
        if given.count == 1 { assignments[subject] = nil }
      }
    default: purgeEntry(thing)
    }
  }

  private mutating func purge(_ id: AccountID) {
    accounts[id] = nil
    members = BoundedSet(bounded: members.bounded.filter { $0.value.account != id })
    tokens = tokens.filter { $0.value.account != id }
    settings = settings.filter { $0.key.user != id }
    purge(.account(id))
  }

  private mutating func purge(_ subject: SubjectID) {
    assignments[subject] = nil
    grants = grants.filter { $0.key.subject != subject }
  }

  /// Removes an entry and everything in it for good. Whatever named these entries no longer names them.
  private mutating func purgeEntry(_ thing: DeletedThing) {
    let gone = Set([thing] + parts(of: thing))
    let all = gone.union(entries.values.filter { $0.value.isPlace(ofAnyOf: gone) }.map(\.value.thing))
    for one in all { entries[one] = nil }
    for (key, grant) in grants {
      let isGone = gone.contains(DeletedThing(.connector, key.connector))
      grants[key] = isGone ? nil : grant.without(gone)
    }
    for (thing, fact) in entries { entries[thing]?.value = fact.value.without(gone) }
    for (id, token) in tokens { tokens[id]?.terms.limits = token.terms.limits.without(all) }
  }
}

extension CatalogueEntry {
  /// The entry as it is after a change of it. A widget keeps its lists that have left the catalogue.
  fileprivate func keepingGone(of before: CatalogueEntry, _ isGone: (ListID) -> Bool) -> CatalogueEntry {
    guard case .widget(var widget) = self, case .widget(let was) = before else { return self }
    widget.lists.formUnion(was.lists.filter(isGone))
    return .widget(widget)
  }

  fileprivate func without(_ gone: Set<DeletedThing>) -> CatalogueEntry {
    guard case .widget(var widget) = self else { return self }
    widget.lists = widget.lists.filter { !gone.contains(DeletedThing(.list, $0)) }
    return .widget(widget)
  }

  /// Whether the entry is a widget or an endpoint of one of these connectors, or an endpoint of one of these
  /// lists.
  fileprivate func isPlace(ofAnyOf things: Set<DeletedThing>) -> Bool {
    switch self {
    case .widget(let widget): things.contains(DeletedThing(.connector, widget.connector))
    case .endpoint(let endpoint):
      things.contains(DeletedThing(.connector, endpoint.connector))
        || things.contains(DeletedThing(.list, endpoint.list))
    case .connector, .company, .list, .item: false
    }
  }

  fileprivate func named(_ name: Name) -> CatalogueEntry {
    func named<Value>(_ value: Value, _ path: WritableKeyPath<Value, Name>) -> Value {
      var value = value
      value[keyPath: path] = name
      return value
    }
    return switch self {
    case .connector(let entry): .connector(named(entry, \.name))
    case .company(let entry): .company(named(entry, \.name))
    case .list(let entry): .list(named(entry, \.name))
    case .item(let entry): .item(named(entry, \.name))
    case .widget(let entry): .widget(named(entry, \.name))
    case .endpoint(let entry): .endpoint(named(entry, \.name))
    }
  }
}

extension GrantFact {
  fileprivate func without(_ gone: Set<DeletedThing>) -> GrantFact {
    var grant = self
    grant.companies = companies.filter { !gone.contains(DeletedThing(.company, $0)) }
    grant.lists = lists.filter { !gone.contains(DeletedThing(.list, $0)) }
    grant.items = items.filter { !gone.contains(DeletedThing(.item, $0)) }
    return grant
  }
}

extension TokenLimits {
  fileprivate func without(_ gone: Set<DeletedThing>) -> TokenLimits {
    var limits = self
    limits.widgets = widgets.filter { !gone.contains(DeletedThing(.widget, $0)) }
    limits.endpoints = endpoints.filter { !gone.contains(DeletedThing(.endpoint, $0)) }
    return limits
  }
}
