import Glibc

/// Starts programs. Foundation's Process stands in each other's way when several run at once.
enum Spawning {
  /// The program gets that environment and no more, and every signal as by default.
  static func spawn(
    _ command: [String], _ environment: [String: String], flags: Int32 = 0,
    _ prepare: (inout posix_spawn_file_actions_t) -> Void
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    prepare(&actions)
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    let signalFlags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
    posix_spawnattr_setflags(&attributes, Int16(flags | signalFlags))
    return try start(command, environment, &actions, &attributes)
  }

  private static func start(
    _ command: [String], _ environment: [String: String], _ actions: inout posix_spawn_file_actions_t,
    _ attributes: inout posix_spawnattr_t
  ) throws -> pid_t {
    var arguments = command.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var pid: pid_t = 0
    let problem = posix_spawn(&pid, command[0], &actions, &attributes, &arguments, &variables)
    guard problem == 0 else {
      throw Failure("can't start \(command[0]): \(String(cString: strerror(problem)))")
    }
    return pid
  }
}
