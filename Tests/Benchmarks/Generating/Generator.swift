import Access
import Administration
import SQLiteStore
import Sealing
import Store

/// Makes a store of invented data through the store's interface, some users in each transaction.
struct Generator {
  let count: Int
  let folder: String

  /// The transactions are few and large, because each one rewrites nearly every page of the indexes by random
  /// ids.
  private static let usersInTransaction = 250_000
  /// The number of users that are prepared while the ones before are written.
  private static let usersInBatch = 10_000

  func run(progress: (Int) -> Void) async throws {
    let now = Surroundings.system.now()
    let place = StoreFolder(path: folder)
    // Where the indexes don't fit into memory, a million takes several times as long.
    let options = OpenOptions(cacheMegabytes: 1_024)
    let store = try SQLiteStore.create(at: place, options: options, now: now) {
      _ = try KeyFolder(path: $0.path + "/keys").create()
    }
    let keys = try KeyFolder(path: folder + "/keys").load()
    let actor = Actor(name: "popsec-bench", frontEnd: .commandLine)
    let administration = Administration(
      store: store, keys: keys, operating: Operator(actor: actor, permissions: Set(Permission.allCases)))
    try administration.change { try $0.recordStore("generate") }
    let scenery = try Scenery(now: now)
    try store.write { try scenery.insert(into: $0) }
    try await insertUsers(into: store, UserMaker(keys: keys, now: now, scenery: scenery), progress)
    try store.close()
  }

  private func insertUsers(
    into store: SQLiteStore, _ maker: UserMaker, _ progress: (Int) -> Void
  ) async throws {
    var next = prepare(from: 0, maker)
    var made = 0
    while made < count {
      let end = min(made + Self.usersInTransaction, count)
      var batches: [[MadeUser]] = []
      // Sealing takes about a quarter of the time of writing.
      while made < end {
        let batch = try await next.value
        made += batch.count
        next = prepare(from: made, maker)
        batches.append(batch)
      }
      try store.write { writer in for user in batches.joined() { try user.insert(into: writer) } }
      progress(made)
    }
  }

  private func prepare(from first: Int, _ maker: UserMaker) -> Task<[MadeUser], any Error> {
    let end = min(first + Self.usersInBatch, count)
    return Task.detached { try (first..<max(first, end)).map { try maker.user($0) } }
  }
}
