import Glibc

/// A program in a session of its own on a pseudo-terminal of 80x24.
final class Pty {
  let pid: pid_t
  private let master: Int32
  private var isReaped = false

  static let columns = 80
  static let rows = 24

  /// Starts the program with only the given environment.
  init(_ command: [String], environment: [String: String]) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: UInt32 = 0
    var unlocked: Int32 = 0
    // These calls do what grantpt(3) and unlockpt(3) do on Linux: ioctl_tty(2).
    guard master >= 0, ioctl(master, UInt(TIOCSPTLCK), &unlocked) == 0,
      ioctl(master, UInt(TIOCGPTN), &number) == 0
    else { throw Failure("no pseudo-terminal") }
    var window = winsize(ws_row: UInt16(Self.rows), ws_col: UInt16(Self.columns), ws_xpixel: 0, ws_ypixel: 0)
    guard ioctl(master, UInt(TIOCSWINSZ), &window) == 0 else { throw Failure("no window size") }
    pid = try Self.spawn(command, environment, terminal: "/dev/pts/\(number)")
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
  }

  deinit { end() }

  /// The number of bytes that came; nil where none came within the time, or the program is gone.
  func read(milliseconds: Int32) -> Int? {
    var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, milliseconds) > 0 else { return nil }
    let count = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) {
      Glibc.read(master, $0.baseAddress, $0.count)
    }
    return count > 0 ? count : nil
  }

  func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(master, $0.baseAddress, $0.count) }
  }

  func end() {
    guard !isReaped else { return }
    isReaped = true
    kill(pid, SIGHUP)
    close(master)
    for _ in 0..<50 {
      if waitpid(pid, nil, WNOHANG) != 0 { return }
      usleep(10_000)
    }
    kill(pid, SIGKILL)
    waitpid(pid, nil, 0)
  }
}

/// The value in ioctl_tty(2), on all machines except MIPS, PowerPC and SPARC.
private let TIOCSPTLCK: UInt32 = 0x4004_5431
private let TIOCGPTN: UInt32 = 0x8004_5430

extension Pty {
  private static func spawn(
    _ command: [String], _ environment: [String: String], terminal: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // A terminal that the leader of a new session opens becomes the session's terminal.
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    let startsSession: Int16 = 0x80  // POSIX_SPAWN_SETSID
    posix_spawnattr_setflags(&attributes, startsSession)
    let arguments = command.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var pid: pid_t = 0
    let problem = posix_spawnp(&pid, command[0], &actions, &attributes, arguments, variables)
    guard problem == 0 else {
      throw Failure("can't start \(command[0]): \(String(cString: strerror(problem)))")
    }
    return pid
  }
}
