import CPlatform
import Glibc
import Testing

/// One process has one set of signals, so these run one after the other.
@Suite("signals", .serialized)
struct SignalsTests {
  private func isReadable(_ descriptor: Int32) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, 0) == 1
  }

  @Test("what came is told once, and the pipe is then quiet")
  func told() {
    let pipe = popsec_signals_open()
    defer { popsec_signals_close() }
    #expect(pipe >= 0)
    _ = popsec_signals_take()
    raise(SIGWINCH)
    popsec_wake()
    #expect(isReadable(pipe))
    #expect(popsec_signals_take() == 1 | 1 << UInt32(SIGWINCH))
    #expect(!isReadable(pipe))
    #expect(popsec_signals_take() == 0)
  }

  @Test("more wakings than the pipe holds lose no signal")
  func full() {
    let pipe = popsec_signals_open()
    defer { popsec_signals_close() }
    for _ in 0..<70_000 { popsec_wake() }
    raise(SIGTERM)
    #expect(popsec_signals_take() & 1 << UInt32(SIGTERM) != 0)
    #expect(!isReadable(pipe))
  }

  @Test("a signal that was taken care of is forgotten, the others stay")
  func forgotten() {
    let pipe = popsec_signals_open()
    defer { popsec_signals_close() }
    raise(SIGCONT)
    popsec_wake()
    popsec_signals_forget(SIGCONT)
    #expect(popsec_signals_take() == 1)
    #expect(!isReadable(pipe))
  }

  @Test("modes are only kept of a terminal")
  func noTerminal() {
    let file = open("/dev/null", O_RDONLY)
    defer { close(file) }
    #expect(popsec_guard_keep_modes(file) == ENOTTY)
  }
}
