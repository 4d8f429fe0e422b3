import CVterm
import Foundation

/// A program that runs without a terminal.
final class Running {
  let pid: pid_t
  private let output: URL
  private let errors: URL

  /// What it prints is kept in files until its end.
  init(
    _ program: String, _ arguments: [String], input: String = "", environment: [String: String], file: URL
  ) throws {
    let (output, errors) = (file, file.appendingPathExtension("errors"))
    (self.output, self.errors) = (output, errors)
    var ends: [Int32] = [0, 0]
    guard pipe2(&ends, O_CLOEXEC) == 0 else { throw Failure("no pipe") }
    defer { for end in ends { close(end) } }
    pid = try Spawning.spawn([program] + arguments, environment) { actions in
      posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
      posix_spawn_file_actions_addopen(&actions, 1, output.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      posix_spawn_file_actions_addopen(&actions, 2, errors.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    }
    // So little that a pipe holds it.
    _ = input.withCString { write(ends[1], $0, strlen($0)) }
  }

  /// What it has written to standard error so far.
  var errorsSoFar: String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }

  var isAlive: Bool { Processes.isAlive(pid) }

  /// Stops it where it is, until it gets SIGCONT. Returns when all of its threads have stopped: until then one may go on
  /// answering.
  func halt() {
    kill(pid, SIGSTOP)
    var status: Int32 = 0
    while waitpid(pid, &status, WUNTRACED) < 0, errno == EINTR {}
  }

  /// Waits for its end, and takes what it printed, which is then nowhere any more.
  func finish() throws -> TestStore.Printed {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    defer { for file in [output, errors] { try? FileManager.default.removeItem(at: file) } }
    let signal = status & 0x7F
    return TestStore.Printed(
      status: signal == 0 ? status >> 8 & 0xFF : 128 + signal,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }
}
