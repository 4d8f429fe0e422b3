import Access
import Store

/// A law while it is written, when parts of it may still be missing.
struct LawDraft: Hashable, Sendable {
  var name: Name?
  var reason = Summary.empty
  /// Whether the law only reports.
  var isWatching = false
  var kind: LawKind
  var apiUsers: LawSelection<AsWritten>?
  var users: LawSelection<AsWritten>?
  /// What `never` and `apart` are about.
  var what = LawPart()
  /// The second thing of `apart`.
  var other = LawPart()
  /// The team of `within`.
  var team: Name?
  var demands = DemandsDraft()
  var exceptions: [Name: Timestamp] = [:]

  init(_ kind: LawKind) { self.kind = kind }

  init(_ law: Law<AsWritten>) {
    kind = LawKind(law.form)
    (name, reason, isWatching, exceptions) = (law.name, law.reason, law.mode == .watch, law.exceptions)
    (apiUsers, users) = (law.form.who.apiUsers, law.form.who.users)
    switch law.form {
    case .never(_, let what): self.what = LawPart(what)
    case .apart(_, let what, let other): (self.what, self.other) = (LawPart(what), LawPart(other))
    case .within(_, let team): self.team = team
    case .tokens(_, let demands): self.demands = DemandsDraft(demands)
    case .owned: break
    }
  }

  /// The law as far as it can be looked at. Without a name it has a name that says so.
  ///
  /// Errors: ``Problem``, which says what is missing or can't be.
  func law() throws(Problem) -> Law<AsWritten> {
    let form = try form()
    guard let name else { throw Problem("it has no name yet") }
    return try lawful { () throws(LawProblem) in
      try Law(
        name: name, reason: reason, mode: isWatching ? .watch : .enforce, form: form, exceptions: exceptions)
    }
  }

  /// The same law with another name, where it has none.
  func named(_ name: Name) -> LawDraft {
    var draft = self
    draft.name = draft.name ?? name
    return draft
  }

  private func form() throws(Problem) -> LawForm<AsWritten> {
    guard apiUsers != nil || users != nil else { throw Problem("which API users or users does it mean?") }
    let who = try lawful { () throws(LawProblem) in try LawWho(apiUsers: apiUsers, users: users) }
    switch kind {
    case .never: return .never(who, try what.what(""))
    case .apart: return .apart(who, try what.what("first "), try other.what("second "))
    case .within:
      guard let team else { throw Problem("of which team is what they may see?") }
      return .within(who, team)
    case .tokens: return .tokens(who, try lawful { () throws(LawProblem) in try demands.demands() })
    case .owned: return try lawful { () throws(LawProblem) in try .owned(checked: who) }
    }
  }
}

/// What a law is about, while it is written.
struct LawPart: Hashable, Sendable {
  var connector: Name?
  var companies = Coverage<Name>.all
  var lists = Coverage<Name>.all
  private var items: [ItemKind: Coverage<LawItem<AsWritten>>] = [:]

  init() {}

  init(_ what: LawWhat<AsWritten>) {
    connector = what.connector
    (companies, lists, items) = (what.companies, what.lists, what.items)
  }

  /// The named items of a kind; nil where the pairs are meant.
  subscript(kind: ItemKind) -> Coverage<LawItem<AsWritten>>? {
    get { items[kind] }
    set { items[kind] = newValue }
  }

  /// - Parameter which: the word for one of two, with a space behind it; empty where there is one.
  func what(_ which: String) throws(Problem) -> LawWhat<AsWritten> {
    guard let connector else { throw Problem("which connector is the \(which)thing on?") }
    let (companies, lists, items) = (companies, lists, items)
    for (kind, coverage) in items { try check(coverage, kind) }
    return try lawful { () throws(LawProblem) in
      try LawWhat(connector: connector, companies: companies, lists: lists, items: items)
    }
  }

  /// An item of a list that the law leaves out would mean nothing.
  private func check(_ items: Coverage<LawItem<AsWritten>>, _ kind: ItemKind) throws(Problem) {
    guard let items = items.only, let lists = lists.only else { return }
    let keys = Set(lists.map { NameKey($0) })
    guard let item = items.first(where: { !keys.contains(NameKey($0.list)) }) else { return }
    throw Problem(
      "the list \(quotedName(item.list)) of \(quotedName(item.item)) is not among the lists",
      hint: "add the list, or take the item out")
  }
}

/// What a law demands of tokens, while it is written.
struct DemandsDraft: Hashable, Sendable {
  var maximumDays: Int?
  var isExpiring = false
  var needsNetworks = false
  var needsPlaces = false
  var unusedDays: Int?

  init() {}

  init(_ demands: TokenDemands) {
    (maximumDays, unusedDays) = (demands.maximumDays, demands.unusedDays)
    isExpiring = demands.isExpiring
    (needsNetworks, needsPlaces) = (demands.needsNetworks, demands.needsPlaces)
  }

  func demands() throws(LawProblem) -> TokenDemands {
    try TokenDemands(
      maximumDays: maximumDays, isExpiring: isExpiring, needsNetworks: needsNetworks,
      needsPlaces: needsPlaces, unusedDays: unusedDays)
  }
}

/// A value of a law; what it can't be is said as a problem.
private func lawful<Value>(_ make: () throws(LawProblem) -> Value) throws(Problem) -> Value {
  do throws(LawProblem) { return try make() } catch { throw Problem(error.description) }
}
