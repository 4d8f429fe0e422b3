import Access
import Administration
import Store

/// A row of a list that is read whole: its place is its number.
@dynamicMemberLookup struct Numbered<Value: Identifiable & Sendable>: ListRow where Value.ID: Sendable {
  let value: Value
  let cursor: Int
  var id: Value.ID { value.id }

  subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member { value[keyPath: path] }
}

extension LoadedList.Source {
  /// Reads one window of the rows that match.
  typealias PageReading = @Sendable (SearchText?, PagePosition<Row.Cursor>, _ limit: Int) throws -> Page<Row>
  /// The same out of the store.
  typealias SecurityPageReading =
    @Sendable (
      any SecurityReader, SearchText?, PagePosition<Row.Cursor>, _ limit: Int
    ) throws -> Page<Row>

  /// Rows that are read by windows, and counted.
  static func windows(
    _ label: String, page read: @escaping PageReading, count: (@Sendable (SearchText?) throws -> Int)? = nil
  ) -> Self {
    var source = Self(label) { request in
      Problem.catching {
        let search = SearchText(request.filter)
        return try request.page { ListPage(try read(search, $0.stored, $1)) }
      }
    }
    if let count {
      source.count = { filter in Problem.catching { try count(SearchText(filter)) } }
    }
    return source
  }

  /// The same out of the store, where one request sees one state.
  static func windows(
    _ label: String, _ context: ConsoleContext, page read: @escaping SecurityPageReading,
    count: (@Sendable (any SecurityReader, SearchText?) throws -> Int)? = nil
  ) -> Self {
    var source = Self(label) { request in
      context.read { reader in
        let search = SearchText(request.filter)
        return try request.page { ListPage(try read(reader, search, $0.stored, $1)) }
      }
    }
    if let count {
      source.count = { filter in context.read { try count($0, SearchText(filter)) } }
    }
    return source
  }

  /// Rows that are few enough to be read whole.
  /// - Parameters:
  ///   - text: what the filter looks for in a row.
  ///   - start: the row that is selected at first.
  static func whole<Value>(
    _ label: String, matching text: (@Sendable (Value) -> String)? = nil,
    start: (@Sendable ([Value]) -> Int?)? = nil, _ read: @escaping @Sendable () throws -> [Value]
  ) -> Self where Row == Numbered<Value> {
    filtered(label, start: start) { search in
      let all = try read()
      guard let search, let text else { return all }
      return all.filter { search.matches(text($0)) }
    }
  }

  /// The same, where what is read knows what matches.
  static func filtered<Value>(
    _ label: String, start: (@Sendable ([Value]) -> Int?)? = nil,
    _ read: @escaping @Sendable (SearchText?) throws -> [Value]
  ) -> Self where Row == Numbered<Value> {
    Self(
      label,
      page: { request in
        Problem.catching {
          let values = try read(SearchText(request.filter))
          let rows = values.enumerated().map { Numbered(value: $0.element, cursor: $0.offset) }
          var page: ListPage<Row> = request.page(of: rows)
          page.focus = page.focus ?? start?(values)
          return page
        }
      })
  }
}
