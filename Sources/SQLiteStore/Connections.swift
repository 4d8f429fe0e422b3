internal import GRDB
private import GRDBSQLite
internal import Store
private import Synchronization

/// The connections of a store: one reader for each read at the same time, and one writer, which the first
/// write opens. GRDB's own pool is not used, because it writes into the log of every store that it opens.
/// That write takes longer than everything else in opening a store.
final class Connections: Sendable {
  private let readerPath: String
  /// The path of the file. A reader's path may be a URI with parameters.
  private let writerPath: String
  private let reading: Configuration
  private let writing: Configuration
  private let idleReaders = Mutex(IdleReaders())
  private let openedWriter = Mutex<DatabaseQueue?>(nil)
  let waiting: WriteWaiting?

  /// The number of readers that are kept open, more than the console uses at the same time.
  private static let keptReaders = 4

  /// - Parameter waiting: how writes wait for writes of others; nil where SQLite alone decides.
  init(
    readerPath: String, writerPath: String, _ configuration: Configuration, cacheMegabytes: Int,
    waiting: WriteWaiting? = nil
  ) {
    self.waiting = waiting
    self.readerPath = readerPath
    self.writerPath = writerPath
    var reading = configuration
    reading.readonly = true
    self.reading = reading
    var writing = configuration
    writing.prepareDatabase { database in
      try database.execute(sql: "PRAGMA synchronous = FULL")
      try database.execute(sql: "PRAGMA cache_size = -\(cacheMegabytes * 1_024)")
    }
    if let waiting { writing.busyMode = .callback { _ in waiting.mayGoOn() } }
    self.writing = writing
  }

  /// Runs one read on a connection that nobody else uses meanwhile, so that the read sees one state.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    let reader = try idleReaders.withLock { $0.takeBusiest() } ?? IdleReaders.Reader(try newQueue())
    defer { idleReaders.withLock { $0.put(reader, keeping: Self.keptReaders) } }
    return try reader.queue.read(body)
  }

  /// Makes a reading connection for one user alone.
  func newQueue() throws -> DatabaseQueue { try DatabaseQueue(path: readerPath, configuration: reading) }

  /// Runs one transaction after those that were asked for before. With `atOnce` the transaction does not
  /// wait: where it would have to, it fails.
  func write<Result>(atOnce: Bool = false, _ body: (Database) throws -> Result) throws -> Result {
    try inTurn(atOnce: atOnce) { try $0.write(body) }
  }

  /// Uses the writing connection when everybody who asked before is done.
  func inTurn<Result>(atOnce: Bool = false, _ body: (DatabaseQueue) throws -> Result) throws -> Result {
    let writer = try writer()
    guard let waiting else { return try body(writer) }
    return try waiting.inTurn(atOnce: atOnce) { try body(writer) }
  }

  func writer() throws -> DatabaseQueue {
    try openedWriter.withLock { opened in
      if let opened { return opened }
      let writer = try DatabaseQueue(path: writerPath, configuration: writing)
      opened = writer
      return writer
    }
  }

  /// Frees the pages that connections keep, except for those that are being used, and the statements of all readers but the
  /// one that is used next. None is closed, because that starts threads of Dispatch, which wake up once a second for ever.
  func releaseMemory() {
    func releasePages(_ queue: DatabaseQueue) {
      queue.inDatabase { database in
        if let connection = database.sqliteConnection { sqlite3_db_release_memory(connection) }
      }
    }
    let (busiest, others) = idleReaders.withLock { ($0.takeBusiest(), $0.takeAll()) }
    if let busiest { releasePages(busiest.queue) }
    for reader in others { reader.queue.releaseMemory() }
    idleReaders.withLock { idle in
      for reader in [busiest].compactMap({ $0 }) + others { idle.put(reader, keeping: Self.keptReaders) }
    }
    // This waits for whoever writes now.
    if let writer = openedWriter.withLock({ $0 }) { releasePages(writer) }
  }

  /// Closes the connections that nobody uses. The writer goes last, because it moves the log into the file,
  /// and readers can't.
  func close() throws {
    let readers = idleReaders.withLock { $0.takeAll() }
    for reader in readers { try reader.queue.close() }
    let writer = openedWriter.withLock { writer in
      defer { writer = nil }
      return writer
    }
    try writer?.close()
  }
}

/// The reading connections that nobody uses now.
private struct IdleReaders: Sendable {
  struct Reader: Sendable {
    let queue: DatabaseQueue
    /// The number of reads so far.
    var readCount = 0

    init(_ queue: DatabaseQueue) { self.queue = queue }
  }

  private var idle: [Reader] = []

  /// The one with the most reads, because its statements are prepared and its pages are in memory.
  mutating func takeBusiest() -> Reader? {
    idle.indices.max { idle[$0].readCount < idle[$1].readCount }.map { idle.remove(at: $0) }
  }

  mutating func put(_ reader: Reader, keeping most: Int) {
    guard idle.count < most else { return }
    idle.append(reader)
    idle[idle.count - 1].readCount += 1
  }

  mutating func takeAll() -> [Reader] {
    defer { idle = [] }
    return idle
  }
}
