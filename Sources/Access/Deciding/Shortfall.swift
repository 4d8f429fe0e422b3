/// What one grant lacks to cover what a request located. How much that is, is known at once; what it is, is made only for
/// the grants that lack the least.
struct Shortfall {
  private let permissions: Permissions
  private let located: Located
  private let place: GrantPlace
  private let bounds: [Addition]
  private let lacksRole: Bool
  private let lacksCompany: Bool
  /// How many parts the list that lacks the least needs: none, the list or the item, or both.
  private let leastOfList: Int

  /// - Parameter bounds: the addition that puts the grant in force; empty where the grant is in force.
  init(
    of permissions: Permissions, puttingInForce bounds: [Addition], against located: Located,
    at place: GrantPlace
  ) {
    (self.permissions, self.located, self.place, self.bounds) = (permissions, located, place, bounds)
    lacksRole = !permissions.giveData
    lacksCompany = located.companies.map { !$0.contains(where: permissions.companies.covers) } ?? false
    var least: Int?
    located.forEachChoice { list, part in
      least = min(least ?? .max, permissions.lackCount(list, part, located.item?.kind))
    }
    leastOfList = least ?? 0
  }

  var isPuttingInForce: Bool { !bounds.isEmpty }

  var size: Int { bounds.count + (lacksRole ? 1 : 0) + (lacksCompany ? 1 : 0) + leastOfList }

  func alternatives(limit: Int) -> [[Addition]] {
    let lists = lists(limit: limit)
    var found: [[Addition]] = []
    func add(_ company: CompanyID?) {
      for list in lists where found.count < limit {
        var additions = bounds
        if lacksRole { additions.append(.connectorRole(.user, place)) }
        if let company { additions.append(.company(company, place)) }
        found.append(additions + list)
      }
    }
    guard lacksCompany else {
      add(nil)
      return found
    }
    for company in located.companies ?? [] where found.count < limit { add(company) }
    return found
  }

  /// Alternatives, of which one has to be added: a list, an item, or both. Where a list lacks nothing, no list has to
  /// be added.
  private func lists(limit: Int) -> [[Addition]] {
    guard leastOfList > 0 else { return [[]] }
    let kind = located.item?.kind
    var found: [[Addition]] = []
    located.forEachChoice { list, part in
      guard found.count < limit, permissions.lackCount(list, part, kind) == leastOfList else { return }
      var additions: [Addition] = permissions.lists.covers(list) ? [] : [.list(list, place)]
      if let part, let kind, !permissions[kind].covers(part) { additions.append(.item(part, kind, place)) }
      if !found.contains(additions) { found.append(additions) }
    }
    return found
  }
}

extension Located {
  /// Calls the body with each list, and with the item that is asked for, in each of its forms; without an item where none
  /// is asked for.
  fileprivate func forEachChoice(_ body: (ListID, ListItem?) -> Void) {
    for list in lists {
      guard let item else {
        body(list, nil)
        continue
      }
      for part in item.items where part.list == list { body(list, part) }
    }
  }
}

extension Permissions {
  /// How many of a list and its item are not covered.
  fileprivate func lackCount(_ list: ListID, _ part: ListItem?, _ kind: ItemKind?) -> Int {
    let own = lists.covers(list) ? 0 : 1
    guard let part, let kind else { return own }
    return self[kind].covers(part) ? own : own + 1
  }
}
