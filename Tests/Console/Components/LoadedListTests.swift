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

  private struct Rows: ListScreen {
    typealias Message = LoadedList<Row>.Message

    let title = "Rows"
    var rows: LoadedList<Row>
    var actions: [KeyBinding<Message>] { [] }
  }

  @Test(
    "matching rows are counted at once in a short list, and after a pause in a long one",
    arguments: [(50, ["", "a", "ab"], ["", "a", "ab"]), (1_000_000, [""], ["", "ab"])])
  func counting(total: Int, while typing: [String], at last: [String]) {
    let counted = CountedFilters()
    var source = LoadedList<Row>.Source("reading") { request in
      .success(ListPage(rows: [Row(id: 1), Row(id: 2)], hasBefore: false, hasAfter: true))
    }
    source.count = { filter in
      counted.add(filter)
      return .success(filter.isEmpty ? total : 2)
    }
    let list = WindowedList<Row>(
      columns: [ListColumn("id", "Id", width: .fixed(4)) { ListCell("\($0.id)") }], emptyLine: "none")
    var console = ConsoleDriver(Rows(rows: LoadedList(list, source: source)))
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
