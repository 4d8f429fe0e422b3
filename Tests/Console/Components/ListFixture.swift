import Console
import Terminal
import Testing

struct Person: ListRow, Hashable {
  var id: Int
  var name: String
  var cursor: String { name }
}

/// A sorted table of people, read by pages, and a list over it.
struct PeopleFixture {
  var people: [Person]
  var list: WindowedList<Person>
  var reads: [ListRequest<String>] = []
  /// The keys that clicks pressed.
  var pressed: [Key] = []
  let rows: Int

  init(count: Int, rows: Int = 6) {
    people = (0..<count).map { Person(id: $0, name: "p" + String(100_000 + $0)) }
    list = WindowedList(
      columns: [
        ListColumn("name", "Name", width: .flexible(least: 8), titleKey: "1") {
          .init(stringLiteral: $0.name)
        },
        ListColumn("id", "ID", width: .fixed(4), priority: 1, alignment: .right) { "\($0.id)" },
        ListColumn("edit", "", width: .fixed(4), link: .enter) { _ in "Edit" },
      ], emptyLine: "Click here to add an API user", sorting: ListSorting("name"))
    self.rows = rows
    perform(list.layout(in: Rect(Size(columns: 40, rows: rows + 2))))
    perform(list.restart())
  }

  mutating func send(_ message: WindowedList<Person>.Message) { perform(list.update(message)) }

  mutating func press(_ macro: String) {
    for key in keyPresses(macro) {
      if let message = messages(key, typed: list.typed, bindings: list.bindings) { send(message) }
    }
  }

  mutating func perform(_ reply: WindowedList<Person>.Reply) {
    if let key = reply.pressed { pressed.append(key) }
    guard let request = reply.request else { return }
    reads.append(request)
    send(.loaded(request, page(request)))
  }

  func page(_ request: ListRequest<String>) -> ListPage<Person> {
    let matching = people.filter { request.filter.isEmpty || $0.name.contains(request.filter) }
    return request.page { position, limit in Self.page(matching, position, limit) }
  }

  private static func page(
    _ all: [Person], _ position: ListPosition<String>, _ limit: Int
  ) -> ListPage<Person> {
    let range: Range<Int>
    switch position {
    case .first: range = 0..<min(limit, all.count)
    case .last: range = max(0, all.count - limit)..<all.count
    case .after(let cursor):
      let start = all.firstIndex { $0.name > cursor } ?? all.count
      range = start..<min(all.count, start + limit)
    case .before(let cursor):
      let end = all.firstIndex { $0.name >= cursor } ?? all.count
      range = max(0, end - limit)..<end
    }
    return ListPage(
      rows: Array(all[range]), hasBefore: range.lowerBound > 0, hasAfter: range.upperBound < all.count)
  }

  var frame: Frame<WindowedList<Person>.Message> {
    drawn(columns: 40, rows: rows + 2) { list.draw(in: $0.bounds, on: &$0) }
  }
}
