internal import Terminal
private import Glibc

/// What ended a wait for a terminal's bytes and for signals.
@MainActor final class TtyInput {
  enum Wait { case input, signals, timeout, hungUp }

  /// The time for which the rest of a sequence is waited for. Terminals send sequences as a whole.
  private static let escapeDelay = Duration.milliseconds(25)
  /// The time for which the end of a pasted text is waited for after its last bytes, which a slow link may
  /// delay.
  private static let pasteDelay = Duration.seconds(2)

  private let tty: Int32
  private let signals: Int32
  private var decoder = InputDecoder()
  private var lastRead = ContinuousClock.now

  init(tty: Int32, signals: Int32) {
    self.tty = tty
    self.signals = signals
  }

  /// The next event that is complete, or that is complete because its rest has not come in time.
  func take() -> Event? {
    if let event = decoder.next() { return event }
    guard let patience, ContinuousClock.now - lastRead >= patience else { return nil }
    return decoder.flush() ?? decoder.next()
  }

  /// The column of the cursor as the terminal last reported it; the leftmost is 1.
  var cursorColumn: Int? { decoder.cursorColumn }

  /// The time for which a sequence that has begun may stay incomplete; nil where none has begun.
  private var patience: Duration? {
    decoder.isPasting ? Self.pasteDelay : decoder.isWaiting ? Self.escapeDelay : nil
  }

  /// Waits for bytes and reads them, or for a signal, until the deadline. Nil means without an end.
  func wait(until deadline: ContinuousClock.Instant?) -> Wait {
    var descriptors = [
      pollfd(fd: tty, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
    ]
    let result = poll(&descriptors, 2, milliseconds(until: deadline))
    if result == 0 { return .timeout }
    // EINTR: the handler has written to the pipe.
    if result < 0 { return errno == EINTR ? .signals : .hungUp }
    if descriptors[1].revents != 0 { return .signals }
    return descriptors[0].revents & Int16(POLLIN) != 0 ? read() : .hungUp
  }

  private func read() -> Wait {
    let got = withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      let count = Glibc.read(tty, buffer.baseAddress, buffer.count)
      if count > 0 { decoder.feed(buffer[..<count]) }
      return count
    }
    if got > 0 {
      lastRead = .now
      return .input
    }
    return got < 0 && (errno == EINTR || errno == EAGAIN) ? .input : .hungUp
  }

  /// The milliseconds until the deadline, but no more than the patience for a sequence that has begun; -1 for
  /// no end.
  private func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    var end = deadline
    if let patience {
      let given = lastRead + patience
      end = min(given, deadline ?? given)
    }
    guard let end else { return -1 }
    let left = max(.zero, end - .now)
    let (seconds, attoseconds) = left.components
    // The time is rounded up, so that the deadline has passed when poll returns.
    let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(clamping: milliseconds)
  }
}
