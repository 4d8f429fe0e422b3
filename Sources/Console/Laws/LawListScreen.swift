import Access
import Administration
import Store
import Terminal

/// Security → Laws. Whether a law holds is looked up in the background, of the laws on the screen.
struct LawListScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<Row>.Message)
    case sort(LawOrder)
    case looked([LawRow])
  }
  typealias Row = Numbered<LawRow>

  /// The time after which a look at one law ends.
  private static let lookMilliseconds = 1_000
  /// The time of one piece of work, in which several laws may be looked at.
  private static let batchMilliseconds = 500

  let title = "Laws"
  var place: Place? { Places.laws }
  let context: ConsoleContext
  private(set) var order = LawOrder.name
  private(set) var isDescending = false
  var rows: LoadedList<Row>
  private let looking: LawLooking
  /// What was found, by the ids of the rows.
  private var known: [String: LawRow] = [:]
  /// The rows that were looked at since the page appeared again.
  private var fresh: Set<String> = []
  private var isLooking = false

  /// - Parameter start: the law on which the list begins; nil for the first one.
  init(context: ConsoleContext, at start: Name? = nil) {
    self.context = context
    looking = LawLooking(context)
    rows = LoadedList(
      WindowedList(
        columns: Self.columns(context),
        emptyLine: context.administration.mayChangeLaws ? "Click here to add a law" : "There are no laws",
        sorting: ListSorting("name"), filterPlaceholder: "part of the name, the rule or the reason"),
      source: Self.source(context, [:], .name, isDescending: false, start: start))
  }

  private static func columns(_ context: ConsoleContext) -> [ListColumn<Row>] {
    [
      ListColumn("name", "Name", width: .flexible(least: 16, weight: 2), titleKey: "1") {
        ListCell($0.law.name.text)
      },
      ListColumn("state", "State", width: .fixed(7), titleKey: "4", isWatched: false) { $0.standing.cell },
      ListColumn("mode", "Mode", width: .fixed(7), priority: 2, titleKey: "2") {
        ListCell($0.law.mode.rawValue)
      },
      ListColumn("rule", "What it says", width: .flexible(least: 16, weight: 5), priority: 1, titleKey: "3") {
        ListCell($0.words.rule)
      },
      ListColumn("exceptions", "Except", width: .fixed(6), priority: 11, alignment: .right) {
        ListCell($0.law.exceptions.isEmpty ? "" : $0.law.exceptions.count.grouped)
      },
      ListColumn("reason", "Reason", width: .flexible(least: 16, weight: 2), priority: 10) {
        ListCell($0.law.reason.text)
      },
      .opening { _ in context.administration.mayChangeLaws ? .edit : .show },
    ]
  }

  private static func source(
    _ context: ConsoleContext, _ known: [String: LawRow], _ order: LawOrder, isDescending: Bool,
    start: Name? = nil
  ) -> LoadedList<Row>.Source {
    .asked(
      "reading laws", .laws, start: start.map { NameKey($0).text }, names: context.namesBeginning
    ) { written in
      let filter = LawFilter(written)
      let laws = try context.administration.read { try $0.laws() }
      let rows = laws.filter(filter.holds).map { law in
        let row = LawRow(law: law, look: nil)
        return known[row.id].flatMap { $0.law == law ? $0 : nil } ?? row
      }
      return order.sorted(rows, isDescending: isDescending)
    }
  }

  private mutating func renewSource() {
    rows.source = Self.source(context, known, order, isDescending: isDescending)
  }

  var button: String? { context.administration.mayChangeLaws ? "Add law" : nil }

  /// A counterexample may be long; it has three lines where there is room.
  func detailRows(in bounds: Rect) -> Int { bounds.rows < 14 ? 0 : bounds.rows >= 30 ? 3 : 1 }

  /// What breaks the selected law, or what its row cuts.
  func details(rows: Int) -> [String] {
    guard let row = self.rows.selected else { return [] }
    switch row.look {
    case .failure(let problem): return ["could not look: \(problem.line)"]
    case .success(let look) where look.standing == .broken:
      return [look.found.first?.words.counterexample ?? ""]
    case .success(let look) where look.standing == .unfinished:
      return ["nobody found within a second who breaks it; w looks longer"]
    case .success, nil: return cutLine
    }
  }

  mutating func reappear() -> Effect<Message> {
    fresh = []
    return reload()
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .rows(let message):
      let effect = follow(message)
      return .batch(effect, look())
    case .sort(let order):
      isDescending = order == self.order && !isDescending
      self.order = order
      rows.list.sorting = ListSorting(order.rawValue, isDescending: isDescending, title: order.title)
      renewSource()
      return rows.restart().map { .rows($0) }
    case .looked(let looked):
      isLooking = false
      for row in looked { known[row.id] = row }
      fresh.formUnion(looked.map(\.id))
      renewSource()
      return reload()
    }
  }

  /// Looks at the laws on the screen that were not looked at, as many as there is time for.
  private mutating func look() -> Effect<Message> {
    let wanted = rows.list.visibleRows.map(\.value).filter { row in
      !fresh.contains(row.id) || known[row.id]?.law != row.law
    }
    guard !wanted.isEmpty, !isLooking else { return .none }
    isLooking = true
    let look = looking.begin(most: 1, milliseconds: Self.lookMilliseconds)
    return .run("looking who breaks laws", cancelling: "look", awaited: false) {
      let end = ContinuousClock.now + .milliseconds(Self.batchMilliseconds)
      var looked: [LawRow] = []
      for row in wanted where looked.isEmpty || ContinuousClock.now < end {
        looked.append(LawRow(law: row.law, look: look(row.law)))
      }
      return .looked(looked)
    }
  }
}
