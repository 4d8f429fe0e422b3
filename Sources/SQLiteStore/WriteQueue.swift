internal import Store
private import Glibc

/// Makes those who want to write a store take turns in the order in which they asked, whatever process or
/// thread they are in. SQLite's own lock still decides who may write. Alone it is unfair, because it favours
/// whoever looks at the right moment, so that some would never get it.
///
/// A ticket is a locked byte of a file beside the database, and the writer with the lowest ticket is the
/// next. The locks belong to an open file (F_OFD_SETLK, fcntl(2)). So they count between threads as well, and
/// end with the process, however it ends. The file stays empty, so that a full disk is no obstacle.
struct WriteQueue: Sendable {
  private let path: String
  private let folder: StoreFolder

  init(_ folder: StoreFolder) {
    self.folder = folder
    path = folder.writeQueue
  }

  /// Waits until everybody who asked before is done.
  ///
  /// The result is nil where a queue is impossible, as in a folder of another account. Then SQLite's lock
  /// alone decides.
  ///
  /// Errors: ``StoreError/busy(path:writer:)`` where the time is up.
  func ticket(_ patience: Patience) throws -> Ticket? {
    guard let ticket = try take(patience) else { return nil }
    while let ahead = ticket.isBehind() {
      guard patience.rest(milliseconds: ahead) else { throw busy }
    }
    return ticket
  }

  /// Takes a ticket. Only one ticket is given at a time.
  private func take(_ patience: Patience) throws -> Ticket? {
    guard let file = Files.openCompanion(path, in: folder).map(ByteLocks.init) else { return nil }
    while !file.lock(Self.counter) {
      guard errno == EAGAIN || errno == EACCES || errno == EINTR else { return nil }
      guard patience.rest() else { throw busy }
    }
    var number = Self.counter + 1
    while let held = file.firstHeld(number...) {
      // A lock beyond the highest ticket was not taken by a writer in the queue, so SQLite's lock alone
      // decides.
      guard held.upperBound < Self.mostTickets else { return nil }
      number = held.upperBound + 1
    }
    guard file.lock(number) else { return nil }
    file.unlock(Self.counter)
    return Ticket(file: file, number: number)
  }

  /// The greatest number of tickets, more than ever wait at the same time.
  private static let mostTickets: off_t = 1_000_000
  /// The byte that is locked while a ticket is given.
  fileprivate static let counter: off_t = 0

  private var busy: StoreError { .busy(path: folder.database, writer: currentWriter(of: folder.database)) }

  /// A place in the queue, which is kept until this object is dropped.
  final class Ticket {
    private let file: ByteLocks
    private let number: off_t

    fileprivate init(file: ByteLocks, number: off_t) {
      self.file = file
      self.number = number
    }

    /// The approximate number of writers ahead; nil where this writer is the first.
    fileprivate func isBehind() -> Int? {
      guard number > WriteQueue.counter + 1 else { return nil }
      return file.firstHeld(WriteQueue.counter + 1...number - 1).map { Int(number - $0.lowerBound) }
    }
  }
}

extension StoreFolder {
  /// The path of the file by which writers wait in order. The file is empty, and may be removed while nobody
  /// writes.
  package var writeQueue: String { database + "-queue" }
}
