internal import Store

/// A store that refuses writes at once while others are writing.
struct ImpatientStore: Store {
  let base: any Store

  func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result { try base.read(body) }

  func write<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result {
    try base.writeAtOnce(body)
  }

  func writeAtOnce<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result {
    try base.writeAtOnce(body)
  }

  func giveUpReserve() -> Bool { base.giveUpReserve() }

  var location: String { base.location }
  var changingFiles: [String] { base.changingFiles }

  func watch() throws -> any StoreWatch { try base.watch() }
}
