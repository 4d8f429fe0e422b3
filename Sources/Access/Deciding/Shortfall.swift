/// What one grant lacks to cover what a request located.
struct Shortfall {
  private let bounds: [Addition]
  private let role: [Addition]
  /// Alternatives, of which one has to be added. The only alternative is empty where a company is covered.
  private let companies: [[Addition]]
  /// Alternatives, of which one has to be added: a list, an item, or both.
  private let lists: [[Addition]]

  /// - Parameter bounds: the addition that puts the grant in force; empty where the grant is in force.
  init(
    of permissions: Permissions, puttingInForce bounds: [Addition], against located: Located,
    at place: GrantPlace
  ) {
    self.bounds = bounds
    role = permissions.giveData ? [] : [.connectorRole(.user, place)]
    if let candidates = located.companies, !candidates.contains(where: permissions.companies.covers) {
      companies = candidates.map { [.company($0, place)] }
    } else {
      companies = [[]]
    }
    let choices = located.lists.flatMap { list -> [[Addition]] in
      let own: [Addition] = permissions.lists.covers(list) ? [] : [.list(list, place)]
      guard let item = located.item else { return [own] }
      return item.items.filter { $0.list == list }.map { part in
        permissions[item.kind].covers(part) ? own : own + [.item(part, item.kind, place)]
      }
    }
    let least = choices.map(\.count).min() ?? 0
    // Where a list lacks nothing, no list has to be added.
    var seen: Set<[Addition]> = []
    lists = least == 0 ? [[]] : choices.filter { $0.count == least && seen.insert($0).inserted }
  }

  var isPuttingInForce: Bool { !bounds.isEmpty }

  var size: Int { bounds.count + role.count + (companies.first?.count ?? 0) + (lists.first?.count ?? 0) }

  func alternatives(limit: Int) -> [[Addition]] {
    var found: [[Addition]] = []
    for company in companies {
      for list in lists {
        if found.count >= limit { return found }
        found.append(bounds + role + company + list)
      }
    }
    return found
  }
}
