import CVterm
import Glibc

/// A pseudo-terminal with a program on it, in a session of its own whose terminal it is.
///
/// The program is run by a shell that stays, since a terminal whose session has ended forgets
/// its modes; what the shell writes when the program has ended is ``ending(_:)``.
final class Pty {
  let master: Int32
  /// The shell that runs the program.
  let shell: pid_t
  private var isReaped = false

  /// What the shell writes once the program has ended with that status.
  static func ending(_ status: Int) -> String { "[ended with \(status)]" }

  private static let script = #""$@"; printf '\r\n[ended with %d]\r\n' "$?"; read -r _"#

  /// Starts a program; of the environment it gets only what is given.
  init(_ command: [String], environment: [String: String], columns: Int, rows: Int) throws {
    master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)
    var name = [CChar](repeating: 0, count: 64)
    guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0, ptsname_r(master, &name, name.count) == 0
    else { throw Failure("no pseudo-terminal: \(String(cString: strerror(errno)))") }
    let path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    var window = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard ioctl(master, UInt(TIOCSWINSZ), &window) == 0 else { throw Failure("no window size") }
    shell = try Self.spawn(["/bin/sh", "-c", Self.script, "sh"] + command, environment, terminal: path)
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
  }

  deinit { end() }

  /// The terminal's modes, as stty(1) shows them.
  var modes: [UInt32] {
    var modes = termios()
    guard tcgetattr(master, &modes) == 0 else { return [] }
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
  }

  /// Whether programs on the terminal can't write any more, since nobody reads what they wrote.
  var isFull: Bool {
    var name = [CChar](repeating: 0, count: 64)
    guard ptsname_r(master, &name, name.count) == 0 else { return false }
    let side = open(name, O_WRONLY | O_NOCTTY | O_CLOEXEC)
    guard side >= 0 else { return false }
    defer { close(side) }
    var waiting = pollfd(fd: side, events: Int16(POLLOUT), revents: 0)
    return poll(&waiting, 1, 50) == 0
  }

  func resize(columns: Int, rows: Int) {
    var window = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &window)
  }

  /// What has come; nil where nothing came within that time.
  func read(milliseconds: Int32) -> [UInt8]? {
    var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, milliseconds) > 0 else { return nil }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(master, &buffer, buffer.count)
    return count > 0 ? Array(buffer[..<count]) : nil
  }

  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(master, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EAGAIN || !canWrite { return }
    }
  }

  private var canWrite: Bool {
    var waiting = pollfd(fd: master, events: Int16(POLLOUT), revents: 0)
    return poll(&waiting, 1, 2_000) > 0
  }

  /// The terminal goes away, as where a connection breaks.
  func hangUp() {
    isHungUp = true
    close(master)
  }
  private var isHungUp = false

  func end() {
    guard !isReaped else { return }
    isReaped = true
    for child in Processes.below(shell) { kill(child, SIGKILL) }
    kill(shell, SIGKILL)
    waitpid(shell, nil, 0)
    if !isHungUp { close(master) }
  }
}

extension Pty {
  private static func spawn(
    _ command: [String], _ environment: [String: String], terminal: String
  ) throws -> pid_t {
    try Spawning.spawn(command, environment, flags: Int32(cvterm_spawn_setsid)) { actions in
      // Opened by the leader of a new session, a terminal becomes that session's.
      posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    }
  }
}
