internal import Access
package import Store

/// Copies one state of a store to a place that has none, step by step. Each step is a transaction of a bounded size, which
/// also tells how far the copy came, so that a later process goes on with what an earlier one left.
package struct StoreCopier {
  /// What the copying is at.
  package enum Stage: Hashable, Sendable { case rows, indexes, comparing }

  /// The most that one transaction copies.
  package struct Bounds: Sendable {
    package var rows = 50_000
    /// Each portion has about a megabyte at most.
    package var portions = 25

    package init() {}
    package init(rows: Int) { self.rows = rows }
  }

  package typealias Progress = (Stage, Int, Int) throws -> Void

  private let draft: any CopyDraft
  private let bounds: Bounds

  package init(_ draft: any CopyDraft, bounds: Bounds = Bounds()) {
    (self.draft, self.bounds) = (draft, bounds)
  }

  /// Whether a copy began here, and has not ended.
  package var isBegun: Bool { get throws { try draft.isWhole || draft.isMade(.store) } }

  /// Whether the copy that began here is one of this state.
  ///
  /// Errors: ``StoreError/otherCopy(path:)`` where it is one of another store.
  package func isCopy(of source: CopySource) throws -> Bool {
    let id = try source.identity()
    if draft.isWhole {
      let theirs = try draft.read(.store) { try CopySource.head(of: $0, draft.place) }
      guard theirs.id == id.id else { throw StoreError.otherCopy(path: draft.place) }
      return theirs.head == id.head
    }
    let mark = try draft.read(.store) { try CopyMark.read(in: $0, draft.place) }
    guard mark.store == id.id else { throw StoreError.otherCopy(path: draft.place) }
    return mark.state == (try source.parts()[0].state)
  }

  /// Removes what there is of a copy.
  package func clear() throws {
    try draft.remove(.uses)
    try draft.remove(.store)
  }

  /// Copies what is not there yet, and compares every row. Nothing is published.
  ///
  /// - Returns: the first difference, in words; nil where the copy holds the same as its source.
  package func copy(_ source: CopySource, progress: Progress) throws -> String? {
    if draft.isWhole { return nil }
    let parts = try source.parts()
    let total = parts.reduce(0) { $0 + $1.count }
    var done = 0
    for part in parts {
      try begin(part)
      try load(part) { try progress(.rows, done + $0, total) }
      done += part.count
    }
    try arrange(parts) { try progress(.indexes, $0, $1) }
    try draft.learn()
    done = 0
    for part in parts {
      guard let source = part.source else { continue }
      let difference = try draft.read(part.kind) { copy in
        try StoreContents.difference(part.tables, source, copy) {
          try progress(.comparing, done + $0, total)
        }
      }
      if let difference { return difference }
      done += part.count
    }
    return nil
  }

  /// Reads the copy as the store that it is going to be.
  package func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    try draft.read(.store) { try body(SQLTransaction(on: $0, path: draft.place).reader) }
  }

  package func publish() throws { try draft.publish() }
}

extension StoreCopier {
  /// Makes a part, unless a copy of the same state began already.
  private func begin(_ part: CopySource.Part) throws {
    if try draft.isMade(part.kind) {
      let mark = try draft.read(part.kind) { try CopyMark.read(in: $0, draft.place) }
      if mark.state == part.state { return }
      try draft.remove(part.kind)
    }
    let mark = CopyMark(store: part.store, state: part.state)
    let tables = part.kind == .store ? StoreContents.ofStore : StoreContents.ofUses
    try draft.make(part.kind) { try mark.begin(tables, in: $0, draft.place) }
  }

  private func load(_ part: CopySource.Part, progress: (Int) throws -> Void) throws {
    guard let source = part.source else { return }
    var mark = try draft.read(part.kind) { try CopyMark.read(in: $0, draft.place) }
    while mark.table < part.tables.count {
      let stream = try RowStream(part.tables[mark.table], in: source, after: mark.rows)
      defer { stream.finish() }
      let table = mark.table
      while mark.table == table {
        mark = try draft.write(part.kind) { try step(from: mark, stream, $0) }
        try progress(mark.done)
      }
    }
  }

  /// Copies the rows of one transaction.
  private func step(from mark: CopyMark, _ stream: RowStream, _ target: any SQLFilling) throws -> CopyMark {
    var (next, portions, isEnd) = (mark, 0, false)
    while !isEnd, portions < bounds.portions, next.rows - mark.rows < bounds.rows {
      guard let rows = try stream.portion(bounds.rows - (next.rows - mark.rows)) else {
        isEnd = true
        break
      }
      try stream.add(rows, to: target)
      next.rows += rows.count
      next.done += rows.count
      portions += 1
    }
    if isEnd { (next.table, next.rows) = (mark.table + 1, 0) }
    try next.write(in: target, draft.place)
    return next
  }

  /// Makes what was set aside, each in a transaction of its own.
  private func arrange(_ parts: [CopySource.Part], progress: (Int, Int) throws -> Void) throws {
    let counts = try parts.map { part in
      try draft.read(part.kind) { try CopyMark.countSetAside(in: $0, draft.place) }
    }
    let total = counts.reduce(0, +)
    var done = 0
    for part in parts {
      try progress(done, total)
      while try draft.write(part.kind, { try CopyMark.carryOutNext(in: $0, draft.place) }) {
        done += 1
        try progress(done, total)
      }
      try draft.write(part.kind) { try $0.settle(part.tables.map(\.name)) }
    }
  }
}
