internal import Terminal
private import Glibc

/// Reads a terminal's bytes as events, and waits for them and for signals.
@MainActor final class TtyInput {
  enum Wait { case input, signals, timeout, hungUp }

  /// How long the rest of a sequence may take. Terminals send them whole.
  private static let escapeDelay = Duration.milliseconds(25)
  /// How long the end of a pasted text may stay out once no more of it comes, over a slow link too.
  private static let pasteDelay = Duration.seconds(2)

  private let tty: Int32
  private let signals: Int32
  private var decoder = InputDecoder()
  private var lastRead = ContinuousClock.now

  init(tty: Int32, signals: Int32) {
    self.tty = tty
    self.signals = signals
  }

  /// What has come and is complete, or is complete because its rest came not in time.
  func take() -> Event? {
    if let event = decoder.next() { return event }
    guard let patience, ContinuousClock.now - lastRead >= patience else { return nil }
    return decoder.flush() ?? decoder.next()
  }

  /// The column where the terminal last said that its cursor is; the leftmost is 1.
  var cursorColumn: Int? { decoder.cursorColumn }

  /// How long what has begun may stay incomplete; nil where nothing has.
  private var patience: Duration? {
    decoder.isPasting ? Self.pasteDelay : decoder.isWaiting ? Self.escapeDelay : nil
  }

  /// Waits for bytes and takes them in, or for a signal, until the deadline (nil: without end).
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

  /// Until the deadline, but not longer than a begun sequence is waited for; -1 without end.
  private func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    var end = deadline
    if let patience {
      let given = lastRead + patience
      end = min(given, deadline ?? given)
    }
    guard let end else { return -1 }
    let left = max(.zero, end - .now)
    let (seconds, attoseconds) = left.components
    // Rounded up, so that the deadline has passed when poll returns.
    let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(clamping: milliseconds)
  }
}
