import Access
import Foundation
@testable import SQLStore
@testable import SQLiteStore
import Store
import Synchronization
import TestSupport
import Testing

@Suite struct WriteQueueTests {
  private let folder: TemporaryFolder
  private let store: SQLiteStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SQLiteStore.copy(at: folder.store, now: .start)
  }

  private func patience(_ seconds: Double = 30) -> Patience {
    Patience(seconds: seconds, database: store.folder.database) { _ in }
  }

  /// Waits until so many hold or want a ticket.
  private func waits(for count: Int) throws {
    let descriptor = open(store.folder.writeQueue, O_RDWR | O_CLOEXEC)
    try #require(descriptor >= 0)
    let locks = ByteLocks(descriptor)
    try eventually("\(count) writers") {
      var (found, next) = (0, off_t(1))
      while let held = locks.firstHeld(next...) {
        found += 1
        next = held.upperBound + 1
      }
      return found == count
    }
  }

  @Test("the writer that asked first writes first, in whatever thread and open store")
  func order() throws {
    let order = Mutex<[Int]>([])
    var first = try WriteQueue(store.folder).ticket(patience())
    let group = DispatchGroup()
    for number in 1...8 {
      let store = number % 2 == 0 ? store : try SQLiteStore.open(folder.store, now: .start)
      let thread = Thread {
        try? store.write { _ in order.withLock { $0.append(number) } }
        group.leave()
      }
      group.enter()
      thread.start()
      try waits(for: number + 1)
    }
    withExtendedLifetime(first) { #expect(order.withLock { $0 }.isEmpty) }
    first = nil
    group.wait()
    #expect(order.withLock { $0 } == Array(1...8))
    try waits(for: 0)
  }

  @Test("a writer that must not wait is refused at once while another writes, and otherwise writes")
  func atOnce() throws {
    var ticket = try WriteQueue(store.folder).ticket(patience())
    try withExtendedLifetime(ticket) {
      let error = #expect(throws: StoreError.self) { try store.writeAtOnce { _ in } }
      guard case .busy = error else { throw Sample.Missing() }
      // Who only reads needs no ticket.
      #expect(try store.read { try $0.connectors() }.isEmpty)
    }
    ticket = nil
    let other = try SQLiteStore.open(folder.store, now: .start)
    try other.writeAtOnce { try $0.insert(try Sample.account("portal")) }
  }

  @Test(
    "a lock on the queue that reaches further than anybody counts stops nobody",
    arguments: [0, Int64.max - 5])
  func endless(length: Int64) throws {
    try store.write { try $0.insert(try Sample.account("one")) }
    let descriptor = open(store.folder.writeQueue, O_RDWR | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var lock = flock()
    (lock.l_type, lock.l_whence) = (Int16(F_WRLCK), Int16(SEEK_SET))
    (lock.l_start, lock.l_len) = (5, off_t(length))
    // F_OFD_SETLK
    #expect(fcntl(descriptor, 37, &lock) == 0)
    lock.l_start = 1
    lock.l_len = 4
    #expect(fcntl(descriptor, 37, &lock) == 0)
    try store.write { try $0.insert(try Sample.account("two")) }
    #expect(try store.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 2)
  }

  @Test("where there can be no queue, SQLite's own lock decides")
  func withoutQueue() throws {
    try? FileManager.default.removeItem(atPath: store.folder.writeQueue)
    try FileManager.default.createDirectory(
      atPath: store.folder.writeQueue, withIntermediateDirectories: false)
    try store.write { try $0.insert(try Sample.account("portal")) }
    #expect(try store.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 1)
  }

  @Test("a writer that waits for long learns once who is writing, and when that is over")
  func news() throws {
    let told = Mutex<[StoreNews]>([])
    let other = try SQLiteStore.open(folder.store, now: .start) { news in told.withLock { $0.append(news) } }
    let group = DispatchGroup()
    group.enter()
    try store.write { _ in
      Thread.detachNewThread {
        try? other.write { _ in }
        group.leave()
      }
      try eventually("the news") { told.withLock { !$0.isEmpty } }
    }
    group.wait()
    let all = told.withLock { $0 }
    #expect(all.count == 2 && all.last == .doneWaiting)
    #expect(all.first?.text?.hasSuffix("process \(getpid())) is writing") == true)
  }

  @Test("no descriptor is left behind by those who wrote, waited or gave up")
  func descriptors() throws {
    func count() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        .count { name in
          let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + name)
          return path == store.folder.writeQueue
        }
    }
    let other = try SQLiteStore.open(folder.store, options: OpenOptions(busySeconds: 0), now: .start)
    for _ in 0..<5 {
      try store.write { _ in
        #expect(throws: StoreError.self) { try other.write { _ in } }
        #expect(throws: StoreError.self) { try other.writeAtOnce { _ in } }
      }
      try other.write { _ in }
    }
    #expect(try count() == 0)
  }

  @Test("the queue of a store that was made for a group can be used by the group")
  func isShared() throws {
    chmod(folder.store.path, 0o2770)
    try? FileManager.default.removeItem(atPath: store.folder.writeQueue)
    let before = umask(0o077)
    try store.write { _ in }
    umask(before)
    var status = stat()
    #expect(stat(store.folder.writeQueue, &status) == 0 && status.st_mode & 0o777 == 0o660)
  }
}
