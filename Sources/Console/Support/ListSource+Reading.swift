import Access
import Administration
import Store

/// A row of a list that is read as a whole. The row's place is its number.
@dynamicMemberLookup struct Numbered<Value: Identifiable & Sendable>: ListRow where Value.ID: Sendable {
  let value: Value
  let cursor: Int
  var id: Value.ID { value.id }

  subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member { value[keyPath: path] }
}

extension LoadedList.Source {
  /// Reads one window of the rows that match.
  typealias PageReading = @Sendable (SearchText?, PagePosition<Row.Cursor>, _ limit: Int) throws -> Page<Row>
  /// Reads one window of the rows that match from the store.
  typealias SecurityPageReading =
    @Sendable (
      any SecurityReader, SearchText?, PagePosition<Row.Cursor>, _ limit: Int
    ) throws -> Page<Row>

  /// A source of rows that are read by windows, and counted.
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

  /// A source of rows in the store, where each request sees one state.
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

  /// A source of rows that are few enough to be read as a whole.
  /// - Parameters:
  ///   - text: the text of a row in which the filter searches.
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

  /// A source of rows that are read as a whole, where the reading function applies the filter.
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
          return request.page(of: rows, start: start?(values))
        }
      })
  }
}
