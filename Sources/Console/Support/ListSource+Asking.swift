import Access
import Administration
import Store

extension ListRequest {
  /// Reads rows by the conditions in the filter. What can't be read there, and a name that there is not, is told on the
  /// filter's line.
  fileprivate func asking<Row: ListRow>(
    _ kind: ListedKind, _ read: (WrittenConditions) throws -> ListPage<Row>
  ) throws -> ListPage<Row> where Row.Cursor == Cursor {
    do { return try read(try WrittenConditions(filter, of: kind)) } catch let problem as ConditionProblem {
      return ListPage(rows: [], hasBefore: false, hasAfter: false, notice: Problem(problem).line)
    }
  }
}

extension ConsoleContext {
  /// Looks up the names that complete a filter, for who may see users and teams.
  var namesBeginning: @Sendable (NameBeginning) -> Result<[String], Problem> {
    { beginning in
      read { try NamesBeginning($0, now: now, limit: NameOffer.most + 1).values(beginning) }
    }
  }

  /// The same for who may see the catalogue alone.
  var catalogueNamesBeginning: @Sendable (NameBeginning) -> Result<[String], Problem> {
    { beginning in
      Problem.catching {
        try administration.read(.widgets) {
          try NamesBeginning(catalogue: $0, now: now, limit: NameOffer.most + 1).values(beginning)
        }
      }
    }
  }
}

extension LoadedList.Source {
  /// A source of rows in the store, by the conditions in the filter. Each request sees one state.
  static func asked<Query>(
    _ label: String, _ context: ConsoleContext, _ kind: ListedKind,
    query: @escaping @Sendable (ConditionFinder, WrittenConditions) throws -> Query,
    page read:
      @escaping @Sendable (
        any SecurityReader, Query, PagePosition<Row.Cursor>, _ limit: Int
      ) throws -> ListPage<Row>,
    count: @escaping @Sendable (any SecurityReader, Query) throws -> Int
  ) -> Self {
    var source = Self(label) { request in
      context.read { reader in
        try request.asking(kind) { written in
          let query = try query(ConditionFinder(reader, now: context.now), written)
          return try request.page { try read(reader, query, $0.stored, $1) }
        }
      }
    }
    (source.conditions, source.names) = (kind, context.namesBeginning)
    source.count = { filter in
      context.read { reader in
        let written = try WrittenConditions(filter, of: kind)
        return try count(reader, try query(ConditionFinder(reader, now: context.now), written))
      }
    }
    return source
  }

  /// The same, where each row is made of one that the store has, outside the reading.
  static func asked<Query, Stored: ListRow>(
    _ label: String, _ context: ConsoleContext, _ kind: ListedKind,
    query: @escaping @Sendable (ConditionFinder, WrittenConditions) throws -> Query,
    page read:
      @escaping @Sendable (
        any SecurityReader, Query, PagePosition<Row.Cursor>, _ limit: Int
      ) throws -> ListPage<Stored>,
    rows: @escaping @Sendable ([Stored]) throws -> [Row],
    count: @escaping @Sendable (any SecurityReader, Query) throws -> Int
  ) -> Self where Stored.Cursor == Row.Cursor {
    let stored = LoadedList<Stored>.Source.asked(label, context, kind, query: query, page: read, count: count)
    var source = Self(label) { request in
      stored.page(request).flatMap { page in
        Problem.catching {
          ListPage(
            rows: try rows(page.rows), hasBefore: page.hasBefore, hasAfter: page.hasAfter, focus: page.focus,
            notice: page.notice)
        }
      }
    }
    (source.count, source.conditions, source.names) = (stored.count, stored.conditions, stored.names)
    return source
  }

  /// A source of rows that are read as a whole, by the conditions in the filter.
  /// - Parameters:
  ///   - start: the row on which a list without a filter begins; nil for the first row.
  ///   - names: looks up the names that complete the filter.
  static func asked<Value>(
    _ label: String, _ kind: ListedKind, start: Value.ID? = nil,
    names: @escaping @Sendable (NameBeginning) -> Result<[String], Problem>,
    _ read: @escaping @Sendable (WrittenConditions) throws -> [Value]
  ) -> Self where Row == Numbered<Value> {
    var source = Self(label) { request in
      Problem.catching {
        try request.asking(kind) { written in
          let values = try read(written)
          return request.page(
            of: values.enumerated().map { Numbered(value: $0.element, cursor: $0.offset) },
            start: written.isEmpty ? start.flatMap { id in values.firstIndex { $0.id == id } } : nil)
        }
      }
    }
    (source.conditions, source.names) = (kind, names)
    return source
  }
}
