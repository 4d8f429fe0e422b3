internal import Store

/// A store on which changes are carried out as on the real one, looked at, and undone.
struct RehearsalStore: Store {
  let base: any Store
  /// Looks at the result of the changes before they are undone.
  let look: @Sendable (any StoreWriter) throws -> Void

  private struct Rehearsed: Error {}

  func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result { try base.read(body) }

  func write<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result {
    var result: Result?
    do {
      try base.write { writer in
        result = try body(writer)
        try look(writer)
        // A store may tell only the next reader that a statement failed.
        _ = try writer.auditHead()
        throw Rehearsed()
      }
    } catch is Rehearsed {
    }
    guard let result else { throw Rehearsed() }
    return result
  }

  func writeAtOnce<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result { try write(body) }

  func giveUpReserve() -> Bool { false }

  var location: String { base.location }
  var changingFiles: [String] { base.changingFiles }

  func watch() throws -> any StoreWatch { try base.watch() }

  func settle() throws -> Bool { try base.settle() }

  func releaseMemory() { base.releaseMemory() }
}
