import Access
import Administration
import ArgumentParser
import Foundation
import SQLiteStore
import Sealing
import Store
import Synchronization

/// Backs a store up and exchanges both of its keys, while a gate answers and somebody writes.
struct KeepingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keeping", abstract: "Measure backing up and exchanging keys while a gate answers.")

  @Option(help: ArgumentHelp("The program.", valueName: "path"))
  var popsec: String

  @Option(help: ArgumentHelp("A store of `generate`.", valueName: "folder"))
  var store: String

  @Option(help: "How many tokens the gate is asked for in turn.")
  var count = 2_000

  func run() throws {
    let administration = try open()
    let keys = try KeyFolder(path: store + "/keys").load()
    let targets = try GateTargets.make(administration, try keys.seal.get(), count: count)
    let backup = FileManager.default.temporaryDirectory.path + "/popsec-bench-\(getpid())"
    let socket = backup + ".sock"
    let gate = try start(["gate", "--allow-seal-key", "--listen", "unix:" + socket])
    defer {
      gate.terminate()
      gate.waitUntilExit()
      unlink(backup)
    }
    try wait(for: socket)
    print("| | seconds | requests | refused | changes of others | refused | longest wait, ms |")
    print("|---|---|---|---|---|---|---|")
    let steps = [
      ("nothing else, for 10 s", nil), ("backup", ["backup", "--output", backup]),
      ("key rotate seal", ["key", "rotate", "seal"]), ("key rotate lookup", ["key", "rotate", "lookup"]),
    ]
    for (title, arguments) in steps {
      let load = Load(targets, socket: socket, administration)
      let stopwatch = Stopwatch()
      load.start()
      if let arguments {
        let process = try start(arguments)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure("popsec \(title) failed") }
      } else {
        sleep(10)
      }
      let seconds = stopwatch.seconds
      load.stop()
      print(
        "| \(title) | \(Int(seconds)) | \(load.asked) | \(load.refused) | \(load.changes) | "
          + "\(load.refusedChanges) | \(load.longestWait) |")
    }
  }

  private func open() throws -> Administration {
    let keys = KeyFolder(path: store + "/keys")
    return Administration(
      store: try SQLiteStore.open(StoreFolder(path: store), now: Surroundings.system.now()),
      ring: KeyRing(try keys.load(), folder: keys),
      operating: Operator(
        actor: Actor(name: "bench", frontEnd: .commandLine), permissions: Set(Permission.allCases)))
  }

  private func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: popsec)
    process.arguments = arguments + ["--store", store]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func wait(for socket: String) throws {
    for _ in 0..<400 {
      if (try? GateConnection(socket)) != nil { return }
      usleep(25_000)
    }
    throw Failure("the gate does not listen")
  }
}

/// Asks a gate one request after the other, and adds API users with a token now and then.
private final class Load: Sendable {
  private let targets: [String]
  private let socket: String
  private let administration: Administration
  private let isStopped = Atomic(false)
  private let running = Atomic(0)
  private let counts = Mutex((asked: 0, refused: 0, changes: 0, refusedChanges: 0, longestWait: 0))

  init(_ targets: [String], socket: String, _ administration: Administration) {
    self.targets = targets
    self.socket = socket
    self.administration = administration
  }

  var asked: Int { counts.withLock { $0.asked } }
  var refused: Int { counts.withLock { $0.refused } }
  var changes: Int { counts.withLock { $0.changes } }
  var refusedChanges: Int { counts.withLock { $0.refusedChanges } }
  var longestWait: Int { counts.withLock { $0.longestWait } }

  func start() {
    for body in [ask, change] {
      running.add(1, ordering: .relaxed)
      Thread.detachNewThread {
        body()
        self.running.subtract(1, ordering: .relaxed)
      }
    }
  }

  func stop() {
    isStopped.store(true, ordering: .relaxed)
    while running.load(ordering: .relaxed) > 0 { usleep(1_000) }
  }

  @Sendable private func ask() {
    guard let connection = try? GateConnection(socket) else { return }
    var next = 0
    while !isStopped.load(ordering: .relaxed) {
      let isAllowed = (try? connection.status(of: targets[next])) == 200
      next = (next + 1) % targets.count
      counts.withLock {
        $0.asked += 1
        if !isAllowed { $0.refused += 1 }
      }
    }
  }

  @Sendable private func change() {
    while !isStopped.load(ordering: .relaxed) {
      let stopwatch = Stopwatch()
      let isDone: Void? = try? administration.change { change in
        let name = try Name("Bench " + UUID().uuidString)
        let account = try change.addAccount(.apiUser, name: name)
        _ = try change.addToken(to: account.id, name: name)
      }
      let milliseconds = Int(stopwatch.microseconds / 1_000)
      counts.withLock {
        $0.changes += 1
        if isDone == nil { $0.refusedChanges += 1 }
        $0.longestWait = max($0.longestWait, milliseconds)
      }
      usleep(50_000)
    }
  }
}
