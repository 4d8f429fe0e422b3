import Access
import CPlatform
import Foundation

/// A program that is given something and must end within a time, whatever the program does.
struct BoundedProgram {
  /// From the root on.
  let path: String
  let arguments: [String]
  /// All that the program is given of an environment.
  let environment: [String: String]
  /// So long the program may take. Then the program and all that it started in its process group are killed.
  let seconds: Int

  enum End: Hashable {
    case exited(Int32)
    case signalled(Int32)
    case timedOut
    /// The program was never started, for that reason.
    case notStarted(String)
  }

  /// Of what the program prints so many bytes are kept; the rest is read and dropped.
  static let keptOutputBytes = 2_000

  /// Runs the program with that text as its standard input. Returns how the program ended, and the beginning of what it
  /// printed on both outputs.
  func run(input: String) -> (end: End, output: String) {
    guard let pipes = Pipes() else { return (.notStarted(systemReason(errno)), "") }
    defer { pipes.close() }
    var process = pid_t()
    // A copy of an end by dup2(2) stays open.
    let left = popsec_close_with_exec(UInt32(STDERR_FILENO) + 1)
    let code = left == 0 ? spawn(&process, pipes) : left
    guard code == 0 else { return (.notStarted(systemReason(code)), "") }
    pipes.closeChildren()
    var run = BoundedRun(process: process, pipes: pipes, input: Array(input.utf8))
    return run.wait(seconds: seconds)
  }

  /// In a process group of its own, with no descriptor but the three, and with the signals that popsec ignores as they
  /// are by default.
  private func spawn(_ process: inout pid_t, _ pipes: Pipes) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, pipes.childInput, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, pipes.childOutput, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, pipes.childOutput, STDERR_FILENO)
    var (none, restored) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigemptyset(&restored)
    for signal in [SIGPIPE, SIGXFSZ] { sigaddset(&restored, signal) }
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &restored)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    let variables = environment.map { "\($0)=\($1)" }.sorted()
    return withCStrings([path] + arguments) { argv in
      withCStrings(variables) { posix_spawn(&process, path, &actions, &attributes, argv, $0) }
    }
  }
}

private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers = strings.map { strdup($0) } + [nil]
  defer { for pointer in pointers { free(pointer) } }
  return body(&pointers)
}
