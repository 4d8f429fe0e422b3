import Access
import Administration
import Store

/// An open store, and where a command's words go.
struct Session {
  let administration: Administration
  let output: Output
  let wantsJSON: Bool
  /// Whether something was changed, so that who loses the output still learns of it.
  let mark = ChangeMark()

  func read<Result>(_ body: (any SecurityReader) throws -> Result) throws -> Result {
    try administration.read(body)
  }

  func change<Result>(_ body: (Change) throws -> Result) throws -> Result {
    try changing { try $0.change(body) }
  }

  /// Does what changes something.
  func changing<Result>(_ body: (Administration) throws -> Result) throws -> Result {
    let result = try body(administration)
    mark.isMade = true
    return result
  }

  /// Shows something that is recorded, and not at all where it can't be. Whoever reads does not wait for those who
  /// write: while somebody does, it is recorded when it was shown.
  func recording(_ record: (Administration) throws -> Void, show: () throws -> Void) throws {
    do { try record(administration.withoutWaiting) } catch StoreError.busy {
      try show()
      try output.flush()
      return try record(administration)
    }
    try show()
  }

  /// Says so, once and beside the output, where it is not known how tokens were used; returns whether it is.
  @discardableResult
  func sayWhereUsesAreUnknown() -> Bool {
    guard let trouble = administration.useTrouble() else { return true }
    Asking.say("note: \(trouble.message)")
    Asking.say("hint: \(trouble.hint ?? "")")
    return false
  }

  /// What gates recorded; nil, with a note, where it is not known.
  func knowingUses<Result>(_ body: () throws -> Result) throws -> Result? {
    do { return try body() } catch let trouble as UseTrouble {
      Asking.say("note: \(trouble.message)")
      return nil
    }
  }

  /// Walks through all pages of a list. Each page is one read, so that no list holds up the
  /// writers, however long it is.
  func pages<Row, Cursor>(
    cursor: @escaping (Row) -> Cursor,
    _ page: (any SecurityReader, PagePosition<Cursor>) throws -> Page<Row>,
    _ body: ([Row]) throws -> Void
  ) throws {
    var paging = Paging(by: cursor)
    while let rows = try paging.next({ position in try read { try page($0, position) } }) { try body(rows) }
  }
}
