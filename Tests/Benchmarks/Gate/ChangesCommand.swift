import Access
import Administration
import ArgumentParser
import Foundation
import Glibc
import PostgresStore
import SQLiteStore
import Sealing
import Store
import Synchronization

/// Measures how many changes a store takes from many writers at once, each of which waits for its own.
struct ChangesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes", abstract: "Measure the rate of changes of many writers at once.")

  @Option(
    help: ArgumentHelp(
      "The store, which is changed: a folder, or the address of a database.", valueName: "place"))
  var store: String

  @Option(help: ArgumentHelp("The folder of keys; the store's own where none is named.", valueName: "folder"))
  var keys: String?

  @Option(help: "How many writers there are.")
  var writers = 20

  @Option(help: "For how long.")
  var seconds = 10

  func run() throws {
    let keys = try KeyFolder(path: keys ?? store + "/keys").load()
    let (tally, group) = (Tally(), DispatchGroup())
    for number in 0..<writers {
      // Each writer is on its own connection, as it would be on its own host.
      let opened = try open()
      let administration = Administration(
        store: opened, keys: keys,
        operating: Operator(
          actor: Actor(name: "writer \(number)", frontEnd: .commandLine),
          permissions: Set(Permission.allCases)))
      group.enter()
      Thread.detachNewThread {
        var (delays, count) = ([Double](), 0)
        while !tally.isOver.load(ordering: .relaxed) {
          let stopwatch = Stopwatch()
          count += 1
          do {
            let name = try Name("written \(number) \(count) \(getpid())")
            _ = try administration.change { try $0.addAccount(.apiUser, name: name) }
            delays.append(stopwatch.microseconds / 1_000)
          } catch { tally.failures.add(1, ordering: .relaxed) }
        }
        tally.delays.withLock { $0 += delays }
        group.leave()
      }
    }
    let stopwatch = Stopwatch()
    sleep(UInt32(seconds))
    tally.isOver.store(true, ordering: .relaxed)
    group.wait()
    let delays = tally.delays.withLock { $0 }
    print(
      "\(writers) writers, \(shown(stopwatch.seconds)) s: \(delays.count) changes, "
        + "\(shown(Double(delays.count) / stopwatch.seconds)) a second; \(shown(delays.percentile(0.5))) ms p50, "
        + "\(shown(delays.percentile(0.99))) ms p99; failed \(tally.failures.load(ordering: .relaxed))")
  }

  private func open() throws -> any Store {
    guard PostgresAddress.isMeant(by: store) else {
      return try SQLiteStore.open(StoreFolder(path: store), now: Surroundings.system.now())
    }
    return try PostgresStore.open(PostgresAddress(store))
  }
}

/// What the writers have in common.
private final class Tally: Sendable {
  let delays = Mutex<[Double]>([])
  let failures = Atomic(0)
  let isOver = Atomic(false)
}
