/// A part of the catalogue about which a law speaks, in the words of a grant.
///
/// Where all companies are meant, the pairs of a connector without companies are meant, too. Where an item is named, only
/// the named items count, and not the pair of company and list alone.
package struct LawWhat<Naming: LawNaming>: Hashable, Sendable {
  package let connector: Naming.Connector
  package let companies: Coverage<Naming.Company>
  package let lists: Coverage<Naming.List>
  /// The named items of each kind; empty where pairs are meant. Items of lists outside ``lists`` are not meant.
  package let items: [ItemKind: Coverage<LawItem<Naming>>]

  /// Errors: ``LawProblem`` where a part is an empty list, which would mean nothing, or names too much.
  package init(
    connector: Naming.Connector, companies: Coverage<Naming.Company> = .all,
    lists: Coverage<Naming.List> = .all,
    items: [ItemKind: Coverage<LawItem<Naming>>] = [:]
  ) throws(LawProblem) {
    try LawBounds.check(companies.only?.count, of: "companies")
    try LawBounds.check(lists.only?.count, of: "lists")
    for (kind, coverage) in items { try LawBounds.check(coverage.only?.count, of: kind.title.lowercased()) }
    self.connector = connector
    self.companies = companies
    self.lists = lists
    self.items = items
  }

  /// Everything that a connector has or may come to have.
  package init(allOf connector: Naming.Connector) {
    self.connector = connector
    (companies, lists, items) = (.all, .all, [:])
  }
}

/// An item as a law names it, by its list and itself.
package struct LawItem<Naming: LawNaming>: Hashable, Sendable {
  package let list: Naming.List
  package let item: Naming.Item

  package init(list: Naming.List, item: Naming.Item) { (self.list, self.item) = (list, item) }
}

/// How large laws may be.
package enum LawBounds {
  /// The most laws that a store has. Each change that gives something is held against all that are enforced.
  package static let laws = 1_000
  /// The most characters that all laws of a store have together, as they are kept. A change reads them all.
  package static let characters = 4_000_000
  /// The most names in one part of a law.
  package static let names = 10_000
  /// The days that a law may name.
  package static let days = 1...36_500

  static func check(_ count: Int?, of part: String) throws(LawProblem) {
    guard let count else { return }
    if count == 0 { throw .emptyPart(part) }
    if count > names { throw .tooManyNames(part, count) }
  }
}

/// The reason why something is no law.
package enum LawProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case noSubjects
  /// This part is an empty list.
  case emptyPart(String)
  case tooManyNames(String, Int)
  /// Users are chosen by labels, which only API users have.
  case labelsOfUsers
  case noDemand
  case days(Int)
  /// Users are to have an owner, whom only API users have.
  case ownersOfUsers

  package var description: String {
    switch self {
    case .noSubjects: "a law names apiUsers, users or both"
    case .emptyPart(let part): "\(part) must not be empty: the law would speak of nothing"
    case .tooManyNames(let part, let count):
      "\(part) has \(count) names, the most in a law is \(LawBounds.names)"
    case .labelsOfUsers: "users have no labels: only API users are chosen by labels"
    case .noDemand: "a law about tokens demands something of them"
    case .days(let days):
      "\(days) days: a law names \(LawBounds.days.lowerBound) to \(LawBounds.days.upperBound) days"
    case .ownersOfUsers: "users have no owner: such a law could never hold"
    }
  }
}
