/// What one subject may see of a connector, and another may not.
package struct AccessDifference: Sendable {
  package enum Cell: Hashable, Sendable, CaseIterable {
    /// The pair is given to neither.
    case neither
    case onlyFirst, onlySecond
    /// Both are given the pair with the same items, and both or neither can reach the list.
    case alike
    /// Both are given the pair, but with different items, or only one can reach the list.
    case different
  }

  /// A list, or an item of a list, that one subject has for these companies and the other has not.
  package struct Part: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      /// The other is not given the list for these companies.
      case list
      /// Both are given the list for these companies; the other is not given this item.
      case item(ItemID)
      /// Both are given the list for these companies; the other has no open surface that leads there.
      case reach
    }
    package let list: ListID
    package let kind: Kind
    /// The companies in the order of the catalogue; one nil on a connector without companies.
    package let companies: [CompanyID?]
  }

  /// The parts that one of two subjects has alone, in the order of the lists.
  package struct Parts: Hashable, Sendable {
    package fileprivate(set) var onlyFirst: [Part] = []
    package fileprivate(set) var onlySecond: [Part] = []

    package var isEmpty: Bool { onlyFirst.isEmpty && onlySecond.isEmpty }
  }

  package let first: AccessMatrix
  package let second: AccessMatrix

  /// Both matrices must be of one connector.
  package init(_ first: AccessMatrix, _ second: AccessMatrix) { (self.first, self.second) = (first, second) }

  package func cell(_ pair: AccessPair) -> Cell {
    switch (first.cell(pair), second.cell(pair)) {
    case (.notGiven, .notGiven): return .neither
    case (_, .notGiven): return .onlyFirst
    case (.notGiven, _): return .onlySecond
    default:
      guard first.isReachable(pair.list) == second.isReachable(pair.list) else { return .different }
      return first.items(givenFor: pair) == second.items(givenFor: pair) ? .alike : .different
    }
  }

  /// Everything that only one of the two has.
  ///
  /// Lists that the same grants give are compared once, so that many lists with many companies take no longer than
  /// the grants differ.
  /// - Parameter whole: all of the connector.
  package func parts(in whole: Located) -> Parts {
    var comparer = CompanyComparer(self, whole.companies?.map { $0 } ?? [nil])
    var parts = Parts()
    for list in whole.lists {
      let pairs = comparer.compare(GivingBlocks(self) { $0.lists.contains(list) })
      parts.add(list, .list, pairs.onlyFirst, pairs.onlySecond)
      guard !pairs.both.isEmpty else { continue }
      let (one, other) = (first.isReachable(list), second.isReachable(list))
      if one != other { parts.add(list, .reach, one ? pairs.both : [], other ? pairs.both : []) }
      for item in first.items(of: list) {
        let items = comparer.compare(
          GivingBlocks(self) { $0.lists.contains(list) && $0.contains(item.id, of: list) },
          within: pairs.blocks)
        parts.add(list, .item(item.id), items.onlyFirst, items.onlySecond)
      }
    }
    return parts
  }
}

extension AccessDifference.Parts {
  fileprivate mutating func add(
    _ list: ListID, _ kind: AccessDifference.Part.Kind, _ first: [CompanyID?], _ second: [CompanyID?]
  ) {
    typealias Part = AccessDifference.Part
    if !first.isEmpty { onlyFirst.append(Part(list: list, kind: kind, companies: first)) }
    if !second.isEmpty { onlySecond.append(Part(list: list, kind: kind, companies: second)) }
  }
}

/// The blocks of both subjects that give something, by their places.
private struct GivingBlocks: Hashable {
  let first: [Int]
  let second: [Int]

  init(_ difference: AccessDifference, _ gives: (AccessMatrix.Block) -> Bool) {
    first = difference.first.blocks.indices.filter { gives(difference.first.blocks[$0]) }
    second = difference.second.blocks.indices.filter { gives(difference.second.blocks[$0]) }
  }
}

/// Compares for which companies two subjects are given something, and keeps the answers.
private struct CompanyComparer {
  struct Answer {
    let blocks: GivingBlocks
    let onlyFirst: [CompanyID?]
    let onlySecond: [CompanyID?]
    let both: [CompanyID?]
  }
  private struct Question: Hashable {
    let blocks: GivingBlocks
    let within: GivingBlocks?
  }

  private let difference: AccessDifference
  private let companies: [CompanyID?]
  private var answers: [Question: Answer] = [:]

  init(_ difference: AccessDifference, _ companies: [CompanyID?]) {
    (self.difference, self.companies) = (difference, companies)
  }

  /// - Parameter within: the blocks that must give something else to both for the same company; nil for all
  ///   companies.
  mutating func compare(_ blocks: GivingBlocks, within: GivingBlocks? = nil) -> Answer {
    let question = Question(blocks: blocks, within: within)
    if let known = answers[question] { return known }
    let meant = within.map { within in
      companies.filter { isGiven($0, by: within.first, within.second) == (true, true) }
    }
    var (first, second, both): ([CompanyID?], [CompanyID?], [CompanyID?]) = ([], [], [])
    for company in meant ?? companies {
      switch isGiven(company, by: blocks.first, blocks.second) {
      case (true, true): both.append(company)
      case (true, false): first.append(company)
      case (false, true): second.append(company)
      case (false, false): break
      }
    }
    let answer = Answer(blocks: blocks, onlyFirst: first, onlySecond: second, both: both)
    answers[question] = answer
    return answer
  }

  private func isGiven(_ company: CompanyID?, by first: [Int], _ second: [Int]) -> (Bool, Bool) {
    (
      first.contains { difference.first.blocks[$0].covers(company) },
      second.contains { difference.second.blocks[$0].covers(company) }
    )
  }
}
