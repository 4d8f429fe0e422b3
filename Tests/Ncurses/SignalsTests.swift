import CPlatform
import Glibc
import TestSupport
import Testing

/// One process has one set of signals, so these run one after the other.
@Suite("signals", .serialized)
struct SignalsTests {
  private func isReadable(_ descriptor: Int32, within milliseconds: Int32 = 0) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, milliseconds) == 1
  }

  /// What is told until a signal is among it; another thread than this one may get it.
  private func told(until signal: Int32) throws -> UInt32 {
    var told: UInt32 = 0
    try eventually("signal \(signal)") {
      told |= popsec_signals_take()
      return told & 1 << UInt32(signal) != 0
    }
    return told
  }

  @Test("a signal that came is told once, and the pipe is then quiet")
  func once() throws {
    let pipe = popsec_signals_open()
    defer { popsec_signals_close() }
    _ = popsec_signals_take()
    kill(getpid(), SIGWINCH)
    popsec_wake()
    #expect(isReadable(pipe))
    #expect(try told(until: SIGWINCH) == 1 | 1 << UInt32(SIGWINCH))
    #expect(popsec_signals_take() == 0)
    #expect(!isReadable(pipe))
  }

  @Test("more wakings than the pipe holds lose no signal")
  func full() throws {
    let pipe = popsec_signals_open()
    defer { popsec_signals_close() }
    for _ in 0..<70_000 { popsec_wake() }
    kill(getpid(), SIGTERM)
    #expect(try told(until: SIGTERM) & 1 << UInt32(SIGTERM) != 0)
    _ = popsec_signals_take()
    #expect(!isReadable(pipe))
  }

  @Test("a signal that was taken care of is forgotten, the others stay")
  func forgotten() {
    let pipe = popsec_signals_open()
    defer { popsec_signals_close() }
    _ = popsec_signals_take()
    kill(getpid(), SIGCONT)
    #expect(isReadable(pipe, within: 5000))
    popsec_wake()
    popsec_signals_forget(SIGCONT)
    #expect(popsec_signals_take() == 1)
    #expect(!isReadable(pipe))
  }

  @Test("modes are only kept of a terminal")
  func noTerminal() {
    let file = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    #expect(popsec_guard_keep_modes(file) == ENOTTY)
  }
}
