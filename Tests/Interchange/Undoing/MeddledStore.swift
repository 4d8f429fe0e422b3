import Store
import Synchronization

@testable import Administration

/// A store in which somebody else does something each time that everybody was looked at for a law: after the look, and
/// before the transaction that adds the law begins anew.
final class MeddledStore: Store {
  private let base: any Store
  private let meddle: @Sendable () -> Void
  private let isLooking = Mutex(false)
  /// How often everybody was looked at without the lock.
  private let looks = Mutex(0)

  init(_ base: any Store, meddle: @escaping @Sendable () -> Void) {
    (self.base, self.meddle) = (base, meddle)
  }

  var lookCount: Int { looks.withLock { $0 } }

  func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    let result = try base.read(body)
    if isLooking.withLock({ $0 }) {
      isLooking.withLock { $0 = false }
      looks.withLock { $0 += 1 }
      meddle()
    }
    return result
  }

  func write<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result {
    do { return try base.write(body) } catch let error as LooksTooLong {
      isLooking.withLock { $0 = true }
      throw error
    }
  }

  func writeAtOnce<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result {
    try base.writeAtOnce(body)
  }

  func giveUpReserve() -> Bool { base.giveUpReserve() }
  var location: String { base.location }
  var changingFiles: [String] { base.changingFiles }
  func watch() throws -> any StoreWatch { try base.watch() }
}
