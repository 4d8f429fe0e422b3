import Access
import Administration
import Store
import Terminal

/// What a subject may see in one connector, as a grid of lists and companies; of two subjects, how they differ.
struct MatrixScreen: Screen {
  enum Message: Sendable {
    /// What was read, as of which instant; nil for now.
    case loaded(Result<MatrixContent, Problem>, at: Timestamp?)
    case move(GridPlace.Move)
    case show(ConnectorID)
    /// Shows only lists that are given, or all.
    case narrow
    /// Looks at the access of an instant; nil for now.
    case look(at: Timestamp?)
    /// Turns between the grid and the list of what differs.
    case turn
    case told(ConnectorID, [DifferenceLine])
    case scroll(Int)
  }

  let subjects: MatrixSubjects
  let context: ConsoleContext
  private(set) var content: MatrixContent?
  private(set) var problem: Problem?
  private(set) var grid: MatrixGrid?
  private(set) var place = GridPlace()
  /// The instant whose access is shown; nil for now.
  private(set) var instant: Timestamp?
  /// Whether only lists are shown that are given for some company.
  private(set) var isOnlyGiven = false
  /// Whether what differs is shown as a list.
  private(set) var isList = false
  /// What differs, line by line; nil where that isn't known yet.
  private(set) var differences: [DifferenceLine]?
  private(set) var scrolling = Scrolling()
  private(set) var bounds = Rect(Size(columns: 80, rows: 20))

  init(of subjects: MatrixSubjects, context: ConsoleContext, at instant: Timestamp? = nil) {
    (self.subjects, self.context, self.instant) = (subjects, context, instant)
  }

  var title: String { isComparing ? "Comparison" : "Access matrix" }
  var pageName: String? { isComparing ? "comparison" : "matrix" }
  var isComparing: Bool { if case .two = subjects { true } else { false } }

  /// The pair under the cursor.
  var pair: AccessPair? { grid.flatMap { $0.axes.pair(row: place.row, column: place.column) } }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    self.bounds = bounds
    fit()
    return .none
  }

  mutating func appear() -> Effect<Message> { read(at: instant) }
  mutating func reappear() -> Effect<Message> { read(at: instant) }

  private func read(at instant: Timestamp?) -> Effect<Message> {
    .run("reading what may be seen", cancelling: "overview") { [context, subjects] in
      .loaded(Problem.catching { try subjects.read(context.administration, at: instant) }, at: instant)
    }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .loaded(.success(let content), let instant):
      (self.content, self.instant) = (content, instant)
      problem = nil
      return show(grid?.axes.connector, isAnew: grid == nil)
    case .loaded(.failure(let problem), _): self.problem = problem
    case .move(let move): self.move(move)
    case .show(let connector): return show(connector, isAnew: true)
    case .narrow:
      isOnlyGiven.toggle()
      return show(grid?.axes.connector, isAnew: true)
    // The title tells the new instant once what is shown is of that instant.
    case .look(let instant): return read(at: instant)
    case .turn:
      isList.toggle()
      return tell()
    case .told(let connector, let lines):
      guard connector == grid?.axes.connector else { return .none }
      differences = lines
      fit()
    case .scroll(let count): scrolling.move(by: count)
    }
    return .none
  }

  /// - Parameter isAnew: whether the cursor goes to the first pair that is given.
  private mutating func show(_ connector: ConnectorID?, isAnew: Bool) -> Effect<Message> {
    grid = content?.grid(connector, isOnlyGiven: isOnlyGiven)
    differences = nil
    if isAnew { (place, scrolling) = (GridPlace(), Scrolling()) }
    fit()
    if isAnew, let given = grid?.firstGiven { move(.to(row: given.row, column: given.column)) }
    return tell()
  }

  /// Finds what differs, where the list of that is shown.
  private func tell() -> Effect<Message> {
    guard isList, differences == nil, let content, let grid else { return .none }
    return .run("comparing", cancelling: "differences") {
      .told(grid.axes.connector, DifferenceLine.lines(content, grid))
    }
  }

  private mutating func move(_ move: GridPlace.Move) {
    guard let axes = grid?.axes else { return }
    place.move(move) { axes.list(inRow: $0) != nil }
  }

  private mutating func fit() {
    guard let grid else { return }
    let layout = layout(of: grid)
    place.fit(
      rows: grid.axes.rows.count, columns: grid.axes.columns.count, visibleRows: layout.body.rows,
      visibleColumns: layout.visibleColumns
    ) { grid.axes.list(inRow: $0) != nil }
    scrolling.fit(lines: differences?.count ?? 0, into: listArea.rows)
  }

  func layout(of grid: MatrixGrid) -> MatrixLayout {
    MatrixLayout(grid.axes, aboutRows: isComparing ? 3 : 2, in: bounds)
  }

  /// The room for the list of what differs, below the title.
  var listArea: Rect { bounds.inset(columns: 1).splitTop(2).rest }
}
