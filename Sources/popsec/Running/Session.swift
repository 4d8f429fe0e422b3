import Access
import Administration
import Store

/// An open store, and the place to which a command prints.
struct Session {
  let administration: Administration
  let output: Output
  /// Whether the output is for programs, and has no words around it.
  var isForPrograms: Bool { output.options.format.isForPrograms }
  /// Whether something was changed, so that a person whose output is lost still learns of it.
  let mark = ChangeMark()

  func read<Result>(_ body: (any SecurityReader) throws -> Result) throws -> Result {
    try administration.read(body)
  }

  func change<Result>(_ body: (Change) throws -> Result) throws -> Result {
    try changing { try $0.change(body) }
  }

  /// Runs what changes something. What is told of a change has no columns, which is refused before the change.
  func changing<Result>(_ body: (Administration) throws -> Result) throws -> Result {
    try output.requireNoColumns()
    var administration = administration
    administration.settling = { Interruption.settle() }
    let result = try body(administration)
    mark.isMade = true
    return result
  }

  /// Shows something that must be recorded, and does not show it where it can't be recorded. A reader does
  /// not wait for writers: while somebody writes, it is recorded after it was shown.
  func recording(_ record: (Administration) throws -> Void, show: () throws -> Void) throws {
    do { try record(administration.withoutWaiting) } catch StoreError.busy {
      try show()
      try output.flush()
      return try record(administration)
    }
    try show()
  }

  /// Says once, beside the output, that it is not known how tokens were used, where that is so. Returns
  /// whether it is known.
  @discardableResult
  func sayWhereUsesAreUnknown() -> Bool {
    guard let trouble = administration.useTrouble() else { return true }
    Asking.say("note: \(trouble.message)")
    Asking.say("hint: \(trouble.hint ?? "")")
    return false
  }

  /// Takes over what gates have recorded since, for an order or a condition by the last use, and says where not all of
  /// it is. Returns whether the uses are known.
  @discardableResult
  func takeOverUses() throws -> Bool {
    let outcome = try administration.takeOverUses()
    guard sayWhereUsesAreUnknown() else { return false }
    if outcome.end == .held {
      Asking.say(
        "note: orders and conditions don't know yet what gates recorded last, because nobody can write now")
    }
    return true
  }

  /// What gates recorded; nil, with a note, where it is not known.
  func knowingUses<Result>(_ body: () throws -> Result) throws -> Result? {
    do { return try body() } catch let trouble as UseTrouble {
      Asking.say("note: \(trouble.message)")
      return nil
    }
  }

  /// Reads all pages of a list. Each page is one read, so that no list delays writers, however long it is.
  func pages<Row, Cursor>(
    cursor: @escaping (Row) -> Cursor,
    _ page: (any SecurityReader, PagePosition<Cursor>) throws -> Page<Row>,
    _ body: ([Row]) throws -> Void
  ) throws {
    var paging = Paging(by: cursor)
    while let rows = try paging.next({ position in try read { try page($0, position) } }) { try body(rows) }
  }
}
