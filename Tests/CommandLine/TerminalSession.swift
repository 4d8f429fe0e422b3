import Foundation
import Glibc
import TestSupport
import Testing

/// popsec on a pseudo-terminal, as a person sees it.
final class TerminalSession {
  private let terminal: Int32
  private let process: pid_t
  /// Everything that popsec has written so far.
  private(set) var shown = ""

  convenience init(_ program: Program, _ arguments: String..., environment: [String: String] = [:]) throws {
    try self.init(program, arguments, environment: environment)
  }

  /// - Parameter executable: the path of another program than popsec.
  init(
    _ program: Program, _ arguments: [String], environment: [String: String] = [:],
    executable: String = Program.path
  ) throws {
    terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var locked: Int32 = 0
    var number: UInt32 = 0
    try #require(terminal >= 0 && ioctl(terminal, Self.setLock, &locked) == 0)
    try #require(ioctl(terminal, Self.getNumber, &number) == 0)
    let name = "/dev/pts/\(number)"
    var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
    try #require(ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0)
    process = try program.spawn(arguments, environment, executable: executable) { actions in
      posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    }
  }

  /// TIOCSPTLCK and TIOCGPTN (ioctl_tty(2)), which Swift can't import from glibc.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  deinit { close(terminal) }

  /// Waits until the text was shown.
  func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    var isStuck = false
    while !shown.contains(text), readSome(orStuck: &isStuck) {}
    if !shown.contains(text) { kill(SIGKILL) }
    try #require(shown.contains(text), "\(shown.debugDescription)", sourceLocation: sourceLocation)
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(terminal, bytes, bytes.count)
  }

  func kill(_ signal: Int32) { Glibc.kill(process, signal) }

  /// Waits for the end. Returns the exit status, or nil where a signal ended the program.
  func wait() -> Int32? {
    var isStuck = false
    while readSome(orStuck: &isStuck) {}
    if isStuck { kill(SIGKILL) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : nil
  }

  /// Whether more output came in time. After that the program is surely stuck.
  private func readSome(orStuck isStuck: inout Bool) -> Bool {
    var poll = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    guard Glibc.poll(&poll, 1, Int32(patienceInSeconds * 1_000)) > 0 else {
      isStuck = true
      return false
    }
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = read(terminal, &buffer, buffer.count)
    guard count > 0 else { return false }
    shown += String(decoding: buffer[..<count], as: UTF8.self)
    return true
  }
}
