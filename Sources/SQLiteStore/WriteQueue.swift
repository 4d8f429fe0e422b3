internal import Store
private import Glibc

/// Has those who want to write a store come to it in the order in which they asked, whatever process or thread
/// they are in. SQLite's own lock stays what decides: it lets whoever happens to look at the right moment go
/// first, so that some would never come to it.
///
/// A ticket is a locked byte of a file beside the database, and the writer with the lowest one is the next. The locks
/// are of the kind that belongs to an open file (F_OFD_SETLK, fcntl(2)): they are between threads, too, and go
/// with the process, however it ends. The file stays empty, so that a full disk is no obstacle.
struct WriteQueue: Sendable {
  private let path: String
  private let folder: StoreFolder

  init(_ folder: StoreFolder) {
    self.folder = folder
    path = folder.writeQueue
  }

  /// Waits until all who asked before are done.
  ///
  /// Nil where there can be no queue, as in a folder of another account's: SQLite's lock alone decides then.
  ///
  /// Errors: ``StoreError/busy(path:writer:)`` where the time is up.
  func ticket(_ patience: Patience) throws -> Ticket? {
    guard let ticket = try take(patience) else { return nil }
    while let ahead = ticket.isBehind() {
      guard patience.rest(milliseconds: ahead) else { throw busy }
    }
    return ticket
  }

  /// Numbers are given one at a time.
  private func take(_ patience: Patience) throws -> Ticket? {
    guard let file = Files.openCompanion(path, in: folder).map(ByteLocks.init) else { return nil }
    while !file.lock(Self.counter) {
      guard errno == EAGAIN || errno == EACCES || errno == EINTR else { return nil }
      guard patience.rest() else { throw busy }
    }
    var number = Self.counter + 1
    while let held = file.firstHeld(number...) {
      // Who locks as far as nobody counts is no writer in the queue: SQLite's lock alone decides then.
      guard held.upperBound < Self.mostTickets else { return nil }
      number = held.upperBound + 1
    }
    guard file.lock(number) else { return nil }
    file.unlock(Self.counter)
    return Ticket(file: file, number: number)
  }

  /// More than ever wait at once.
  private static let mostTickets: off_t = 1_000_000
  /// The byte that is locked while a number is given.
  fileprivate static let counter: off_t = 0

  private var busy: StoreError { .busy(path: folder.database, writer: currentWriter(of: folder.database)) }

  /// A place in the queue, until it is dropped.
  final class Ticket {
    private let file: ByteLocks
    private let number: off_t

    fileprivate init(file: ByteLocks, number: off_t) {
      self.file = file
      self.number = number
    }

    /// About how many are ahead; nil where this is the first.
    fileprivate func isBehind() -> Int? {
      guard number > WriteQueue.counter + 1 else { return nil }
      return file.firstHeld(WriteQueue.counter + 1...number - 1).map { Int(number - $0.lowerBound) }
    }
  }
}

extension StoreFolder {
  /// By which writers wait in order. It is empty, and may be removed while nobody writes.
  package var writeQueue: String { database + "-queue" }
}
