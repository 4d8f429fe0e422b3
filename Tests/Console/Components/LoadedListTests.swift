import Synchronization
import Terminal
import Testing

@testable import Console

@Suite("A list that is read as it is needed")
struct LoadedListTests {
  private struct Row: ListRow {
    let id: Int
    var cursor: Int { id }
  }

  private struct Rows: Screen {
    enum Message: Sendable { case rows(LoadedList<Row>.Message) }

    let title = "Rows"
    var rows: LoadedList<Row>

    var bindings: [KeyBinding<Message>] { rows.list.bindings.map { $0.map { .rows(.list($0)) } } }
    func typed(_ input: TextInput) -> Message? { rows.list.typed(input).map { .rows(.list($0)) } }
    mutating func layout(in bounds: Rect) -> Effect<Self> { rows.layout(in: bounds) { .rows($0) } }
    mutating func appear() -> Effect<Self> { rows.reload { .rows($0) } }
    mutating func update(_ message: Message) -> Effect<Self> {
      guard case .rows(let message) = message else { return .none }
      return rows.update(message) { .rows($0) }.effect
    }
    func draw(on frame: inout Frame<Message>) {
      frame.child(frame.bounds, { .rows($0) }) { rows.draw(on: &$0) }
    }
  }

  @Test(
    "of many rows those that match are counted once typing pauses, of few at once",
    arguments: [(50, ["", "a", "ab"], ["", "a", "ab"]), (1_000_000, [""], ["", "ab"])])
  func counting(total: Int, while typing: [String], at last: [String]) {
    let counted = CountedFilters()
    let source = LoadedList<Row>.Source("reading") { request in
      .success(ListPage(rows: [Row(id: 1), Row(id: 2)], hasBefore: false, hasAfter: true))
    } count: { filter in
      counted.add(filter)
      return .success(filter.isEmpty ? total : 2)
    }
    let list = WindowedList<Row>(
      columns: [ListColumn("id", "Id", width: .fixed(4)) { ListCell("\($0.id)") }], emptyLine: "none")
    var console = ConsoleDriver(AnyScreen(Rows(rows: LoadedList(list, source: source))))
    console.press("/ a b")
    #expect(counted.filters == typing)
    console.elapse()
    #expect(counted.filters == last)
  }
}

private final class CountedFilters: Sendable {
  private let all = Mutex<[String]>([])
  var filters: [String] { all.withLock { $0 } }
  func add(_ filter: String) { all.withLock { $0.append(filter) } }
}
