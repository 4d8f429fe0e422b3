import Access
import Administration
import Store
import Terminal

extension AccessMatrix.Cell {
  var sign: ListCell {
    switch self {
    case .allItems: ListCell("■")
    case .someItems: ListCell("▪", Style(.accent))
    case .unreachable: ListCell("□", .muted)
    case .notGiven: ListCell("·", .muted)
    }
  }

  fileprivate var meaning: String {
    switch self {
    case .allItems: "all items"
    case .someItems: "some items"
    case .unreachable: "not reachable"
    case .notGiven: "not given"
    }
  }
}

extension AccessDifference.Cell {
  var sign: ListCell {
    switch self {
    case .onlyFirst: ListCell("◀", Style(.accent, .bold))
    case .onlySecond: ListCell("▶", Style(.accent, .bold))
    case .different: ListCell("≠", Style(.warning, .bold))
    case .alike: ListCell("=")
    case .neither: ListCell("·", .muted)
    }
  }

  fileprivate var meaning: String {
    switch self {
    case .onlyFirst: "only the first"
    case .onlySecond: "only the second"
    case .different: "not alike"
    case .alike: "both alike"
    case .neither: "neither"
    }
  }
}

/// The words around the matrix.
struct MatrixWords {
  let content: MatrixContent
  let clock: Clock

  /// The signs with their meaning.
  var legend: String {
    let signs =
      content.second == nil
      ? [AccessMatrix.Cell.allItems, .someItems, .unreachable, .notGiven].map { ($0.sign, $0.meaning) }
      : [AccessDifference.Cell.onlyFirst, .onlySecond, .alike, .different, .neither].map {
        ($0.sign, $0.meaning)
      }
    return signs.map { "\($0.text) \($1)" }.joined(separator: "  ")
  }

  /// The lines about a pair: what is seen of it, by which grant, and until when.
  func about(_ pair: AccessPair, in grid: MatrixGrid) -> [ListCell] {
    let list = grid.catalogue.listIndex[pair.list]?.name.text ?? ""
    let company = pair.company.flatMap { grid.catalogue.companyIndex[$0]?.name.text }
    let place = [company, list].compactMap { $0 }.joined(separator: ", ")
    guard let second = content.second, let difference = grid.difference else {
      return [ListCell("\(place): \(told(pair, grid.first, content.first))", .bold)]
        + (lacking(pair, grid.first).map { [ListCell($0, .muted)] } ?? [])
    }
    return [
      ListCell("\(place): \(difference.cell(pair).meaning)", .bold),
      ListCell("\(name(content.first)): \(whole(pair, difference.first, content.first))", .muted),
      ListCell("\(name(second)): \(whole(pair, difference.second, second))", .muted),
    ]
  }

  private func name(_ overview: AccessOverview) -> String {
    overview.names.title(overview.subject.subject).uppercasingFirst
  }

  private func whole(_ pair: AccessPair, _ matrix: AccessMatrix, _ overview: AccessOverview) -> String {
    [told(pair, matrix, overview), lacking(pair, matrix)].compactMap { $0 }.joined(separator: "; ")
  }

  /// As in `all 2 items, by team “Sales MX” until Fri 27 Nov 18:00 UTC`.
  private func told(_ pair: AccessPair, _ matrix: AccessMatrix, _ overview: AccessOverview) -> String {
    let givers = overview.words(matrix.givers(of: pair).map(\.giver), clock.words)
    let (given, all) = (matrix.items(givenFor: pair).count, matrix.items(of: pair.list).count)
    let items =
      switch (given, all) {
      case (_, 0): "it has no items"
      case (1, 1): "with its 1 item"
      case (all, _): "with all \(all) items"
      default: "with \(given) of \(all) items"
      }
    switch matrix.cell(pair) {
    case .notGiven: return "not given"
    case .unreachable: return "given, but no open surface leads there, \(givers)"
    case .allItems, .someItems: return "seen, \(items), \(givers)"
    }
  }

  /// As in `without the action Release order, the detail Lines`; nil where nothing is lacking.
  private func lacking(_ pair: AccessPair, _ matrix: AccessMatrix) -> String? {
    guard matrix.cell(pair) == .someItems else { return nil }
    let given = Set(matrix.items(givenFor: pair).map(\.id))
    let names = matrix.items(of: pair.list).filter { !given.contains($0.id) }
      .map { "the \($0.kind.singular) \($0.name.text)" }
    return "without \(names.joined(separator: ", "))"
  }
}
