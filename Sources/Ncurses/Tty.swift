internal import Terminal
private import Glibc

/// A terminal as a file: its size and its bytes.
struct Tty {
  let descriptor: Int32

  /// The window's size; nil where the terminal doesn't know it, as on a serial line.
  var size: Size? {
    var window = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
      return nil
    }
    return Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
  }

  /// Writes all bytes. Returns false where the terminal took only some of them, because it is gone, or took none for a
  /// second.
  @discardableResult func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if !canRetry() { return false }
    }
    return true
  }

  private func canRetry() -> Bool {
    if errno == EINTR { return true }
    guard errno == EAGAIN else { return false }
    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&waiting, 1, 1000) > 0 && waiting.revents & Int16(POLLOUT) != 0
  }
}
