import Access
import Foundation
import SQLStore
import SQLiteStore
import Sealing
import Store
import Synchronization
import TestSupport
import Testing

@testable import Administration

/// A store with a clock that is set, and a receiver that says what it is told to.
final class NoticeWorld: Sendable {
  let folder: TemporaryFolder
  let made: MadeStore
  let store: any Store
  private let keys = TokenKeys.ephemeral()
  private let clock: Mutex<Timestamp>
  let start: Timestamp

  init() throws {
    folder = try TemporaryFolder()
    start = try #require(Timestamp("2026-11-24T12:00:00Z"))
    made = try Engine.current.make(folder.store, start)
    store = made.store
    clock = Mutex(start)
    // A store always has a row: without one its log would have been cut.
    try administration().change { try $0.recordStore("init") }
  }

  deinit { try? made.close() }

  var now: Timestamp { clock.withLock { $0 } }
  func advance(_ seconds: Int64) { clock.withLock { $0 = $0.adding(seconds: seconds) } }

  func administration(
    _ permissions: Set<Permission> = Set(Permission.allCases), uses: (any UseReading)? = nil
  ) -> Administration {
    Administration(
      store: store, keys: keys, operating: Scene.operating(permissions),
      uses: uses ?? made.records,
      surroundings: Surroundings(now: { self.now }, makeTokenID: { .generate() }))
  }

  /// An API user with a token that ends after so many days.
  @discardableResult
  func token(_ name: String, days: Int64? = nil) throws -> Token {
    try administration().change { change in
      let account = try change.addAccount(.apiUser, name: try Name(name))
      return try change.addToken(
        to: account.id, name: try Name("portal"), expiry: days.map { .at(now.adding(days: $0)) })
    }
  }

  @discardableResult
  func raise(
    health: [NoticeFinding] = [], bounds: NoticeBounds = .standard, as administration: Administration? = nil
  ) throws -> NoticeSearch {
    try (administration ?? self.administration()).raiseNotices(health: { health }, bounds: bounds)
  }

  /// Hands over what waits to a receiver; without chance in the times between.
  func send(_ receipt: @escaping (CloudEvent) throws -> NoticeReceipt = { _ in .delivered }) throws
    -> NoticeRun
  {
    try NoticeCourier(administration(), attemptSeconds: 90) { 0.5 }.run { event, _ in try receipt(event) }
  }

  var notices: [Notice] {
    get throws { try administration().notices(before: nil, limit: 1_000).reversed() }
  }

  func generation() throws -> Generation { try store.read { try $0.generation() } }
}
