import Glibc
import Testing

@testable import Ncurses

@Suite struct FrameOutputTests {
  /// A connection that keeps each write apart, in the place of a terminal.
  private final class Connection {
    let tty: Int32
    private let reader: Int32

    init() {
      var ends: [Int32] = [-1, -1]
      socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &ends)
      (tty, reader) = (ends[0], ends[1])
    }

    deinit {
      Glibc.close(tty)
      Glibc.close(reader)
    }

    /// The writes that have come, in order.
    var writes: [String] {
      var found: [String] = []
      var bytes = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = recv(reader, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        guard count > 0 else { return found }
        found.append(String(decoding: bytes[..<count], as: UTF8.self))
      }
    }
  }

  private func close(_ output: FrameOutput) {
    output.close()
    Glibc.close(output.descriptor)
  }

  @Test("what is written for a frame arrives as one piece, and later frames have nothing of it")
  func onePiece() {
    let connection = Connection()
    let output = FrameOutput(Tty(descriptor: connection.tty))
    defer { close(output) }
    for frame in ["abc", "x"] {
      let isWhole = output.send {
        for character in frame { _ = write(output.descriptor, String(character), 1) }
      }
      #expect(isWhole && connection.writes == [frame])
    }
    #expect(output.send {})
    #expect(connection.writes == [])
  }

  @Test(
    "what is written outside a frame arrives at once, and so does all where there is no memory for a frame")
  func atOnce() {
    let connection = Connection()
    let output = FrameOutput(Tty(descriptor: connection.tty))
    defer { close(output) }
    #expect(output.send {})
    _ = write(output.descriptor, "a", 1)
    #expect(connection.writes == ["a"])
    let plain = FrameOutput(Tty(descriptor: connection.tty), memory: -1)
    defer { close(plain) }
    let isWhole = plain.send {
      _ = write(plain.descriptor, "b", 1)
      _ = write(plain.descriptor, "c", 1)
    }
    #expect(isWhole && connection.writes == ["b", "c"])
  }

  @Test("a terminal that is gone took only a part")
  func gone() {
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    let output = FrameOutput(Tty(descriptor: full))
    defer {
      close(output)
      Glibc.close(full)
    }
    #expect(!output.send { _ = write(output.descriptor, "a", 1) })
  }
}
