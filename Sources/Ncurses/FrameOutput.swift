private import CPlatform
private import Glibc

/// Sends what ncurses writes for a frame in one piece. ncurses writes each movement of its cursor by itself, and over SSH
/// each write is a packet.
struct FrameOutput {
  /// A second descriptor of the terminal, to which ncurses writes.
  let descriptor: Int32
  private let tty: Tty
  /// A file in memory that gathers a frame; negative where the system has none. Then ncurses writes to the terminal.
  private let memory: Int32

  /// More bytes than a frame has.
  private static let mostBytes = 1 << 20

  /// - Parameter memory: an empty file, which is closed with the output.
  init(_ tty: Tty, memory: Int32 = popsec_memory_file("popsec frame")) {
    self.tty = tty
    descriptor = fcntl(tty.descriptor, F_DUPFD_CLOEXEC, 3)
    // A limit on the size of files (RLIMIT_FSIZE) would cut frames.
    let isUsable = memory >= 0 && ftruncate(memory, Self.mostBytes) == 0
    self.memory = isUsable ? memory : -1
    if memory >= 0, !isUsable { Glibc.close(memory) }
  }

  /// Draws a frame by ncurses. Meanwhile ncurses must not ask the terminal for anything. Returns false where the terminal
  /// took only a part of the frame.
  func send(_ draw: () -> Void) -> Bool {
    guard popsec_replace(descriptor, memory) else {
      draw()
      return true
    }
    draw()
    let count = Int(lseek(memory, 0, SEEK_CUR))
    let frame = [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, initialized in
      initialized = max(0, pread(memory, buffer.baseAddress, buffer.count, 0))
    }
    // A frame may show a Token ID, which must not stay in memory when it has left the screen.
    ftruncate(memory, 0)
    lseek(memory, 0, SEEK_SET)
    _ = popsec_replace(descriptor, tty.descriptor)
    return tty.write(frame)
  }

  func close() { if memory >= 0 { Glibc.close(memory) } }
}
