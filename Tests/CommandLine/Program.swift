import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

/// The built popsec, run as a process without a terminal, with a home folder and a store of its own.
final class Program: Sendable {
  /// A folder for everything that a test leaves.
  let home: String
  /// The address of the database that has the store; nil for a store in the standard place.
  let databaseAddress: String?

  init(on engine: Engine = .current) throws {
    databaseAddress = engine.hasDatabases ? try PostgresServer.running().makeDatabase() : nil
    home = NSTemporaryDirectory() + "popsec-test-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: home, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  /// Makes a program with an empty store in the standard place, without decoys. All these stores have one identity, and
  /// the same keys.
  static func initialized(on engine: Engine = .current) throws -> Program {
    engine.hasDatabases
      ? try initializedByItself(on: engine) : try prepared("empty") { try initializedByItself(on: engine) }
  }

  /// Makes a program whose store is another one than that of the other programs.
  static func initializedByItself(on engine: Engine = .current) throws -> Program {
    let program = try Program(on: engine)
    try program.run("init", "--decoys", "0").mustSucceed()
    return program
  }

  /// Makes a program whose store is a copy of an empty one that `fill` filled. That is done once for each name.
  static func filled(_ name: String, by fill: (Program) throws -> Void) throws -> Program {
    func make() throws -> Program {
      let program = try initialized()
      try fill(program)
      return program
    }
    return Engine.current.hasDatabases ? try make() : try prepared(name) { try make() }
  }

  private static func prepared(_ name: String, by prepare: () throws -> Program) throws -> Program {
    let image: StoreImage
    if let made = images.withLock({ $0[name] }) {
      image = made
    } else {
      let original = try prepare()
      // The folder goes with its program.
      image = try withExtendedLifetime(original) { try StoreImage(of: original.home + "/data") }
      images.withLock { $0[name] = image }
    }
    let program = try Program(on: .sqlite)
    try image.write(to: program.home + "/data")
    return program
  }

  private static let images = Mutex<[String: StoreImage]>([:])

  deinit {
    try? FileManager.default.removeItem(atPath: home)
    if let databaseAddress { try? PostgresServer.running().remove(databaseAddress) }
  }

  /// The store, as `--store` takes it.
  var place: String { databaseAddress ?? store }
  var keys: String { databaseAddress == nil ? store + "/keys" : home + "/keys" }

  var store: String { home + "/data/popsec" }
  var database: String { store + "/popsec.db" }

  /// Runs the program to its end. The output is searched for Token IDs.
  @discardableResult
  func run(
    _ arguments: String..., input: String = "", environment: [String: String] = [:], reveals: Bool = false
  ) throws -> Outcome {
    try run(arguments, input: input, environment: environment, reveals: reveals)
  }

  func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:], reveals: Bool = false
  ) throws -> Outcome {
    let outcome = try start(arguments, input: input, environment: environment).wait()
    if !reveals { outcome.mustNotReveal() }
    return outcome
  }

  /// Starts the program. `output` is a descriptor for its standard output, which otherwise goes to a file.
  /// `standardInput` is a descriptor for its standard input, instead of a text.
  func start(
    _ arguments: [String], input: String = "", environment: [String: String] = [:], output: Int32? = nil,
    standardInput: Int32? = nil
  ) throws -> Running {
    let files = home + "/" + UUID().uuidString
    try Data(input.utf8).write(to: URL(fileURLWithPath: files + ".in"))
    let process = try spawn(arguments, environment) { actions in
      if let standardInput {
        posix_spawn_file_actions_adddup2(&actions, standardInput, 0)
      } else {
        posix_spawn_file_actions_addopen(&actions, 0, files + ".in", O_RDONLY, 0)
      }
      if let output {
        posix_spawn_file_actions_adddup2(&actions, output, 1)
      } else {
        posix_spawn_file_actions_addopen(&actions, 1, files + ".out", O_WRONLY | O_CREAT, 0o600)
      }
      posix_spawn_file_actions_addopen(&actions, 2, files + ".err", O_WRONLY | O_CREAT, 0o600)
    }
    return Running(process: process, files: files)
  }

  /// Starts the program in a session of its own. The first terminal that it opens becomes the session's
  /// controlling terminal; otherwise there is none. `executable` is the path of another program.
  func spawn(
    _ arguments: [String], _ environment: [String: String], executable: String = path,
    _ describe: (inout posix_spawn_file_actions_t) -> Void
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // The threads that run tests block signals, and a process inherits that.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Self.newSession | Int16(POSIX_SPAWN_SETSIGMASK))
    describe(&actions)
    let variables = standardEnvironment.merging(environment) { $1 }.map { "\($0)=\($1)" }
    var process = pid_t()
    let code = withCStrings([executable] + arguments) { argv in
      withCStrings(variables) { posix_spawn(&process, executable, &actions, &attributes, argv, $0) }
    }
    try #require(code == 0, "popsec can't be started: is it built?")
    return process
  }

  var standardEnvironment: [String: String] {
    [
      "PATH": "/usr/bin:/bin", "HOME": home, "XDG_DATA_HOME": home + "/data",
      "XDG_STATE_HOME": home + "/state",
      "TMPDIR": home, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
    ].merging(databaseAddress.map { ["POPSEC_STORE": $0, "POPSEC_KEYS": keys] } ?? [:]) { $1 }
  }

  /// POSIX_SPAWN_SETSID of glibc's spawn.h, which hides it behind a feature macro.
  private static let newSession: Int16 = 0x80

  /// The path of the program, beside the test's own program.
  static var path: String {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return (own as NSString).deletingLastPathComponent + "/popsec"
  }
}

/// A process that was started.
struct Running {
  let process: pid_t
  fileprivate let files: String

  /// The text on standard error so far.
  var errors: String { text(".err") }

  func kill(_ signal: Int32) { Glibc.kill(process, signal) }

  func wait() throws -> Outcome {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return Outcome(
      status: signal == 0 ? status >> 8 & 0xFF : nil, signal: signal == 0 ? nil : signal,
      output: text(".out"), errors: text(".err"))
  }

  private func text(_ suffix: String) -> String {
    String(decoding: FileManager.default.contents(atPath: files + suffix) ?? Data(), as: UTF8.self)
  }
}

private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers = strings.map { strdup($0) } + [nil]
  defer { for pointer in pointers { free(pointer) } }
  return body(&pointers)
}
