import Access
import Administration
import Store

extension RandomChanges {
  /// Adds, changes or removes a law. Laws name what there is, what there was, and what may come.
  func law(_ change: Change) throws {
    let laws = try change.reader.laws()
    guard laws.count > 2 || (flag() && !laws.isEmpty), let present = pick(laws) else {
      return try change.addLaw(try randomLaw(name("law"), change))
    }
    if flag() { return try change.removeLaw(named: present.name) }
    try change.changeLaw(Edit(was: present, becomes: try randomLaw(present.name, change)))
  }

  private func randomLaw(_ name: Name, _ change: Change) throws -> Law<AsWritten> {
    let until = Timestamp.start.adding(days: 1)
    return try Law(
      name: name, reason: try Summary(flag() ? "agreed" : ""), mode: pick(lawModes) ?? .watch,
      form: try form(change), exceptions: flag() ? [try self.name("account"): until] : [:])
  }

  private func form(_ change: Change) throws -> LawForm<AsWritten> {
    switch Int.random(in: 0...4, using: &generator) {
    case 0: .never(try who(change), try what(change))
    case 1: .apart(try who(change), try what(change), try what(change))
    case 2: .within(try who(change), try name("team"))
    case 3: .tokens(try who(change), try TokenDemands(maximumDays: flag() ? 30 : nil, isExpiring: true))
    default: try .owned(checked: LawWho(apiUsers: try selection(change, .apiUser)))
    }
  }

  private func who(_ change: Change) throws -> LawWho<AsWritten> {
    let apiUsers = try selection(change, .apiUser)
    return try LawWho(apiUsers: apiUsers, users: flag() ? try selection(change, .user) : nil)
  }

  private func selection(_ change: Change, _ kind: AccountKind) throws -> LawSelection<AsWritten> {
    switch Int.random(in: 0...3, using: &generator) {
    case 0: .named([try name("account"), try name("account")])
    case 1: .members([try name("team")])
    case 2 where kind == .apiUser: .labelled(try Labels([try Label("env=prod")]))
    default: .all
    }
  }

  private func what(_ change: Change) throws -> LawWhat<AsWritten> {
    let connector =
      try flag() ? pick(change.reader.connectors())?.name ?? name("connector") : name("connector")
    let list = try name("list")
    return try LawWhat(
      connector: connector, companies: flag() ? .all : .only([try name("company")]),
      lists: flag() ? .all : .only([list, try name("list")]),
      items: flag() && flag() ? [.action: .only([LawItem(list: list, item: try name("item"))])] : [:])
  }
}
