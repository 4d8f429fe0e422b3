import Foundation

/// Two pipes, each with an end for the program that is started. All ends but the program's own copies close with exec.
final class Pipes {
  private(set) var childInput: Int32 = -1
  private(set) var childOutput: Int32 = -1
  private(set) var input: Int32 = -1
  private(set) var output: Int32 = -1

  /// Nil, with errno, where the process has no descriptors left.
  init?() {
    var (first, second): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    guard pipe(&first) == 0 else { return nil }
    (childInput, input) = (first[0], first[1])
    guard pipe(&second) == 0 else {
      let code = errno
      close()
      errno = code
      return nil
    }
    (output, childOutput) = (second[0], second[1])
    // Neither end keeps popsec waiting: poll(2) tells when something can be done.
    for end in [input, output] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
  }

  func closeChildren() {
    Self.close(&childInput)
    Self.close(&childOutput)
  }

  func closeInput() { Self.close(&input) }
  func closeOutput() { Self.close(&output) }

  func close() {
    closeChildren()
    closeInput()
    closeOutput()
  }

  private static func close(_ descriptor: inout Int32) {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }
}

/// A program that runs.
struct BoundedRun {
  let process: pid_t
  let pipes: Pipes
  var input: [UInt8]
  private var written = 0
  private var kept: [UInt8] = []

  init(process: pid_t, pipes: Pipes, input: [UInt8]) {
    (self.process, self.pipes, self.input) = (process, pipes, input)
  }

  /// Between looks whether the program has ended: it may do so while something that it started has its output.
  private static let lookMilliseconds: Int64 = 20

  mutating func wait(seconds: Int) -> (end: BoundedProgram.End, output: String) {
    let last = ContinuousClock.now + .seconds(seconds)
    while true {
      let isLate = ContinuousClock.now >= last
      // The group of a leader that was not waited for is nobody else's.
      if isLate { kill(-process, SIGKILL) }
      if let status = ended(waits: isLate) {
        // What was printed before the end is in the pipe by now.
        readOutput()
        return (isLate ? .timedOut : Self.end(status), String(decoding: kept, as: UTF8.self))
      }
      exchange(milliseconds: Self.lookMilliseconds)
    }
  }

  private func ended(waits: Bool) -> Int32? {
    var status: Int32 = 0
    while true {
      let found = waitpid(process, &status, waits ? 0 : WNOHANG)
      if found == process { return status }
      if found < 0, errno == EINTR { continue }
      return nil
    }
  }

  private static func end(_ status: Int32) -> BoundedProgram.End {
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }

  /// Gives the program some of its input, and takes some of its output.
  private mutating func exchange(milliseconds: Int64) {
    if written == input.count { pipes.closeInput() }
    var ends = [
      pollfd(fd: pipes.input, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: pipes.output, events: Int16(POLLIN), revents: 0),
    ]
    // A negative descriptor is passed over (poll(2)).
    guard poll(&ends, nfds_t(ends.count), Int32(milliseconds)) > 0 else { return }
    if ends[0].revents != 0 { writeInput() }
    if ends[1].revents != 0 { readOutput() }
  }

  private mutating func writeInput() {
    let count = input[written...].withUnsafeBytes { write(pipes.input, $0.baseAddress, $0.count) }
    if count >= 0 { written += count } else if errno != EAGAIN, errno != EINTR { pipes.closeInput() }
  }

  /// At most some pieces, so that a program that prints without end is looked at in between.
  private mutating func readOutput() {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    for _ in 0..<16 {
      guard pipes.output >= 0 else { return }
      let count = read(pipes.output, &buffer, buffer.count)
      if count > 0 {
        kept += buffer[..<min(count, BoundedProgram.keptOutputBytes - kept.count)]
      } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
        return pipes.closeOutput()
      } else {
        return
      }
    }
  }
}
