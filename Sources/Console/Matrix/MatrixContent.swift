import Access
import Administration
import Store

/// Whose access the matrix shows: that of one subject, or how that of two differs.
enum MatrixSubjects: Hashable, Sendable {
  case one(SubjectID)
  case two(SubjectID, SubjectID)

  func read(_ administration: Administration, at instant: Timestamp?) throws -> MatrixContent {
    switch self {
    case .one(let subject): return .one(try administration.overview(of: subject, at: instant))
    case .two(let one, let other):
      return .two(try administration.comparison(of: one, with: other, at: instant))
    }
  }
}

/// What was read for the matrix.
enum MatrixContent: Sendable {
  case one(AccessOverview)
  case two(AccessComparison)

  var first: AccessOverview {
    switch self {
    case .one(let overview): overview
    case .two(let comparison): comparison.first
    }
  }

  /// The subject with whom the first one is compared; nil for none.
  var second: AccessOverview? { if case .two(let comparison) = self { comparison.second } else { nil } }

  /// The connectors on which something is given, by name.
  var catalogues: [ConnectorCatalogue] {
    switch self {
    case .one(let overview): overview.parts.map(\.catalogue)
    case .two(let comparison): comparison.catalogues
    }
  }

  /// The grid of a connector, or of the first one where nothing is given on that; nil where nothing is given
  /// at all.
  func grid(_ connector: ConnectorID?, isOnlyGiven: Bool) -> MatrixGrid? {
    (catalogues.first { $0.id == connector } ?? catalogues.first).map {
      MatrixGrid(self, $0, isOnlyGiven: isOnlyGiven)
    }
  }

  /// The connector that comes after or before another, around the end.
  func connector(_ offset: Int, from connector: ConnectorID) -> ConnectorID? {
    guard let index = catalogues.firstIndex(where: { $0.id == connector }) else {
      return catalogues.first?.id
    }
    return catalogues[(index + offset + catalogues.count) % catalogues.count].id
  }

  /// The words for the subjects, as in `API user “Portal Mexico”`.
  var titles: [String] { [first, second].compactMap { $0 }.map { $0.names.title($0.subject.subject) } }
}

/// The matrix of one connector.
struct MatrixGrid: Sendable {
  let catalogue: ConnectorCatalogue
  let axes: MatrixAxes
  let first: AccessMatrix
  /// How two subjects differ; nil where only one is shown.
  let difference: AccessDifference?
  private let matrices: [AccessMatrix]

  /// - Parameter isOnlyGiven: whether only lists have a row that are given for some company.
  init(_ content: MatrixContent, _ catalogue: ConnectorCatalogue, isOnlyGiven: Bool) {
    self.catalogue = catalogue
    let matrices: [AccessMatrix]
    switch content {
    case .one(let overview):
      (first, difference) = (overview.matrix(of: catalogue), nil)
      matrices = [first]
    case .two(let comparison):
      let difference = comparison.difference(on: catalogue)
      (first, self.difference) = (difference.first, difference)
      matrices = [difference.first, difference.second]
    }
    axes = MatrixAxes(catalogue) { list in !isOnlyGiven || matrices.contains { $0.gives(list) } }
    self.matrices = matrices
  }

  /// The first pair that is given, by its row and column; nil where none is.
  var firstGiven: (row: Int, column: Int)? {
    for row in axes.rows.indices {
      guard let list = axes.list(inRow: row), matrices.contains(where: { $0.gives(list) }) else { continue }
      let column = axes.columns.firstIndex { column in
        let pair = AccessPair(company: column.company, list: list)
        return matrices.contains { $0.cell(pair) != .notGiven }
      }
      return column.map { (row, $0) }
    }
    return nil
  }

  func sign(_ pair: AccessPair) -> ListCell { difference?.cell(pair).sign ?? first.cell(pair).sign }
}
